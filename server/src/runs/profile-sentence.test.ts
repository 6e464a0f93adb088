import type { Frame, ProfileKind } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import type { RawProfile } from '../reports/profile.ts'
import type { Sources } from '../reports/sources.ts'
import { profileSentences } from './profile-sentence.ts'

const SOURCES: Sources = {
  importPath: 'sandbox/x',
  files: new Map([
    ['x.go', { origin: 'candidate', text: 'package x\n\nfunc Get() {\n\tmu.Lock()\n\tlog("taken"),\n\tsum(1),\n}\n' }],
  ]),
}
const frame = (name: string, origin: Frame['origin'], file: string, line: number): Frame => ({
  function: name,
  origin,
  file,
  line,
})
const FRAMES = [
  frame('sandbox/x.(*Cache[...]).Get', 'candidate', 'x.go', 4),
  frame('runtime.mcall', 'go', '/go/src/runtime/asm.s', 1),
  frame('runtime.gcBgMarkWorker', 'go', '/go/src/runtime/mgc.go', 1),
  frame('sandbox/x.TestSecret', 'hidden', 'hidden test', 0),
  frame('sandbox/x.Get', 'candidate', 'x.go', 5),
  frame('sandbox/x.Get', 'candidate', 'x.go', 6),
]

/** Stacks of one call each: its frame, and its value. */
function said(kind: ProfileKind, unit: 'nanoseconds' | 'count', ...stacks: [number, number][]): string | undefined {
  const profile: RawProfile = {
    kind,
    measures: [{ name: 'it', unit }],
    frames: FRAMES,
    stacks: stacks.map(([index, value]) => ({ frames: [index], values: [value] })),
    cut: 0,
  }
  return profileSentences(SOURCES, profile, 1)[0]
}

const GET = 'in `(*Cache).Get` at x.go:4: `mu.Lock()`'
const SECOND = 1e9

describe('the sentence of a CPU profile', () => {
  test('says first what the runtime took, where that is much, and whether it was the garbage collector', () => {
    expect(said('cpu', 'nanoseconds', [0, SECOND], [1, SECOND])).toBe(
      `Of 2.00 s of CPU in one run of the tests, Go’s runtime, which switches between goroutines, took 50 %; of the rest, 100 % ${GET}.`,
    )
    expect(said('cpu', 'nanoseconds', [0, SECOND], [2, SECOND])).toContain('the garbage collector took 50 %')
    expect(said('cpu', 'nanoseconds', [0, SECOND], [1, SECOND / 10])).toBe(
      `Of 1.10 s of CPU in one run of the tests, 100 % ${GET}.`,
    )
  })

  test('names no line where the profiler has looked too seldom for it', () => {
    expect(said('cpu', 'nanoseconds', [0, SECOND / 20], [1, SECOND])).toContain('what is left is too little to say')
    expect(said('cpu', 'nanoseconds', [0, SECOND / 50])).toBe(
      `Only 20 ms of CPU in one run of the tests: too little to say where it goes; 100 % ${GET}.`,
    )
  })
})

test('a line of the candidate’s comes before a hidden test that costs more, which is named only as one', () => {
  expect(said('block', 'nanoseconds', [0, 20], [3, 80])).toContain(`20 % of it ${GET}.`)
  expect(said('block', 'nanoseconds', [0, 5], [3, 95])).toContain('95 % of it in a hidden test.')
})

test('goroutines are counted in words', () => {
  expect(said('goroutine', 'count', [0, 1])).toBe(`1 goroutine at the moment with most of them; 100 % ${GET}.`)
})

test('code is quoted only as it stands in its line', () => {
  expect(said('block', 'nanoseconds', [4, 20])).toContain('in `Get` at x.go:5.')
  expect(said('block', 'nanoseconds', [5, 20])).toContain('in `Get` at x.go:6: `sum(1)`.')
})
