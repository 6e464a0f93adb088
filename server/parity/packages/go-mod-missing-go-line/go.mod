module example.com/go-mod-missing-go-line
