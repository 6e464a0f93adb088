module example.com/go-mod-broken

go 1.26

requires nothing
