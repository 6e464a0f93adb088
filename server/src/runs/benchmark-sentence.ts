import type { Benchmark, BenchmarkComparison, BenchmarkFigures, BesideVersion, Figure, Speed } from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import { are, plural } from './count.ts'

const VERSION_WORDS: Record<BesideVersion, string> = {
  previous: 'your previous version',
  starter: 'the starter',
  reference: 'the reference',
}

/** A benchmark that whoever has none can begin with. */
const EXAMPLE = '`func BenchmarkGet(b *testing.B) { for b.Loop() { Get("key") } }`'

/** What somebody reads who asked for benchmarks and has none. `own`: the tests are the person's to write. */
export function noBenchmarkSentence(own: boolean): string {
  const where = own
    ? 'There is no benchmark to measure. Write one beside your tests, in a `_test.go` file'
    : 'This exercise has no benchmark to measure. Take your code to scratch and write one beside it, in a `_test.go` file'
  return `${where}: ${EXAMPLE}.`
}

/** Behind `412 ns/op, `: `1.9 times as fast as your previous version (95 %: 1.7–2.1), 1 allocation instead of 3`. */
export function comparisonSentence(
  { version, figures, speed, outcome }: Omit<BenchmarkComparison, 'sentence'>,
  own: BenchmarkFigures,
): string {
  const memory = memoryWords(own, figures)
  return [speedWords(VERSION_WORDS[version], speed, outcome), ...(memory ? [memory] : [])].join('; ')
}

function speedWords(version: string, speed: Speed | null, outcome: BenchmarkComparison['outcome']): string {
  if (speed === null) return `too few rounds to say how it compares with ${version}`
  switch (outcome) {
    case 'unknown':
    case 'same':
      return `no difference from ${version} that this machine can show (${marginWords(speed)})`
    case 'faster':
      return `${times(speed.factor)} times as fast as ${version} (95 %: ${times(speed.low)}–${times(speed.high)})`
    case 'slower': {
      const [low, high] = [1 / speed.high, 1 / speed.low]
      return `takes ${times(1 / speed.factor)} times as long as ${version} (95 %: ${times(low)}–${times(high)})`
    }
    default:
      return assertNever(outcome)
  }
}

/** How far from 1 the true factor may be, in whole per cent as long as these say something. */
function marginWords({ low, high }: Speed): string {
  const furthest = Math.max(high, 1 / low)
  if (furthest >= 2) return `it could be up to ${times(furthest)} times`
  return `±${Math.max(1, Math.ceil((furthest - 1) * 100))} %`
}

/** Two digits, and two decimals where the difference is in the second. */
function times(factor: number): string {
  if (factor >= 10) return String(Math.round(factor))
  return factor.toFixed(factor < 1.2 ? 2 : 1)
}

/** Only what was the same in all rounds of a side is told as a difference: then it needs no interval. */
function memoryWords(own: BenchmarkFigures, other: BenchmarkFigures): string | null {
  const exact = [own.allocations, other.allocations].every(isExact)
  if (exact && own.allocations.median !== other.allocations.median)
    return `${plural(own.allocations.median, 'allocation')} for each operation instead of ${other.allocations.median}`
  const bytes = [own.bytes, other.bytes].every(isExact) && own.bytes.median !== other.bytes.median
  return bytes ? `${own.bytes.median} bytes for each operation instead of ${other.bytes.median}` : null
}

function isExact({ low, high }: Figure): boolean {
  return low === high
}

/** One benchmark in full; of several, how many went which way. */
export function summarySentence(benchmarks: readonly Benchmark[]): string {
  const [first, ...others] = benchmarks
  if (!first) return 'Nothing could be measured.'
  if (others.length > 0) return severalSentence(benchmarks)
  const [comparison] = first.comparisons
  const figures = `\`${first.name}\`: ${nanoseconds(first.figures.nanoseconds.median)} for each operation`
  return comparison ? `${figures}, ${comparison.sentence}.` : `${figures}, with nothing to compare it with.`
}

const OUTCOME_WORDS = [
  ['faster', 'faster'],
  ['slower', 'slower'],
  ['same', 'without a difference that this machine can show'],
  ['unknown', 'with too few rounds to say'],
] as const

function severalSentence(benchmarks: readonly Benchmark[]): string {
  const versions = new Set(benchmarks.flatMap(({ comparisons }) => comparisons.map(({ version }) => version)))
  const measured = `${plural(benchmarks.length, 'benchmark')} ${are(benchmarks.length)} measured`
  if (versions.size === 0) return `${measured}, with nothing to compare them with.`
  const told = [...versions].map((version) => {
    const outcomes = benchmarks.flatMap(({ comparisons }) => comparisons.filter((one) => one.version === version))
    const counts = OUTCOME_WORDS.flatMap(([outcome, words]) => {
      const count = outcomes.filter((one) => one.outcome === outcome).length
      return count > 0 ? [`${count} ${words}`] : []
    })
    return `beside ${VERSION_WORDS[version]}, ${counts.join(', ')}`
  })
  return `${measured}: ${told.join('; ')}.`
}

/** `0.52 ns`, `412 ns`, `1.8 µs`. */
function nanoseconds(value: number): string {
  if (value < 1000) return `${value < 10 ? value.toFixed(2) : Math.round(value)} ns`
  if (value < 1e6) return `${(value / 1e3).toFixed(1)} µs`
  return value < 1e9 ? `${(value / 1e6).toFixed(1)} ms` : `${(value / 1e9).toFixed(2)} s`
}

export function failureNote(name: string, message: string): string {
  return `\`${name}\` failed and has no figures${message ? `: ${message}` : '.'}`
}

/** Of a version that was to be measured and was not. */
export function versionNote({ version, why }: { version: BesideVersion; why: string }): string {
  const words = VERSION_WORDS[version]
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${why}.`
}

export function roundsNote({ rounds, onceMs }: { rounds: readonly unknown[]; onceMs: number }): string {
  const took = `one operation of each benchmark takes ${Math.round(onceMs)} ms`
  return `${plural(rounds.length, 'round')} could be measured: ${took}. That is too few for a comparison: let an operation do less, or have fewer benchmarks.`
}
