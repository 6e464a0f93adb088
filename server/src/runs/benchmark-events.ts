import type {
  Benchmark,
  BenchmarkComparison,
  BenchmarkFigures,
  BesideVersion,
  Figure,
  RunEvent,
} from '@sandbox/protocol'
import type { BenchmarkResult } from '../reports/benchmark-output.ts'
import { comparisonSentence, failureNote, roundsNote, summarySentence, versionNote } from './benchmark-sentence.ts'
import { compareRounds, median } from './paired-rounds.ts'

/** What every side's benchmarks took, one side after the other. */
export type Round = ReadonlyMap<BesideVersion | 'own', ReadonlyMap<string, BenchmarkResult>>

export interface BenchmarkRounds {
  /** Benchmarks with figures, in the order in which they ran. */
  names: readonly string[]
  /** Those that failed, with what they logged. */
  failed: ReadonlyMap<string, string>
  rounds: readonly Round[]
  /** What was measured in turn with the sent code. */
  sides: readonly BesideVersion[]
  /** What was to be, and why it was not. */
  left: { version: BesideVersion; why: string }[]
  /** What every benchmark doing one operation took together, in ms. */
  onceMs: number
}

type BenchmarksEvent = Extract<RunEvent, { type: 'benchmarks' }>

/**
 * A difference is told where all of its interval is further from 1 than this: two builds of nearly the same source differ by
 * as much, because their code lies at other addresses (Mytkowicz and others: Producing Wrong Data Without Doing Anything
 * Obviously Wrong!, 2009).
 */
const LEAST_DIFFERENCE = 1.02

export function benchmarksEvent(measured: BenchmarkRounds): BenchmarksEvent {
  const benchmarks = measured.names.flatMap((name) => benchmarkOf(name, measured))
  const few = benchmarks.some(({ comparisons }) => comparisons.some(({ speed }) => speed === null))
  const notes = [
    ...[...measured.failed].map(([name, message]) => failureNote(name, message)),
    ...measured.left.map(versionNote),
    ...(few || benchmarks.length === 0 ? [roundsNote(measured)] : []),
  ]
  return { type: 'benchmarks', sentence: summarySentence(benchmarks), benchmarks, notes }
}

function benchmarkOf(name: string, { names, rounds, sides }: BenchmarkRounds): Benchmark[] {
  const own = resultsOf(rounds, 'own', name)
  const figures = figuresOf(own)
  if (figures === null) return []
  const of = names.length * sides.length
  const comparisons = sides.flatMap((version) => comparisonOf({ name, rounds, version, of }, figures))
  return [{ name, rounds: own.length, figures, comparisons }]
}

interface Compared {
  name: string
  rounds: readonly Round[]
  version: BesideVersion
  /** How many comparisons are made at once. */
  of: number
}

function comparisonOf({ name, rounds, version, of }: Compared, own: BenchmarkFigures): BenchmarkComparison[] {
  const figures = figuresOf(resultsOf(rounds, version, name))
  if (figures === null) return []
  const pairs = rounds.flatMap((round) => {
    const mine = round.get('own')?.get(name)
    const other = round.get(version)?.get(name)
    return mine && other ? [{ mine: mine.nanoseconds, other: other.nanoseconds }] : []
  })
  const speed = compareRounds(pairs, of)
  const compared = { version, figures, speed, outcome: outcomeOf(speed) }
  return [{ ...compared, sentence: comparisonSentence(compared, own) }]
}

function outcomeOf(speed: BenchmarkComparison['speed']): BenchmarkComparison['outcome'] {
  if (speed === null) return 'unknown'
  if (speed.low > LEAST_DIFFERENCE) return 'faster'
  return speed.high < 1 / LEAST_DIFFERENCE ? 'slower' : 'same'
}

function resultsOf(rounds: readonly Round[], side: BesideVersion | 'own', name: string): BenchmarkResult[] {
  return rounds.flatMap((round) => round.get(side)?.get(name) ?? [])
}

function figuresOf(results: readonly BenchmarkResult[]): BenchmarkFigures | null {
  if (results.length === 0) return null
  return {
    nanoseconds: figureOf(results.map(({ nanoseconds }) => nanoseconds)),
    bytes: figureOf(results.map(({ bytes }) => bytes)),
    allocations: figureOf(results.map(({ allocations }) => allocations)),
  }
}

function figureOf(values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b)
  return { median: median(sorted), low: sorted[0] ?? 0, high: sorted.at(-1) ?? 0 }
}
