module example.com/go-version-loopvar

go 1.21
