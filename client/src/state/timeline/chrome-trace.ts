import { GoState } from '@sandbox/protocol'
import { functionOf, type Model, neighbourOf, procName, textOf } from './model.ts'

/**
 * The timeline as Chrome's JSON, which Perfetto opens: a process of Ps, a process of goroutines, and an arrow from whoever
 * woke a goroutine to where that could run.
 *
 * Format: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
export function chromeTrace(model: Model): string {
  const { timeline, begin } = model
  const events: object[] = [named(PROCS, 'Ps'), named(GOROUTINES, 'goroutines'), named(RUNTIME, 'runtime')]
  for (const proc of model.procOrder) events.push(named(PROCS, procName(model, proc), proc))
  timeline.goroutines.id.forEach((id, g) => {
    events.push(named(GOROUTINES, `goroutine ${id} ${functionOf(model, g)}`, g))
  })
  for (let row = 0; row < begin.length; row++) events.push(...spanEvents(model, row))
  timeline.ranges.begin.forEach((from, at) => {
    const name = textOf(model, timeline.ranges.name[at] ?? -1)
    events.push({ ph: 'X', pid: RUNTIME, tid: 0, name, ts: from / 1000, dur: (timeline.ranges.length[at] ?? 0) / 1000 })
  })
  return JSON.stringify({ displayTimeUnit: 'ns', traceEvents: events })
}

const PROCS = 1
const GOROUTINES = 2
const RUNTIME = 3
const STATES = { [GoState.runnable]: 'runnable', [GoState.running]: 'running', [GoState.syscall]: 'system call' }

function named(pid: number, name: string, tid?: number): object {
  const what = tid === undefined ? 'process_name' : 'thread_name'
  return { ph: 'M', pid, ...(tid === undefined ? {} : { tid }), name: what, args: { name } }
}

function spanEvents(model: Model, row: number): object[] {
  const { spans, goroutines } = model.timeline
  const g = spans.goroutine[row] ?? -1
  const times = { ts: (model.begin[row] ?? 0) / 1000, dur: (spans.length[row] ?? 0) / 1000 }
  const state = spans.state[row] ?? 0
  const reason = textOf(model, spans.reason[row] ?? -1)
  const name = STATES[state as keyof typeof STATES] ?? `waiting for ${reason}`
  const events: object[] = [{ ph: 'X', pid: GOROUTINES, tid: g, name, ...times }]
  if (state === GoState.running) {
    const label = `goroutine ${goroutines.id[g]} ${functionOf(model, g)}`
    events.push({ ph: 'X', pid: PROCS, tid: spans.proc[row] ?? 0, name: label, ...times })
  }
  const by = spans.by[row] ?? -1
  if (state === GoState.runnable && by >= 0 && neighbourOf(model, row, 1) >= 0) {
    const arrow = { cat: 'wake', name: 'wake', id: row, ts: times.ts }
    events.push(
      { ph: 's', pid: GOROUTINES, tid: by, ...arrow },
      { ph: 'f', bp: 'e', pid: GOROUTINES, tid: g, ...arrow },
    )
  }
  return events
}
