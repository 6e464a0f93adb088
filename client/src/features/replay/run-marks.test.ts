import { expect, test } from 'vitest'
import type { TimedRun } from '../../state/interview/replay-timeline.ts'
import { ROWS } from './rows.ts'
import { marksIn, runsAt } from './run-marks.tsx'
import { momentAt, scaleOf } from './scale.ts'

const runsOf = (...times: number[]): TimedRun[] =>
  times.map((at, index) => ({
    ...{ id: `r${index}`, number: index + 1, exercise: 'e', by: null, verdict: null, summary: '' },
    ...{ at, endedAt: at },
  }))
const RUNS = runsOf(1000, 1010, 5000, 9990)
const IN_THE_ROW = ROWS.runs.top + 5

test('marks never lie over each other, nor out of the drawing', () => {
  const marks = marksIn(RUNS, scaleOf({ from: 0, to: 10_000 }, 1000))
  expect(marks.map(({ runs }) => runs.length)).toEqual([2, 1, 1])
  expect(marks.map(({ left, width }) => [left, left + width])).toEqual([
    [89, 133],
    [489, 511],
    [978, 1000],
  ])
})

test('nearer by, runs have marks of their own, and what is out of view has none', () => {
  const marks = marksIn(RUNS, scaleOf({ from: 900, to: 1100 }, 1000))
  expect(marks.map(({ runs }) => runs.map(({ number }) => number))).toEqual([[1], [2]])
})

test('a press on a mark is for its runs, beside it for the moment', () => {
  const scale = scaleOf({ from: 0, to: 10_000 }, 1000)
  expect(runsAt(RUNS, scale, { x: 120, y: IN_THE_ROW })?.map(({ number }) => number)).toEqual([1, 2])
  expect(runsAt(RUNS, scale, { x: 500, y: IN_THE_ROW })?.map(({ number }) => number)).toEqual([3])
  expect(runsAt(RUNS, scale, { x: 500, y: ROWS.parts.top })).toBeNull()
  expect(runsAt(RUNS, scale, { x: 300, y: IN_THE_ROW })).toBeNull()
  expect(momentAt(scale, 300)).toBe(3000)
})
