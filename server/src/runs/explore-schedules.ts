import { EVIDENCE_BY_STRENGTH, type Job, type Race, type RunEvent, type VerdictEvent } from '@sandbox/protocol'
import type { Sandbox } from '../sandbox/driver.ts'
import { plural } from './count.ts'
import type { TestJob } from './plan.ts'
import { runJob } from './run-job.ts'

/** How long other schedules are tried after a run that passed, in ms, where the exercise does not say. */
export const USUAL_MS = 3000
/** The same where a person asks for longer. */
export const LONGER_MS = 30_000

/** How other schedules are tried after a run that passed. */
export interface Exploring {
  /** In ms; without it the exercise's time, or the usual one. */
  budgetMs?: number
  /** Somebody waits for the turn that this takes: then it ends with the schedule that is under way. */
  isAwaited(): boolean
}

/** One of the ways in which the same binary can be run. `seed` 0 leaves goroutines to the scheduler. */
interface Schedule {
  processors: number
  seed: number
}

/** What other schedules came to. */
export interface Explored {
  tried: number
  /** Perturbed ones in which a test failed: that accuses nobody, because a test may rely on time. */
  doubtful: number
  /** Those that ran into a limit and prove nothing by it, or came to no end that could be read. */
  unfinished: number
  /** The one that showed something. */
  found: (Schedule & { verdict: VerdictEvent }) | null
}

type Outcome = Pick<VerdictEvent, 'verdict' | 'others'>

interface Exploration extends Exploring {
  budgetMs: number
  /** CPU time of the first run's tests; null where it was not told. */
  firstCpuMs: number | null
  signal: AbortSignal
  emit: (event: RunEvent) => void
}

/** GOMAXPROCS in turn. One alone interrupts goroutines at other places than many do, and more than cores is a third case. */
const UNPERTURBED = [1, 2, 8, 4] as const
/** Once a test has failed in a perturbed one: where goroutines do not run at the same time, none comes between two steps of another. */
const UNPERTURBED_IN_DOUBT = [2, 16, 4, 8] as const
/** As many as have no divisor in common with the seed's tempers, so that in time every temper meets every one. */
const PERTURBED = [4, 1, 2] as const
/**
 * CPU time after which the tests of a schedule are endless: so many times what the first run took, and no less than this.
 * A busy machine makes a run longer, not dearer.
 */
const ENDLESS_TIMES = 50
const ENDLESS_CPU_MS = 1000
/** GOMAXPROCS of the first run. With more of them, or one alone, goroutines that wait for each other awake cost many times as much. */
const FIRST_PROCESSORS = 4
/** Where one was endless and proves nothing by it, only these can, and are tried from then on. */
const AFTER_ENDLESS: readonly Schedule[] = [
  { processors: 2, seed: 0 },
  { processors: FIRST_PROCESSORS, seed: 0 },
]
/** Schedules of one run at most, so that its log stays small. */
const MAX_SCHEDULES = 2000

/** The schedules, one after the other. */
export class Turns {
  #perturbed = 0
  #unperturbed = 0

