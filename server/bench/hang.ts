import type { SourceFile } from '@sandbox/protocol'
import type { Person } from './person.ts'

/** A test that waits for a channel which nobody else can reach. */
const HANGING: SourceFile = {
  name: 'hang_test.go',
  text: `package hang

import "testing"

func TestHang(t *testing.T) {
	answer := make(chan int)
	t.Log(<-answer)
}
`,
}

/** Milliseconds from the click to the verdict on a hang that can be proved. */
export async function hangMs(person: Person): Promise<number> {
  const { ms, verdict } = await person.click({ exercise: 'scratch', files: [HANGING], snapshot: 'hang' })
  if (verdict.verdict !== 'deadlock') throw new Error(`the hanging program was not seen to hang: ${verdict.summary}`)
  return ms
}
