module example.com/go-version-file

go 1.26