  /**
   * Every other one is perturbed: each kind finds what the other does not. Once a test has failed in one of them, only every
   * fourth: it is `doubtful`, and an unperturbed one alone can show that it is the code's fault.
   */
  next(isDoubtful: boolean): Schedule {
    const every = isDoubtful ? 4 : 2
    if ((this.#perturbed + this.#unperturbed) % every > 0) {
      const turns = isDoubtful ? UNPERTURBED_IN_DOUBT : UNPERTURBED
      return { processors: turns[this.#unperturbed++ % turns.length] ?? 1, seed: 0 }
    }
    const processors = PERTURBED[this.#perturbed++ % PERTURBED.length] ?? 1
    return { processors, seed: this.#perturbed }
  }
}

/**
 * Runs the binary that `sandbox` has kept under other schedules, each in a fresh process, until one shows evidence or the
 * budget is used up. A schedule that merely takes long accuses nobody: on a busy machine every one may.
 */
export async function exploreSchedules(sandbox: Sandbox, job: TestJob, options: Exploration): Promise<Explored> {
  const { budgetMs, isAwaited, signal, emit } = options
  const began = performance.now()
  const explored: Explored = { tried: 0, doubtful: 0, unfinished: 0, found: null }
  const limited = endingEndless(job, options.firstCpuMs)
  const turns = new Turns()
  let longestMs = 0
  let isSuspect = false
  while (explored.tried < MAX_SCHEDULES) {
    const leftMs = budgetMs - (performance.now() - began)
    if (leftMs < longestMs || signal.aborted || !sandbox.repeatable || isAwaited()) break
    const index = explored.tried + 1
    const schedule = (isSuspect && AFTER_ENDLESS[index % AFTER_ENDLESS.length]) || turns.next(explored.doubtful > 0)
    const { verdict, told, ms, runCpuMs } = await runAgain(sandbox, limited, schedule, signal)
    if (signal.aborted) break
    explored.tried = index
    const isEndless = (runCpuMs ?? 0) >= limited.limits.runCpuMs
    if (isEndless) isSuspect = true
    else longestMs = Math.max(longestMs, ms)
    const evidence = isEvidence(verdict, { ...schedule, isEndless }, told)
    const summary = verdict.verdict === 'passed' ? '' : verdict.summary
    emit({ type: 'schedule', index, ...schedule, verdict: verdict.verdict, summary, evidence, ms })
    if (evidence) {
      told.filter(({ type }) => type !== 'stage').forEach(emit)
      return { ...explored, found: { ...schedule, verdict } }
    }
    if (isDoubtful(verdict)) explored.doubtful++
    else if (verdict.verdict !== 'passed') explored.unfinished++
  }
  return explored
}

/** The verdict of a run that passed and was then tried under other schedules. */
export function verdictAfter(passed: VerdictEvent, { tried, doubtful, unfinished, found }: Explored): VerdictEvent {
  if (tried === 0) return passed
  const schedules = plural(tried, 'other schedule')
  if (!found) {
    const same = tried - doubtful - unfinished
    const parts = [
      ...(same > 0 && doubtful === 0 ? [`the same under ${plural(same, 'other schedule')}`] : []),
      ...(doubtful > 0
        ? [`of ${schedules} ${doubtful} had a failed test while goroutines were made to give way: look at them`]
        : []),
      ...(unfinished > 0 ? [`${plural(unfinished, 'other schedule')} did not come to an end`] : []),
    ]
    return { ...passed, summary: passed.summary.replace(/\.$/, `; ${parts.join('; ')}.`) }
  }
  const where = `with GOMAXPROCS=${found.processors}${found.seed === 0 ? '' : ' and goroutines made to give way'}`
  const which = tried === 1 ? `the next one showed this, ${where}` : `the last of ${schedules} showed this, ${where}`
  return {
    ...found.verdict,
    timings: passed.timings,
    summary: `${found.verdict.summary} The first run had passed; ${which}.`,
  }
}

async function runAgain(sandbox: Sandbox, job: TestJob, schedule: Schedule, signal: AbortSignal) {
  const ask: Job = { type: 'again', limits: job.limits, ...schedule }
  const told: RunEvent[] = []
  const began = performance.now()
  const { verdict, runCpuMs } = await runJob(sandbox, job, { signal, emit: (event) => void told.push(event), ask })
  return { verdict, told, runCpuMs, ms: performance.now() - began }
}

/** The same tests with the CPU time after which they are endless as their limit. */
function endingEndless(job: TestJob, firstCpuMs: number | null): TestJob {
  const { runCpuMs } = job.limits
  const endlessMs = firstCpuMs === null ? runCpuMs : Math.max(ENDLESS_CPU_MS, ENDLESS_TIMES * firstCpuMs)
  return { ...job, limits: { ...job.limits, runCpuMs: Math.ceil(Math.min(runCpuMs, endlessMs)) } }
}

/**
 * Whether a schedule proves something. An unperturbed one does as the first run would, and tests that take many times its CPU
 * time on no more processors are endless. In a perturbed one a test may fail for no fault of the code, and what it then does
 * and leaves behind says nothing either: only a race in which no test takes part is still one.
 */
export function isEvidence(
  verdict: Outcome,
  { seed, processors, isEndless }: Schedule & { isEndless: boolean },
  told: readonly RunEvent[],
): boolean {
  if (verdict.verdict === 'timeout' && isEndless) {
    return seed === 0 && processors > 1 && processors <= FIRST_PROCESSORS
  }
  if (!EVIDENCE_BY_STRENGTH.some((one) => one === verdict.verdict)) return false
  if (seed === 0 || !isDoubtful(verdict)) return true
  return verdict.verdict === 'race' && told.some((event) => event.type === 'race' && !isOfTest(event.race))
}

function isOfTest({ accesses }: Race): boolean {
  return accesses.some(({ site }) => site === null || site.origin !== 'candidate' || site.file.endsWith('_test.go'))
}

/** A test failed by itself. */
function isDoubtful({ verdict, others }: Outcome): boolean {
  return verdict === 'failed' || (verdict !== 'timeout' && others.includes('failed'))
}
