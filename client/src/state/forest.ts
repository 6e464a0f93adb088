import type { Benchmark, Figure, Speed } from '@sandbox/protocol'

/** Factors that may be marked on either side of 1. */
const MARKS = [1.1, 1.25, 1.5, 2, 3, 5, 10, 30, 100, 1000] as const
/** However close all are to 1, the scale goes so far: else chance would fill it. */
const LEAST_REACH = 1.25
/** Beyond it nobody compares lengths. */
const MOST_REACH = 2000
/** A little room, so that no whisker ends at the edge. */
const MARGIN = 1.08

/** A scale of factors around 1, equally far to both sides: what is twice as fast is as far away as what takes twice as long. */
export interface Forest {
  /** The factor at the right end; its reciprocal is at the left. */
  reach: number
  /** The factor that is marked on both sides. */
  mark: number
}

/** The scale on which all comparisons fit. */
export function forestOf(benchmarks: readonly Benchmark[]): Forest {
  const ends = benchmarks.flatMap(({ comparisons }) =>
    comparisons.flatMap(({ speed }) => (speed ? [speed.high, 1 / speed.low] : [])),
  )
  const reach = Math.min(MOST_REACH, Math.max(LEAST_REACH, ...ends) * MARGIN)
  return { reach, mark: MARKS.findLast((mark) => mark <= reach) ?? MARKS[0] }
}

/** Where a factor is on the scale, from 0 to 1; 1 is in the middle. */
export function placeOn({ reach }: Forest, factor: number): number {
  const place = 0.5 + Math.log(factor) / (2 * Math.log(reach))
  return Math.min(1, Math.max(0, place))
}

/** The ends and the middle of an interval on the scale. */
export function barOf(forest: Forest, { low, factor, high }: Speed): { low: number; factor: number; high: number } {
  return { low: placeOn(forest, low), factor: placeOn(forest, factor), high: placeOn(forest, high) }
}

/** `412 ns`, `1.83 µs`: three digits, as far as they mean anything. */
export function formatOperation(nanoseconds: number): string {
  const [unit, divisor] = UNITS.find(([, size]) => nanoseconds >= size) ?? (['ns', 1] as const)
  return `${threeDigits(nanoseconds / divisor)} ${unit}`
}

const UNITS = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
] as const

/** A quantity and, where it was not the same in all rounds, what it was at least and at most. */
export function formatFigure({ median, low, high }: Figure, format: (value: number) => string): string {
  return low === high ? format(median) : `${format(median)} (${format(low)}–${format(high)})`
}

/** Bytes or allocations. */
export function formatCount(value: number): string {
  return new Intl.NumberFormat('en').format(Math.round(value))
}

function threeDigits(value: number): string {
  if (value >= 100) return String(Math.round(value))
  return value.toFixed(value >= 10 ? 1 : 2)
}
