module example.com/go-version-patch

go 1.26.99
