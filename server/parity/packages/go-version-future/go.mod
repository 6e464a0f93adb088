module example.com/go-version-future

go 1.99
