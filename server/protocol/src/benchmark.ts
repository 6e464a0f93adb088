import { z } from 'zod'

/** Benchmarks that one run tells of, with their sub-benchmarks; and how long the name of one may be, in characters. */
export const MAX_BENCHMARKS = 50
export const MAX_BENCHMARK_NAME_CHARS = 200

/** A version of the code that is measured beside the one that was sent. */
export const BesideVersion = z.enum(['previous', 'starter', 'reference'])
export type BesideVersion = z.infer<typeof BesideVersion>

/** What a quantity was over all rounds. Where `low` is `high` it was always the same. */
export const Figure = z.object({
  median: z.number().nonnegative(),
  low: z.number().nonnegative(),
  high: z.number().nonnegative(),
})
export type Figure = z.infer<typeof Figure>

/** Of one operation. */
export const BenchmarkFigures = z.object({ nanoseconds: Figure, bytes: Figure, allocations: Figure })
export type BenchmarkFigures = z.infer<typeof BenchmarkFigures>

/** How many times as fast the sent code is: above 1 it is faster. The true factor is between the ends in 95 of 100 such runs. */
export const Speed = z.object({
  factor: z.number().positive(),
  low: z.number().positive(),
  high: z.number().positive(),
})
export type Speed = z.infer<typeof Speed>

/** One benchmark beside the same benchmark of another version, measured in turn. */
export const BenchmarkComparison = z.object({
  version: BesideVersion,
  figures: BenchmarkFigures,
  /** Null where there were too few rounds to say. */
  speed: Speed.nullable(),
  /** `same`: no difference that this machine can show. */
  outcome: z.enum(['faster', 'slower', 'same', 'unknown']),
  /** What it comes to, in words that follow the benchmark's own figures. */
  sentence: z.string(),
})
export type BenchmarkComparison = z.infer<typeof BenchmarkComparison>

export const Benchmark = z.object({
  /** `BenchmarkGet/hit`, without the number of processors. */
  name: z.string(),
  rounds: z.number().int().positive(),
  figures: BenchmarkFigures,
  comparisons: z.array(BenchmarkComparison),
})
export type Benchmark = z.infer<typeof Benchmark>
