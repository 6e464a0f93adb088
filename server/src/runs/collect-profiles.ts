import { type Job, ProfileKind, type RunEvent } from '@sandbox/protocol'
import type { Sandbox } from '../sandbox/driver.ts'
import type { TestJob } from './plan.ts'
import { runJob } from './run-job.ts'

/** How long the tests are repeated for profiles, in ms: the CPU profiler looks a hundred times a second. */
const PROFILED_MS = 2000
/** Of a run's limit, what repetitions may take: the last one begins within it and may take as long as a run. */
const SHARE_OF_LIMIT = 0.4

const TOLD: ReadonlySet<RunEvent['type']> = new Set(['profile', 'collections', 'stage'])

/**
 * Runs the binary that `sandbox` has kept once more, with all tests repeated for about two seconds while everything is
 * profiled. Only the profiles are told, and that something runs: the verdict was decided by the run before.
 */
export async function collectProfiles(
  sandbox: Sandbox,
  job: TestJob,
  { signal, emit }: { signal: AbortSignal; emit: (event: RunEvent) => void },
): Promise<void> {
  const { limits } = job
  const repeatMs = Math.min(PROFILED_MS, Math.ceil(limits.runWallMs * SHARE_OF_LIMIT))
  const ask: Job = { type: 'again', limits, collect: [...ProfileKind.options], repeatMs, gcTrace: true }
  const told = (event: RunEvent) => {
    if (TOLD.has(event.type)) emit(event)
  }
  await runJob(sandbox, job, { signal, emit: told, ask })
}
