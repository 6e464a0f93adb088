import type { FailureReason, Job, RunEvent, Timeline, VerdictEvent } from '@sandbox/protocol'
import type { Sandbox } from '../sandbox/driver.ts'
import { Interpreter } from './interpreter.ts'
import type { TestJob } from './plan.ts'

interface RunJobOptions {
  signal: AbortSignal
  emit: (event: RunEvent) => void
  /** What the failure of a test means, by its name, where it is more than `failed`. */
  reasons?: Readonly<Record<string, FailureReason>>
  /** What the sandbox is asked to do, where it is not the job itself but a repetition of it. */
  ask?: Job
  /** Takes what the program prints, beside the events that are made of it. */
  onStdout?: (bytes: Uint8Array) => void
  /** Takes what is too large for an event. */
  keepTimeline?: ((timeline: Timeline) => void) | undefined
}

/**
 * Runs one job in one sandbox: emits what happens as it happens and returns the verdict. `lost`: the sandbox died under
 * it. `runCpuMs` is the CPU time of the test binary, null where it did not run or was not told; `exitCode` is its own, null
 * where something ended it.
 */
export async function runJob(
  sandbox: Sandbox,
  job: TestJob,
  { signal, emit, ask = job, reasons = {}, keepTimeline = () => {}, onStdout = () => {} }: RunJobOptions,
): Promise<{ verdict: VerdictEvent; lost: boolean; runCpuMs: number | null; exitCode: number | null }> {
  const gcTrace = ask.type === 'again' && ask.gcTrace === true
  const interpreter = new Interpreter({ job, reasons, gcTrace, keepTimeline, now: () => performance.now() })
  let lost = true
  let runCpuMs: number | null = null
  let exitCode: number | null = null
  for await (const event of sandbox.run(ask, signal)) {
    if (event.type === 'bytes' && event.kind === 'stdout') onStdout(event.bytes)
    if (event.type === 'event' && event.event.type === 'ended') {
      lost = event.event.outcome === 'sandbox-lost'
      exitCode = event.event.outcome === 'exited' ? event.event.exitCode : null
    }
    if (event.type === 'event' && event.event.type === 'stage' && event.event.stage === 'run') {
      runCpuMs = event.event.cpuMs ?? null
    }
    for (const told of interpreter.push(event)) emit(told)
  }
  return { verdict: interpreter.finish(), lost, runCpuMs, exitCode }
}
