import { expect, test } from 'vitest'
import { barMs, barsOf } from './edit-bars.ts'
import type { TimedRun } from './replay-timeline.ts'
import { crowdsOf } from './run-crowds.ts'

const runsAt = (...times: number[]): TimedRun[] =>
  times.map((at, index) => ({
    ...{ id: `r${index}`, number: index + 1, exercise: 'e', by: null, verdict: null, summary: '' },
    ...{ at, endedAt: at },
  }))

test('runs too close to be told apart are one crowd, and a busy hour is not one', () => {
  const crowds = crowdsOf(runsAt(0, 4, 9, 10, 19, 20, 40), 10)
  expect(crowds.map((crowd) => crowd.map(({ at }) => at))).toEqual([[0, 4, 9], [10, 19], [20], [40]])
})

test('nearer by, every run stands for itself', () => {
  expect(crowdsOf(runsAt(0, 4, 9), 2)).toHaveLength(3)
  expect(crowdsOf([], 2)).toEqual([])
})

test('edits are counted in stretches that are as long as a bar needs', () => {
  expect([0.25, 100, 3860, 1e9].map(barMs)).toEqual([1000, 1000, 20_000, 600_000])
  expect(barsOf([100, 900, 1100, 5100, 5200], 100, 1000)).toEqual([
    { from: 100, count: 2 },
    { from: 1100, count: 1 },
    { from: 5100, count: 2 },
  ])
})
