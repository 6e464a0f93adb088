module example.com/go-version-too-old

go 1.17
