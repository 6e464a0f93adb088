import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Frame, GoRole, type GoState, Timeline } from '@sandbox/protocol'
import { type Model, modelOf } from '../timeline/model.ts'

/** What the scheduler did in the tests of a worker pool. */
export function workerPool(): Model {
  return modelOf(Timeline.parse(JSON.parse(readFileSync(join(import.meta.dirname, 'timeline-worker-pool.json'), 'utf8'))))
}

/** A span as a test writes it, with absolute times; what is left out is none. */
export interface WrittenSpan {
  goroutine: number
  state: GoState
  begin: number
  end: number
  proc?: number
  reason?: string
  /** Line of `pool.go`. */
  line?: number
  by?: number
}

/** A timeline of goroutines 10, 11, … of the candidate's, on Ps 0, 1, …, in the order of the spans' begin. */
export function madeOf(spans: WrittenSpan[], more: Partial<Timeline> = {}): Model {
  const sorted = spans.toSorted((a, b) => a.begin - b.begin)
  const count = Math.max(...spans.map(({ goroutine }) => goroutine)) + 1
  const procs = Math.max(0, ...spans.map(({ proc = -1 }) => proc)) + 1
  const texts = [...new Set(spans.flatMap(({ reason }) => reason ?? []))]
  const lines = [...new Set(spans.flatMap(({ line }) => line ?? []))]
  const frames = lines.map((line): Frame => ({ function: 'sandbox/pool.Work', file: 'pool.go', line, origin: 'candidate' }))
  const columnOf = (field: (span: WrittenSpan, at: number) => number) => sorted.map(field)
  const none = Array<number>(count).fill(-1)
  return modelOf({
    lengthNs: Math.max(...spans.map(({ end }) => end)),
    cut: '',
    procs: Array.from({ length: procs }, (_, at) => at),
    threads: procs,
    spans: {
      begin: columnOf(({ begin }, at) => begin - (sorted[at - 1]?.begin ?? 0)),
      length: columnOf(({ begin, end }) => end - begin),
      goroutine: columnOf(({ goroutine }) => goroutine),
      state: columnOf(({ state }) => state),
      proc: columnOf(({ proc = -1 }) => proc),
      thread: columnOf(({ proc = -1 }) => proc),
      reason: columnOf(({ reason = '' }) => texts.indexOf(reason)),
      stack: columnOf(({ line = 0 }) => lines.indexOf(line)),
      by: columnOf(({ by = -1 }) => by),
    },
    ranges: { begin: [], length: [], name: [], goroutine: [], proc: [], thread: [] },
    held: { begin: [], length: [], name: [], goroutine: [], proc: [], thread: [] },
    handoffs: { at: [], proc: [], goroutine: [] },
    texts,
    frames,
    stacks: frames.map((_, at) => [at]),
    tests: [],
    goroutines: {
      id: none.map((_, at) => 10 + at),
      created: none,
      ended: none,
      creator: none,
      stack: none,
      start: none,
      role: none.map(() => GoRole.candidate),
      test: none,
    },
    ...more,
  })
}
