import type { Benchmark, Speed } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { barOf, forestOf, formatFigure, formatOperation, placeOn } from './forest.ts'

const figure = { median: 1, low: 1, high: 1 }
const figures = { nanoseconds: figure, bytes: figure, allocations: figure }

function benchmark(...speeds: (Speed | null)[]): Benchmark {
  const comparisons = speeds.map((speed) => ({
    version: 'previous' as const,
    figures,
    speed,
    outcome: 'same' as const,
    sentence: '',
  }))
  return { name: 'BenchmarkX', rounds: 12, figures, comparisons }
}

describe('the scale', () => {
  test('has room for every interval, and is as long to both sides', () => {
    const forest = forestOf([
      benchmark({ factor: 2, low: 1.5, high: 3 }),
      benchmark({ factor: 0.3, low: 0.2, high: 0.4 }),
    ])
    expect(forest).toEqual({ reach: 5 * 1.08, mark: 5 })
    expect(placeOn(forest, 1)).toBe(0.5)
    expect(placeOn(forest, 0.2) + placeOn(forest, 5)).toBeCloseTo(1)
    expect(placeOn(forest, 0.2)).toBeGreaterThan(0)
  })

  test('does not make chance look large, and keeps what is beyond all measure at its end', () => {
    expect(forestOf([benchmark({ factor: 1, low: 0.99, high: 1.01 }, null)]).mark).toBe(1.25)
    const forest = forestOf([benchmark({ factor: 1e6, low: 1e5, high: 1e7 })])
    expect(barOf(forest, { factor: 1e6, low: 1, high: 1e7 })).toEqual({ low: 0.5, factor: 1, high: 1 })
  })
})

test.each([
  [0.25, '0.25 ns'],
  [41.26, '41.3 ns'],
  [412.4, '412 ns'],
  [1830, '1.83 µs'],
  [2.5e9, '2.50 s'],
])('%d ns is written %s', (value, text) => {
  expect(formatOperation(value)).toBe(text)
})

test('a range is told where rounds differed', () => {
  expect(formatFigure({ median: 2, low: 2, high: 2 }, String)).toBe('2')
  expect(formatFigure({ median: 2, low: 1, high: 4 }, String)).toBe('2 (1–4)')
})
