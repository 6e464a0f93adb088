import { type Job, MAX_COUNT, ProfileKind, type RunEvent } from '@sandbox/protocol'
import type { Sandbox } from '../sandbox/driver.ts'
import type { TestJob } from './plan.ts'
import { runJob } from './run-job.ts'

/** How long the tests are repeated for profiles, in ms: the CPU profiler looks a hundred times a second. */
export const PROFILED_MS = 2000
/** A test binary takes about this long to start and end, in ms; it does so once for all repetitions. */
const START_MS = 15
/** Of a limit, what repetitions may take by plan: profiling and a busy machine make them slower. */
const SHARE_OF_LIMIT = 0.4

/**
 * Runs the binary that `sandbox` has kept once more, with all tests repeated for about two seconds while everything is
 * profiled. Only the profiles are told: the verdict was decided by the run before, which took `runMs`.
 */
export async function collectProfiles(
  sandbox: Sandbox,
  job: TestJob,
  { runMs, signal, emit }: { runMs: number; signal: AbortSignal; emit: (event: RunEvent) => void },
): Promise<void> {
  const count = repetitions(runMs, job.limits.runWallMs)
  const ask: Job = { type: 'again', limits: job.limits, collect: [...ProfileKind.options], count }
  const emitProfile = (event: RunEvent) => {
    if (event.type === 'profile') emit(event)
  }
  await runJob(sandbox, job, { signal, emit: emitProfile, ask })
}

/** How often tests that take `runMs` are to be run, within the limit of one run. */
export function repetitions(runMs: number, limitMs: number): number {
  const budgetMs = Math.min(PROFILED_MS, limitMs * SHARE_OF_LIMIT)
  const count = Math.floor(budgetMs / Math.max(1, runMs - START_MS))
  return Math.min(MAX_COUNT, Math.max(1, count))
}
