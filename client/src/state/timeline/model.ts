import { type Frame, GoRole, GoState, type Timeline } from '@sandbox/protocol'
import { shortFunction } from '../race-story.ts'

/** Rows of spans that never overlap, in the order of time. */
export interface Lane {
  /** Positions in the timeline's spans. */
  rows: Int32Array
  /** Nanoseconds; of the same length as `rows`. */
  begin: Float64Array
  end: Float64Array
}

/** A timeline with what is looked up in it again and again. Times are nanoseconds since its begin. */
export interface Model {
  timeline: Timeline
  /** Of each span. */
  begin: Float64Array
  end: Float64Array
  /** Of each goroutine: everything it did. */
  goroutines: Lane[]
  /** Of each P, by its position: who ran there, or was in a system call with the P still its own. */
  procs: Lane[]
  /** Positions of the Ps in the order of their numbers. */
  procOrder: number[]
  /** By stack: the innermost frame of the run's own files, as its position in `frames`; -1 where there is none. */
  sites: Int32Array
  /** By goroutine: the outermost function of the run's own files that it was seen in. */
  functions: ReadonlyMap<number, string>
}

/** Works through all spans twice, whatever is asked of them later. */
export function modelOf(timeline: Timeline): Model {
  const { spans, procs } = timeline
  const count = spans.begin.length
  const begin = new Float64Array(count)
  const end = new Float64Array(count)
  let at = 0
  for (let row = 0; row < count; row++) {
    at += spans.begin[row] ?? 0
    begin[row] = at
    end[row] = at + (spans.length[row] ?? 0)
  }
  const times = { begin, end }
  const isOnProc = (row: number) => spans.state[row] === GoState.running || spans.state[row] === GoState.syscall
  const onProcs = grouped(count, procs.length, (row) => (isOnProc(row) ? (spans.proc[row] ?? -1) : -1))
  const isOwn = (frame: number) => timeline.frames[frame]?.origin !== 'go'
  return {
    timeline,
    ...times,
    goroutines: grouped(count, timeline.goroutines.id.length, (row) => spans.goroutine[row] ?? -1).map((rows) =>
      laneOf(rows, times),
    ),
    procs: onProcs.map((rows) => laneOf(rows, times)),
    procOrder: procs.map((_, at) => at).sort((a, b) => (procs[a] ?? 0) - (procs[b] ?? 0)),
    sites: Int32Array.from(timeline.stacks.map((stack) => stack.find(isOwn) ?? -1)),
    functions: functionsOf(timeline, isOwn),
  }
}

/** What a goroutine runs says little where a library started it: `wg.Go` runs `sync.(*WaitGroup).Go.func1`. */
function functionsOf({ spans, stacks, frames }: Timeline, isOwn: (frame: number) => boolean): Map<number, string> {
  const outermost = stacks.map((stack) => stack.findLast(isOwn) ?? -1)
  const names = new Map<number, string>()
  spans.goroutine.forEach((goroutine, row) => {
    // The stack of one that was made runnable is somebody else's.
    if (spans.state[row] === GoState.runnable || names.has(goroutine)) return
    const frame = frames[outermost[spans.stack[row] ?? -1] ?? -1]
    if (frame) names.set(goroutine, shortFunction(frame.function))
  })
  return names
}

/** The rows of each group, counted first so that nothing grows. */
function grouped(count: number, groups: number, groupOf: (row: number) => number): Int32Array[] {
  const sizes = new Int32Array(groups)
  for (let row = 0; row < count; row++) {
    const group = groupOf(row)
    if (group >= 0) sizes[group] = (sizes[group] ?? 0) + 1
  }
  const rows = Array.from(sizes, (size) => new Int32Array(size))
  sizes.fill(0)
  for (let row = 0; row < count; row++) {
    const group = groupOf(row)
    if (group < 0) continue
    const at = sizes[group] ?? 0
    const own = rows[group]
    if (own) own[at] = row
    sizes[group] = at + 1
  }
  return rows
}

