import { seenAt } from './replay-moments.ts'
import type { ReplayTimeline } from './replay-timeline.ts'

const SECOND_MS = 1000
const PLACE = /^#(run|at)=(-?\d{1,9}(?:\.\d{1,3})?)$/

/** What stands behind a replay's address: a run, by its number, or seconds since the clock was started. */
export type Place = { run: number } | { seconds: number }

export function hashOf(place: Place): string {
  return 'run' in place ? `#run=${place.run}` : `#at=${Math.round(place.seconds * SECOND_MS) / SECOND_MS}`
}

/** The moment that an address asks for: of a run its verdict. Null where it asks for none, or for none that there is. */
export function momentOf(hash: string, { runs, zero }: Pick<ReplayTimeline, 'runs' | 'zero'>): number | null {
  const [, kind, number] = PLACE.exec(hash) ?? []
  if (kind === 'at') return zero + Number(number) * SECOND_MS
  const run = runs.find((one) => one.number === Number(number))
  return kind === 'run' && run ? seenAt(run) : null
}
