module gosandbox

go 1.26.0

require (
	go.uber.org/goleak v1.3.0
	golang.org/x/exp v0.0.0-20261113113407-e3970619a1a4
	golang.org/x/sync v0.24.0
	golang.org/x/time v0.16.0
)

require golang.org/x/sys v0.49.0 // indirect
