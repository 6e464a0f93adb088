module example.com/attack

go 1.26

toolchain go1.99.9

require (
	github.com/evil/payload v1.0.0
)
