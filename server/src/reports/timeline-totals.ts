import { GoRole, GoState, StopWord, type Timeline, type TimelineTotals, type WaitCause } from '@sandbox/protocol'
import type { Wait } from './timeline-words.ts'

const MARKING = 'GC concurrent mark phase'
const NS_PER_MS = 1e6

/** What a timeline comes to; `waits` are those of its spans. */
export function totalsOf(timeline: Timeline, waits: readonly Wait[]): TimelineTotals {
  const { spans, goroutines, lengthNs, procs, threads, handoffs } = timeline
  const blocked = new Map<WaitCause, number>()
  const isCounted = (g: number) => (goroutines.role[g] ?? GoRole.runtime) !== GoRole.runtime
  const sums = { queuedNs: 0, runningNs: 0, preemptions: 0, migrations: 0 }
  const preempted = timeline.texts.indexOf(StopWord.preempted)
  /** By goroutine: the P on which it was made runnable; -1 while it is not. */
  const readiedOn = new Int32Array(goroutines.id.length).fill(-1)
  spans.state.forEach((state, row) => {
    const g = spans.goroutine[row] ?? -1
    if (!isCounted(g)) return
    const ns = spans.length[row] ?? 0
    const proc = spans.proc[row] ?? -1
    const cause = waits[row]?.cause
    if (cause) blocked.set(cause, (blocked.get(cause) ?? 0) + ns)
    if (state === GoState.running) {
      sums.runningNs += ns
      const from = readiedOn[g] ?? -1
      if (from >= 0 && proc >= 0 && from !== proc) sums.migrations++
    }
    readiedOn[g] = -1
    if (state !== GoState.runnable) return
    sums.queuedNs += ns
    readiedOn[g] = proc
    if (preempted >= 0 && spans.reason[row] === preempted) sums.preemptions++
  })
  return {
    lengthMs: toMs(lengthNs),
    goroutines: goroutines.id.filter((_, g) => isCounted(g)).length,
    procs: procs.length,
    threads,
    blockedMs: [...blocked]
      .map(([cause, ns]) => ({ cause, ms: toMs(ns) }))
      .filter(({ ms }) => ms > 0)
      .sort((a, b) => b.ms - a.ms),
    queuedMs: toMs(sums.queuedNs),
    runningMs: toMs(sums.runningNs),
    gcShare: lengthNs === 0 ? 0 : Math.min(1, markingNs(timeline) / lengthNs),
    preemptions: sums.preemptions,
    migrations: sums.migrations,
    handoffs: handoffs.at.filter((_, row) => isCounted(handoffs.goroutine[row] ?? -1)).length,
  }
}

function markingNs({ ranges, texts }: Timeline): number {
  const marking = texts.indexOf(MARKING)
  return ranges.name.reduce((ns, name, row) => ns + (name >= 0 && name === marking ? (ranges.length[row] ?? 0) : 0), 0)
}

/** To the microsecond. */
function toMs(ns: number): number {
  return Math.round(ns / 1000) / (NS_PER_MS / 1000)
}
