module example.com/go-version-godebug

go 1.22
