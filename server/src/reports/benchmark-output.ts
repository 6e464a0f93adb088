import { MAX_BENCHMARK_NAME_CHARS, MAX_BENCHMARKS } from '@sandbox/protocol'
import { LineSplitter } from './lines.ts'

/** What one benchmark reported of one operation. */
export interface BenchmarkResult {
  nanoseconds: number
  bytes: number
  allocations: number
}

export interface BenchmarkOutput {
  /** By name, in order; of a name that comes twice the first counts. */
  results: ReadonlyMap<string, BenchmarkResult>
  /** Benchmarks that failed, with the first line that they logged; empty where there is none. */
  failed: ReadonlyMap<string, string>
}

const NAME = /^(Benchmark\S*)\s/
/** Iterations and figures, at the end of the line that begins with the name unless the benchmark printed something. */
const RESULT = /^(?:Benchmark\S*\s+|\s*)\d+\t\s*(\S+ ns\/op.*)$/
const FAILED = /--- FAIL: (Benchmark\S*)$/
const LOGGED = /^ {4}\S+\.go:\d+: (.*)$/
/** Longer messages are cut, in characters: they stand in a sentence. */
const MAX_MESSAGE_CHARS = 200

/**
 * Reads what package testing prints of benchmarks, without -test.v: the name before one runs, its figures behind it
 * (https://go.dev/design/14313-benchmark-format). Anything else on the program's output is passed over.
 */
export class BenchmarkParser {
  readonly #lines = new LineSplitter()
  readonly #suffix: string
  readonly #results = new Map<string, BenchmarkResult>()
  readonly #failed = new Map<string, string>()
  #running: string | null = null
  #logs: string | null = null

  /** GOMAXPROCS is part of a name where it is not 1. */
  constructor(processors: number) {
    this.#suffix = processors === 1 ? '' : `-${processors}`
  }

  push(bytes: Uint8Array): void {
    for (const line of this.#lines.push(bytes)) this.#line(line)
  }

  end(): BenchmarkOutput {
    for (const line of this.#lines.end()) this.#line(line)
    return { results: this.#results, failed: this.#failed }
  }

  #line(line: string): void {
    const begun = NAME.exec(line)?.[1]
    if (begun !== undefined) this.#running = this.#nameOf(begun)
    const failed = FAILED.exec(line)?.[1]
    const result = resultOf(RESULT.exec(line)?.[1])
    const message = LOGGED.exec(line)?.[1]
    if (failed !== undefined) this.#logs = this.#note(this.#failed, this.#nameOf(failed), '')
    else if (result && this.#running !== null) this.#note(this.#results, this.#running, result)
    else if (message !== undefined && this.#logs !== null)
      this.#failed.set(this.#logs, message.slice(0, MAX_MESSAGE_CHARS))
    if (result) this.#running = null
    if (failed === undefined) this.#logs = null
  }

  /** Returns the name where it is new and there is room. */
  #note<T>(map: Map<string, T>, name: string, value: T): string | null {
    if (map.has(name) || map.size >= MAX_BENCHMARKS) return null
    map.set(name, value)
    return name
  }

  #nameOf(printed: string): string {
    const { length } = this.#suffix
    const name = length > 0 && printed.endsWith(this.#suffix) ? printed.slice(0, -length) : printed
    return name.slice(0, MAX_BENCHMARK_NAME_CHARS)
  }
}

/** `412.0 ns/op  48 B/op  1 allocs/op`, among other units; null without a time, which no ratio could be made of. */
function resultOf(figures: string | undefined): BenchmarkResult | null {
  const words = figures?.split(/\s+/) ?? []
  const value = (unit: string) => Number(words[words.indexOf(unit) - 1] ?? 0)
  const result = { nanoseconds: value('ns/op'), bytes: value('B/op'), allocations: value('allocs/op') }
  const isSound = Object.values(result).every((one) => Number.isFinite(one) && one >= 0)
  return isSound && result.nanoseconds > 0 ? result : null
}
