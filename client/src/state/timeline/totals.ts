import { GoState } from '@sandbox/protocol'
import { type Model, runsNext } from './model.ts'
import { matching, type RowsWish } from './rows.ts'

/** What one goroutine did in all, in nanoseconds. */
export interface GoroutineTotals {
  goroutine: number
  runNs: number
  waitNs: number
  queueNs: number
  syscallNs: number
  /** Its longest wait, as a span; -1 where it never waited. */
  longest: number
  /** Where it runs first; -1 where it never does. */
  first: number
}

/** Of the goroutines asked for, those that ran longest first. */
export function totalsOf(model: Model, wish: Pick<RowsWish, 'search' | 'test' | 'runtime'>): GoroutineTotals[] {
  return matching(model, wish)
    .map((goroutine) => totalsOfOne(model, goroutine))
    .sort((a, b) => b.runNs - a.runNs)
}

function totalsOfOne(model: Model, goroutine: number): GoroutineTotals {
  const { state } = model.timeline.spans
  const ns = [0, 0, 0, 0]
  let longest = -1
  let longestNs = -1
  const lane = model.goroutines[goroutine]
  for (const row of lane?.rows ?? []) {
    const length = (model.end[row] ?? 0) - (model.begin[row] ?? 0)
    const kind = state[row] ?? 0
    ns[kind] = (ns[kind] ?? 0) + length
    if (kind === GoState.waiting && length > longestNs) {
      longest = row
      longestNs = length
    }
  }
  return {
    goroutine,
    runNs: ns[GoState.running] ?? 0,
    waitNs: ns[GoState.waiting] ?? 0,
    queueNs: ns[GoState.runnable] ?? 0,
    syscallNs: ns[GoState.syscall] ?? 0,
    longest,
    first: runsNext(model, goroutine, -1),
  }
}