/** Whoever is in a system call has the P only until another one runs on it. Loops, since `from` is ten times as slow. */
function laneOf(rows: Int32Array, { begin, end }: Pick<Model, 'begin' | 'end'>): Lane {
  const from = new Float64Array(rows.length)
  const to = new Float64Array(rows.length)
  let next = Number.POSITIVE_INFINITY
  for (let at = rows.length - 1; at >= 0; at--) {
    const row = rows[at] ?? 0
    const own = begin[row] ?? 0
    from[at] = own
    to[at] = Math.min(end[row] ?? 0, next)
    next = own
  }
  return { rows, begin: from, end: to }
}

/** The first position in a lane that ends after a moment; its length where none does. */
export function firstAfter({ end }: Lane, ns: number): number {
  let low = 0
  let high = end.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((end[middle] ?? 0) > ns) high = middle
    else low = middle + 1
  }
  return low
}

/** What a goroutine did before or after a span; -1 where the trace does not tell. */
export function neighbourOf(model: Model, row: number, step: 1 | -1): number {
  const lane = model.goroutines[model.timeline.spans.goroutine[row] ?? -1]
  if (!lane) return -1
  return lane.rows[positionOf(lane, row) + step] ?? -1
}

/** Where a span stands in a lane that has it. Rows of a lane rise. */
export function positionOf({ rows }: Lane, row: number): number {
  let low = 0
  let high = rows.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] ?? 0) < row) low = middle + 1
    else high = middle
  }
  return low
}

/** The next span of a goroutine, from a moment on, in which it runs; -1 where it does not run again. */
export function runsNext(model: Model, goroutine: number, ns: number): number {
  const lane = model.goroutines[goroutine]
  if (!lane) return -1
  for (let at = firstAfter(lane, ns); at < lane.rows.length; at++) {
    const row = lane.rows[at] ?? -1
    if (model.timeline.spans.state[row] === GoState.running) return row
  }
  return -1
}

/** The innermost frame of the run's own files in a stack. */
export function siteOf({ timeline, sites }: Model, stack: number): Frame | null {
  return timeline.frames[sites[stack] ?? -1] ?? null
}

export function stackOf({ timeline }: Model, stack: number): Frame[] {
  return (timeline.stacks[stack] ?? []).flatMap((frame) => timeline.frames[frame] ?? [])
}

export function textOf({ timeline }: Model, text: number): string {
  return timeline.texts[text] ?? ''
}

/** `(*Pool).work`, or what stands for a goroutine whose function the trace does not name. */
export function functionOf(model: Model, goroutine: number): string {
  const { id, start, test } = model.timeline.goroutines
  const name = textOf(model, start[goroutine] ?? -1)
  if (name === 'testing.tRunner') return model.timeline.tests[test[goroutine] ?? -1] ?? 'a test'
  const seen = model.functions.get(goroutine)
  if (seen !== undefined) return seen
  if (name !== '') return shortFunction(name)
  return id[goroutine] === 1 ? 'main' : 'of the runtime'
}

export function isOfRuntime({ timeline }: Model, goroutine: number): boolean {
  return (timeline.goroutines.role[goroutine] ?? GoRole.runtime) === GoRole.runtime
}

/** The runtime's own number of a P. */
export function procName({ timeline }: Model, proc: number): string {
  return `P${timeline.procs[proc] ?? '?'}`
}

/** `640 ns`, `12.3 µs`, `1.3 ms`, `2.1 s`; with as many digits as tell moments `step` apart, where one is given. */
export function formatNs(ns: number, step = 0): string {
  if (ns < 1000) return `${Math.round(ns)} ns`
  const [value, unit, size] = ns < 1e6 ? [ns / 1e3, 'µs', 1e3] : ns < 1e9 ? [ns / 1e6, 'ms', 1e6] : [ns / 1e9, 's', 1e9]
  if (step > 0) return `${value.toFixed(Math.max(0, Math.ceil(-Math.log10(step / size) - 1e-9)))} ${unit}`
  return `${value < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`
}
