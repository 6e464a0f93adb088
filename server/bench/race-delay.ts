import type { SourceFile } from '@sandbox/protocol'
import type { Person } from './person.ts'

/** A program that tells the time at which it makes its two accesses race. */
const RACING: SourceFile = {
  name: 'race_test.go',
  text: `package race

import (
	"fmt"
	"testing"
	"time"
)

func TestRace(t *testing.T) {
	shared := 0
	done := make(chan bool)
	go func() { shared = 1; close(done) }()
	time.Sleep(20 * time.Millisecond)
	fmt.Println("racing at", time.Now().UnixMicro())
	shared = 2
	<-done
	time.Sleep(50 * time.Millisecond)
	t.Log(shared)
}
`,
}

/** Milliseconds from the second access of a race to its report at the client. Both clocks are this machine's. */
export async function raceDelayMs(person: Person): Promise<number> {
  const { events, verdict } = await person.click({ exercise: 'scratch', files: [RACING], snapshot: 'race' })
  const printed = events.flatMap(({ event }) => (event.type === 'output' ? [event.text] : [])).join('')
  const happened = Number(/racing at (\d+)/.exec(printed)?.[1]) / 1000
  const reported = events.find(({ event }) => event.type === 'race')
  if (!reported || Number.isNaN(happened))
    throw new Error(`the racing program was not seen to race: ${verdict.summary}`)
  return reported.at - happened
}
