import { expect, test } from 'vitest'
import { hashOf, momentOf } from './replay-address.ts'
import type { TimedRun } from './replay-timeline.ts'

const run = (number: number, at: number, endedAt: number | null): TimedRun => ({
  ...{ id: `r${number}`, exercise: 'e', by: null, verdict: null, summary: '' },
  ...{ number, at, endedAt },
})
const timeline = { zero: 60_000, runs: [run(1, 70_000, 72_500), run(2, 90_000, null)] }

test.each([
  ['#run=1', 72_500],
  ['#run=2', 90_000],
  ['#at=0', 60_000],
  ['#at=782.4', 842_400],
  ['#at=-5.25', 54_750],
])('%s asks for a moment', (hash, at) => {
  expect(momentOf(hash, timeline)).toBe(at)
})

test.each(['', '#', '#run=3', '#run=-1', '#run=1.5', '#at=', '#at=1e9', '#at=NaN', '#at=1&run=1', '#what=1'])(
  '"%s" asks for none',
  (hash) => {
    expect(momentOf(hash, timeline)).toBeNull()
  },
)

test('what is written can be read', () => {
  expect(momentOf(hashOf({ seconds: 782.4004 }), timeline)).toBe(842_400)
  expect(momentOf(hashOf({ run: 1 }), timeline)).toBe(72_500)
})
