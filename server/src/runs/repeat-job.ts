import type { Job, RunEvent } from '@sandbox/protocol'
import type { Sandbox } from '../sandbox/driver.ts'
import type { SandboxPool } from '../sandbox/pool.ts'
import type { Judged } from './local-judge.ts'
import type { TestJob } from './plan.ts'
import { runJob } from './run-job.ts'

/** How often, and how, a job is to be run. */
export interface Repetitions {
  times: number
  /** GOMAXPROCS of each run. */
  processors: number
  person: string
  signal: AbortSignal
}

/**
 * Runs one job many times and compiles it as seldom as possible: a sandbox whose run came to an orderly end runs the
 * same binary again, after any other end the next sandbox begins with a build.
 */
export async function* repeatJob(pool: SandboxPool, job: TestJob, wish: Repetitions): AsyncGenerator<Judged> {
  let left = wish.times
  while (left > 0) {
    const acquired = await pool.acquire(wish.person, wish.signal)
    try {
      for await (const judged of runsIn(acquired.sandbox, job, { ...wish, times: left })) {
        left--
        yield judged
      }
    } finally {
      await acquired.release()
    }
  }
}

/** At least one run, and as many as the sandbox survives. */
async function* runsIn(sandbox: Sandbox, job: TestJob, { times, processors, signal }: Repetitions) {
  const first: Job = { ...job, processors, keep: true }
  const again: Job = { type: 'again', limits: job.limits, processors }
  for (let run = 0; run < times && (run === 0 || sandbox.usable); run++) {
    const events: RunEvent[] = []
    const emit = (event: RunEvent) => void events.push(event)
    const { verdict } = await runJob(sandbox, job, { signal, emit, ask: run === 0 ? first : again })
    yield { events, verdict }
  }
}
