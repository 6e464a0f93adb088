import type { Limits, RunEvent, VerdictEvent } from '@sandbox/protocol'
import type { SandboxDriver, SandboxLog } from '../sandbox/driver.ts'
import { thisInstance } from '../sandbox/instance.ts'
import { DEFAULT_LIMITS } from '../sandbox/limits.ts'
import { defaultMode, type PoolMode, SandboxPool } from '../sandbox/pool.ts'
import { selectDriver } from '../sandbox/select-driver.ts'
import type { Exploring } from './explore-schedules.ts'
import type { Plan, TestJob } from './plan.ts'
import { refusalOf } from './rejection.ts'
import { type Repetitions, repeatJob } from './repeat-job.ts'
import { runSteps } from './run-steps.ts'

/** Everything that one run told, and its verdict. */
export interface Judged {
  events: RunEvent[]
  verdict: VerdictEvent
  /** CPU time of the test binary; null where it did not run. */
  runCpuMs: number | null
}

/** Judges on this machine without a server: for commands and checks. It runs what a candidate's click runs. */
export interface LocalJudge {
  readonly driver: SandboxDriver
  judge(plan: Plan, options?: JudgeOptions): Promise<Judged>
  /** Builds once and runs the test binary again and again; each run has its own verdict. */
  repeat(job: TestJob, repetitions: Repetitions): AsyncGenerator<Judged>
  close(): Promise<void>
}

export interface JudgeOptions {
  signal?: AbortSignal
  person?: string
  /** Whether other schedules are tried after a run that passed. */
  exploring?: Exploring
}

export interface LocalJudgeOptions {
  prefer: 'auto' | SandboxDriver['name']
  /** Folder of the sandbox tree. */
  tree: string
  progress(sentence: string): void
  log?: SandboxLog
  mode?: PoolMode
  /** Sandboxes kept started and waiting. */
  warm?: number
  limits?: Limits
  /** Cores that one sandbox may use. */
  cpus?: number
}

/** Throws one sentence when nothing here can confine a program. */
export async function openLocalJudge(options: LocalJudgeOptions): Promise<LocalJudge> {
  const log = options.log ?? SILENT
  const { driver, reasons } = await selectDriver({
    prefer: options.prefer,
    tree: options.tree,
    instance: thisInstance(),
    cpus: options.cpus ?? 2,
    log,
    progress: options.progress,
  })
  if (!driver) throw new Error(`Nothing was run. ${reasons.join(' ')}`)
  const pool = new SandboxPool({
    driver,
    log,
    limits: options.limits ?? DEFAULT_LIMITS,
    mode: options.mode ?? defaultMode(driver),
    warm: options.warm ?? 1,
  })
  return {
    driver,
    judge: (plan, { signal = new AbortController().signal, person = 'judge', ...options } = {}) =>
      judge(pool, plan, { signal, person, ...options }),
    repeat: (job, repetitions) => repeatJob(pool, job, repetitions),
    async close() {
      await pool.close()
      await driver.close()
    },
  }
}

async function judge(
  pool: SandboxPool,
  plan: Plan,
  { signal, person, ...options }: JudgeOptions & { signal: AbortSignal; person: string },
): Promise<Judged> {
  if (plan.type === 'rejected') return { ...refusalOf(plan), runCpuMs: null }
  const begun = performance.now()
  const events: RunEvent[] = []
  const emit = (event: RunEvent) => void events.push(event)
  const { verdict, runCpuMs } = await runSteps({ steps: plan.steps, person, sandboxes: pool, signal, emit, ...options })
  verdict.timings = { ...verdict.timings, total: performance.now() - begun }
  return { events, verdict, runCpuMs }
}

const nothing = () => {}
const SILENT: SandboxLog = { debug: nothing, warn: nothing }
