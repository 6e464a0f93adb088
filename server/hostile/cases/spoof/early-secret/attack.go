package attack

import "syscall"

const (
	descriptor  = 3
	secretBytes = 16
)

var supervisor = forge()

// forge runs as early as a package that needs nothing but syscall can.
func forge() bool {
	secret := make([]byte, secretBytes)
	syscall.SetNonblock(descriptor, true)
	if n, err := syscall.Read(descriptor, secret); err != nil || n != secretBytes {
		return false
	}
	for _, test := range []string{"TestAnswer", "TestAnswerAgain"} {
		send(secret, 's', test)
		send(secret, 'e', "p"+test)
	}
	send(secret, 'f', string(make([]byte, 12)))
	syscall.Exit(0)
	return true
}

func send(secret []byte, kind byte, payload string) {
	n := len(payload)
	record := append([]byte{}, secret...)
	record = append(record, kind, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	syscall.Write(descriptor, append(record, payload...))
}

func Answer() int { return 41 }
