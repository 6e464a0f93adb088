import type { RunEvent } from '@sandbox/protocol'
import type { GcTraceParser } from '../reports/gc-trace.ts'
import { plural } from './count.ts'

/** What the collector did in so many runs of the tests; nothing where it did nothing. */
export function memoryEvents(trace: GcTraceParser | null, runs: number): RunEvent[] {
  const read = trace?.end()
  if (!read || read.total === 0) return []
  const { collections, total, pausedMs } = read
  const most = Math.max(...collections.map(({ liveMb }) => liveMb))
  const during = runs === 1 ? 'one run of the tests' : `${runs} runs of the tests`
  const collected = total === 1 ? 'once' : plural(total, 'time')
  const sentence = `The garbage collector ran ${collected} in ${during}, stopped the world for ${pausedMs.toFixed(1)} ms in all, and at most ${most} MB were live.`
  return [{ type: 'collections', sentence, collections, total }]
}
