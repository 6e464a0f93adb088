import { expect, test } from 'vitest'
import { chartOf } from './collections.ts'

const round = (atMs: number, beforeMb: number, liveMb: number, pauseMs: number) => ({ atMs, beforeMb, liveMb, pauseMs })

test('the heap is a line over time, from the bottom, and pauses stand as high as they are long', () => {
  const chart = chartOf([round(0, 4, 1, 0.1), round(500, 8, 4, 0.2), round(1000, 4, 2, 0.05)])
  expect(chart).toMatchObject({ mostMb: 8, longestMs: 0.2, endMs: 1000, before: 'M0 21L50 2L100 21' })
  expect(chart?.pauses).toEqual([
    { x: 0, height: 6 },
    { x: 50, height: 12 },
    { x: 100, height: 3 },
  ])
})

test('too few rounds are no line', () => {
  expect(chartOf([])).toBeNull()
  expect(chartOf([round(5, 4, 1, 0.1)])).toBeNull()
})
