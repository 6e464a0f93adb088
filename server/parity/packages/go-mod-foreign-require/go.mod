module example.com/go-mod-foreign-require

go 1.26

require example.org/nobody/nothing v1.0.0
