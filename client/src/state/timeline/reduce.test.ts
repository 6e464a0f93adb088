import { GoState } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { madeOf, type WrittenSpan, workerPool } from '../testdata/timelines.ts'
import type { Lane } from './model.ts'
import { load, reduceLane, spanAt } from './reduce.ts'

const ran = (goroutine: number, begin: number, end: number): WrittenSpan => ({
  goroutine,
  state: GoState.running,
  begin,
  end,
  proc: 0,
})

function bars(lane: Lane, from: number, to: number, width: number) {
  const drawn: { x: number; width: number; row: number; share: number }[] = []
  reduceLane(lane, { from, to }, width, (x, size, row, share) => drawn.push({ x, width: size, row, share }))
  return drawn
}

const laneOf = (spans: WrittenSpan[]): Lane => madeOf(spans).procs[0] as Lane

test('a span wider than a pixel is a bar where it was', () => {
  const lane = laneOf([ran(0, 100, 300), ran(1, 300, 350), ran(0, 900, 1000)])
  expect(bars(lane, 0, 1000, 100)).toEqual([
    { x: 10, width: 20, row: 0, share: 1 },
    { x: 30, width: 5, row: 1, share: 1 },
    { x: 90, width: 10, row: 2, share: 1 },
  ])
  expect(bars(lane, 320, 330, 100)).toEqual([{ x: 0, width: 100, row: 1, share: 1 }])
  expect(bars(lane, 400, 800, 100)).toEqual([])
})

test('narrow spans of one pixel are one bar, of the longest of them, as strong as the pixel was busy', () => {
  const lane = laneOf([ran(0, 0, 1), ran(1, 2, 6), ran(2, 8, 9)])
  expect(bars(lane, 0, 1000, 100)).toEqual([{ x: 0, width: 1, row: 1, share: expect.closeTo(0.6) }])
})

test('however many spans there are, a lane has at most two bars for each pixel', () => {
  const spans = Array.from({ length: 5000 }, (_, at) => ran(at % 3, at * 10, at * 10 + (at % 50 === 0 ? 9 : 3)))
  const lane = laneOf(spans)
  for (const width of [50, 333, 1000]) expect(bars(lane, 0, 50_000, width).length).toBeLessThanOrEqual(2 * width)
})

test('next to nothing is lost: what is drawn is as long as what was, to a fiftieth', () => {
  for (const lane of workerPool().procs) {
    const drawn = bars(lane, 0, 2_117_569, 700).reduce((sum, bar) => sum + bar.width * bar.share, 0)
    const was = lane.end.reduce((sum, end, at) => sum + end - (lane.begin[at] ?? 0), 0)
    expect(Math.abs(drawn / 700 - was / 2_117_569)).toBeLessThan(0.02)
  }
})

test('the pointer finds the span under it, and one beside it within reach', () => {
  const lane = laneOf([ran(0, 100, 200), ran(1, 400, 500)])
  expect(spanAt(lane, 150, 0)).toBe(0)
  expect(spanAt(lane, 250, 10)).toBe(-1)
  expect(spanAt(lane, 250, 60)).toBe(0)
  expect(spanAt(lane, 390, 60)).toBe(1)
  expect(spanAt(lane, 9000, Number.POSITIVE_INFINITY)).toBe(1)
})

test('the minimap sums how busy the Ps were', () => {
  const { procs } = madeOf([ran(0, 0, 500), { ...ran(1, 250, 1000), proc: 1 }])
  expect([...load(procs, 1000, 4)]).toEqual([1, 2, 1, 1])
})
