import { EVIDENCE_BY_STRENGTH, type Job, type RunEvent, type Verdict, type VerdictEvent } from '@sandbox/protocol'
import type { Sandbox } from '../sandbox/driver.ts'
import { plural } from './count.ts'
import type { TestJob } from './plan.ts'
import { runJob } from './run-job.ts'

/** How long other schedules are tried after a run that passed. */
export interface Exploring {
  budgetMs: number
  /** Somebody waits for the turn that this takes: then it ends with the schedule that is under way. */
  isAwaited(): boolean
}

/** What other schedules came to: how many were tried, and the one that showed something. */
export interface Explored {
  tried: number
  found: { verdict: VerdictEvent; processors: number } | null
}

interface Exploration extends Exploring {
  signal: AbortSignal
  emit: (event: RunEvent) => void
}

/** GOMAXPROCS in turn. One alone interrupts goroutines at other places than many do, and more than cores is a third case. */
const PROCESSORS = [1, 2, 8, 4] as const
/** Schedules of one run at most, so that its log stays small. */
const MAX_SCHEDULES = 400

/**
 * Runs the binary that `sandbox` has kept under other schedules, in fresh and otherwise unchanged processes, until one
 * shows evidence or the budget is used up. Such evidence is what `go test -race` could have said. A schedule that
 * merely takes too long accuses nobody: on a busy machine every one may.
 */
export async function exploreSchedules(sandbox: Sandbox, job: TestJob, options: Exploration): Promise<Explored> {
  const { budgetMs, isAwaited, signal, emit } = options
  const began = performance.now()
  let longestMs = 0
  for (let index = 1; index <= MAX_SCHEDULES; index++) {
    const leftMs = budgetMs - (performance.now() - began)
    if (leftMs < longestMs || signal.aborted || !sandbox.usable || isAwaited()) return { tried: index - 1, found: null }
    const processors = PROCESSORS[(index - 1) % PROCESSORS.length] ?? 1
    const { verdict, told, ms } = await runAgain(sandbox, job, processors, signal)
    if (signal.aborted) return { tried: index - 1, found: null }
    longestMs = Math.max(longestMs, ms)
    const evidence = isEvidence(verdict.verdict)
    emit({ type: 'schedule', index, processors, verdict: verdict.verdict, evidence, ms })
    if (!evidence) continue
    told.filter(({ type }) => type !== 'stage').forEach(emit)
    return { tried: index, found: { verdict, processors } }
  }
  return { tried: MAX_SCHEDULES, found: null }
}

/** The verdict of a run that passed and was then tried under other schedules. */
export function verdictAfter(passed: VerdictEvent, { tried, found }: Explored): VerdictEvent {
  if (tried === 0) return passed
  const schedules = plural(tried, 'other schedule')
  if (!found) return { ...passed, summary: passed.summary.replace(/\.$/, `; the same under ${schedules}.`) }
  const where = `with GOMAXPROCS=${found.processors}`
  const which = tried === 1 ? `the next one showed this, ${where}` : `the last of ${schedules} showed this, ${where}`
  return {
    ...found.verdict,
    timings: passed.timings,
    summary: `${found.verdict.summary} The first run had passed; ${which}.`,
  }
}

async function runAgain(sandbox: Sandbox, job: TestJob, processors: number, signal: AbortSignal) {
  const ask: Job = { type: 'again', limits: job.limits, processors }
  const told: RunEvent[] = []
  const began = performance.now()
  const { verdict } = await runJob(sandbox, job, { signal, emit: (event) => void told.push(event), ask })
  return { verdict, told, ms: performance.now() - began }
}

function isEvidence(verdict: Verdict): boolean {
  return EVIDENCE_BY_STRENGTH.some((one) => one === verdict)
}
