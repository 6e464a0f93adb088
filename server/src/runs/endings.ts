import type { Timings, Verdict, VerdictEvent } from '@sandbox/protocol'

/** Why a run is stopped from outside. */
export type Stop = 'asked' | 'left' | 'shutdown' | 'stuck'

export const RESTARTED = 'The server restarted while this run was under way. Press Run to run it again.'
export const PLATFORM_FAILED = 'The sandbox failed, not your program. Press Run to run it again.'

const STOPPED: Record<Stop, { verdict: Verdict; summary: string }> = {
  asked: { verdict: 'cancelled', summary: 'Cancelled.' },
  left: { verdict: 'cancelled', summary: 'Cancelled: no page of yours was connected any more.' },
  shutdown: { verdict: 'internal-error', summary: RESTARTED },
  stuck: { verdict: 'internal-error', summary: 'The sandbox did not answer in time. Press Run to run it again.' },
}

const NO_TIME: Timings = { queue: 0, sandbox: 0, load: 0, compile: 0, vet: 0, link: 0, run: 0, total: 0 }

/** A verdict that no program earned: nothing was compiled or judged. */
export function emptyVerdict(verdict: Verdict, summary: string): VerdictEvent {
  const tests = { passed: 0, failed: 0, total: 0 }
  return { type: 'verdict', verdict, summary, others: [], timings: NO_TIME, tests }
}

/** The verdict of a run that was stopped before it had one. */
export function stoppedVerdict(stop: Stop): VerdictEvent {
  return emptyVerdict(STOPPED[stop].verdict, STOPPED[stop].summary)
}

/** A run that was cancelled by us and not by its person says so; every other verdict stands. */
export function explainStop(verdict: VerdictEvent, stop: Stop | null): VerdictEvent {
  if (stop === null || stop === 'asked' || verdict.verdict !== 'cancelled') return verdict
  return { ...verdict, ...STOPPED[stop] }
}
