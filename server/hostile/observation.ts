import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job, RunEvent, SupervisorEvent, VerdictEvent } from '@sandbox/protocol'
import { Interpreter } from '../src/runs/interpreter.ts'
import type { Sandbox, SandboxDriver } from '../src/sandbox/driver.ts'

export type TestJob = Extract<Job, { type: 'test' }>

/** What one control group says about the run that it held. */
export type GroupReading = { memoryLimitBytes: number; memoryPeakBytes: number; processLimit: number }

/** Everything that could be seen of one run from outside, for the invariants to be held against. */
export type Observation = {
  job: TestJob
  sandbox: string
  /** What a client would have been sent, without the verdict. */
  events: RunEvent[]
  verdict: VerdictEvent
  /** The supervisor's own words. */
  supervisor: SupervisorEvent[]
  /** Bytes of events as they go over a socket. */
  eventBytes: number
  /** Bytes that came out of the sandbox, whatever became of them. */
  sandboxBytes: number
  /** Null where no control group could be read. */
  group: GroupReading | null
}

/** Opens a sandbox, runs one job in it to its end, and destroys it whatever happens. */
export async function observe(driver: SandboxDriver, job: TestJob): Promise<Observation> {
  const sandbox = await driver.open(job.limits)
  try {
    return await observeIn(sandbox, job)
  } finally {
    await sandbox.destroy()
  }
}

/** Runs one job in a sandbox that is open. */
export async function observeIn(
  sandbox: Sandbox,
  job: TestJob,
  signal: AbortSignal = new AbortController().signal,
): Promise<Observation> {
  const interpreter = new Interpreter({ job, now: () => performance.now() })
  const seen: Observation['supervisor'] = []
  const events: RunEvent[] = []
  let sandboxBytes = 0
  for await (const event of sandbox.run(job, signal)) {
    if (event.type === 'event') seen.push(event.event)
    sandboxBytes += event.type === 'bytes' ? event.bytes.length : JSON.stringify(event.event).length
    for (const told of interpreter.push(event)) events.push(told)
  }
  const group = await readGroup(sandbox.id)
  const verdict = interpreter.finish()
  const eventBytes = Buffer.byteLength(JSON.stringify([...events, verdict]))
  return { job, sandbox: sandbox.id, events, verdict, supervisor: seen, eventBytes, sandboxBytes, group }
}

const GROUP_ROOT = '/sys/fs/cgroup'

/** Both drivers name a sandbox's group after its id: the engine's own below `docker`, ours below our server's. */
async function readGroup(id: string): Promise<GroupReading | null> {
  const memory = await findGroup(join(GROUP_ROOT, 'memory'), id)
  const processes = await findGroup(join(GROUP_ROOT, 'pids'), id)
  if (memory !== null && processes !== null) return readV1(memory, processes)
  const unified = await findGroup(GROUP_ROOT, id)
  return unified === null ? null : readV2(unified)
}

async function readV1(memory: string, processes: string): Promise<GroupReading> {
  return {
    memoryLimitBytes: await numberIn(join(memory, 'memory.limit_in_bytes')),
    memoryPeakBytes: await numberIn(join(memory, 'memory.max_usage_in_bytes')),
    processLimit: await numberIn(join(processes, 'pids.max')),
  }
}

async function readV2(folder: string): Promise<GroupReading> {
  return {
    memoryLimitBytes: await numberIn(join(folder, 'memory.max')),
    memoryPeakBytes: await numberIn(join(folder, 'memory.peak')),
    processLimit: await numberIn(join(folder, 'pids.max')),
  }
}

/** `max` reads as no limit. */
async function numberIn(file: string): Promise<number> {
  const text = (await readFile(file, 'utf8').catch(() => '0')).trim()
  return text === 'max' ? Number.POSITIVE_INFINITY : Number(text)
}

/** How deep groups are looked for: engine or slice, server, sandbox. */
const GROUP_DEPTH = 4

/** The folder below `root` whose name holds the sandbox's id. */
export async function findGroup(root: string, id: string, depth = GROUP_DEPTH): Promise<string | null> {
  if (depth === 0) return null
  const entries = await readdir(root, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    if (!entry.isDirectory()) continue
    const folder = join(root, entry.name)
    if (entry.name.includes(id)) return folder
    const deeper = await findGroup(folder, id, depth - 1)
    if (deeper !== null) return deeper
  }
  return null
}
