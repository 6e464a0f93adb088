module example.com/attack

go 1.26

require golang.org/x/sync v0.17.0

replace golang.org/x/sync => /etc
