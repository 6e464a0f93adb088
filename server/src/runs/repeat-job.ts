import type { FailureReason, Job, RunEvent } from '@sandbox/protocol'
import type { Sandbox } from '../sandbox/driver.ts'
import type { SandboxPool } from '../sandbox/pool.ts'
import type { Judged } from './local-judge.ts'
import type { TestJob } from './plan.ts'
import { runJob } from './run-job.ts'

/** How often, and how, a job is to be run. */
export interface Repetitions {
  times: number
  /** GOMAXPROCS of the runs, in turn: one build serves all of them. */
  processors: readonly [number, ...number[]]
  person: string
  /** What the failure of a test means, by its name, where it is more than `failed`. */
  reasons?: Readonly<Record<string, FailureReason>>
  signal: AbortSignal
}

/**
 * Runs one job many times and compiles it as seldom as possible: a sandbox whose run came to an orderly end runs the
 * same binary again, after any other end the next sandbox begins with a build.
 */
export async function* repeatJob(pool: SandboxPool, job: TestJob, wish: Repetitions): AsyncGenerator<Judged> {
  let done = 0
  while (done < wish.times) {
    const acquired = await pool.acquire(wish.person, wish.signal)
    try {
      for await (const judged of runsIn(acquired.sandbox, job, wish, done)) {
        done++
        yield judged
      }
    } finally {
      await acquired.release()
    }
  }
}

/** At least one run, and as many as the sandbox survives. `done`: how many there were before. */
async function* runsIn(
  sandbox: Sandbox,
  job: TestJob,
  { times, processors, signal, reasons = {} }: Repetitions,
  done: number,
) {
  for (let run = done; run < times && (run === done || sandbox.usable); run++) {
    const turn = processors[run % processors.length] ?? processors[0]
    const ask: Job =
      run === done ? { ...job, processors: turn, keep: true } : { type: 'again', limits: job.limits, processors: turn }
    const events: RunEvent[] = []
    const emit = (event: RunEvent) => void events.push(event)
    const { verdict, runCpuMs } = await runJob(sandbox, job, { signal, emit, ask, reasons })
    yield { events, verdict, runCpuMs }
  }
}
