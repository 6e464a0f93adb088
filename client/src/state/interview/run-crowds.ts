import type { TimedRun } from './replay-timeline.ts'

/** Runs that lie too close to each other to be drawn apart, in order; never none. */
export type Crowd = [TimedRun, ...TimedRun[]]

/** Puts runs together that begin within `ms` of the first of them, so that no crowd grows over all of a busy hour. */
export function crowdsOf(runs: readonly TimedRun[], ms: number): Crowd[] {
  const crowds: Crowd[] = []
  for (const run of runs) {
    const last = crowds.at(-1)
    if (last && run.at - last[0].at < ms) last.push(run)
    else crowds.push([run])
  }
  return crowds
}
