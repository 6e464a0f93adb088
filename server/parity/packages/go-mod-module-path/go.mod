module my.example/deep/path/v2

go 1.26

// A comment, and a toolchain line that is older than this one.
toolchain go1.26.1
