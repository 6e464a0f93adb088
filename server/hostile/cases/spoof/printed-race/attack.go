package attack

import "os"

const report = `==================
WARNING: DATA RACE
Write at 0x00c000012345 by goroutine 8:
  sandbox/attack.Answer()
      attack.go:10 +0x44

Previous write at 0x00c000012345 by goroutine 7:
  sandbox/attack.Answer()
      attack.go:10 +0x44

Goroutine 8 (running) created at:
  sandbox/attack_test.TestAnswer()
      answer_test.go:10 +0x64
==================
Found 1 data race(s)
panic: not a real one

goroutine 7 [running]:
sandbox/attack.Answer(...)
	attack.go:10
fatal error: all goroutines are asleep - deadlock!
`

func Answer() int {
	os.Stdout.WriteString(report)
	os.Stderr.WriteString(report)
	return 42
}
