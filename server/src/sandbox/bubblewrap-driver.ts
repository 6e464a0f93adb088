import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { realpath } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Limits } from '@sandbox/protocol'
import { bubblewrapCommand, INFO_FD, isReachable, launcherArguments, requireBubblewrap } from './bubblewrap-command.ts'
import { CappedLog } from './capped-log.ts'
import { type Cgroup, Cgroups } from './cgroup.ts'
import { type Sandbox, type SandboxDriver, SandboxError, type SandboxLog } from './driver.ts'
import type { Instance } from './instance.ts'
import { measureTree } from './process-tree.ts'
import { type Confinement, RunningSandbox } from './running-sandbox.ts'
import { awaitReady, SupervisorLink } from './supervisor-link.ts'

export const READY_DEADLINE_MS = 10_000
/** How often memory and threads are looked at where the kernel does not limit them. */
const WATCH_INTERVAL_MS = 50

export interface BubblewrapOptions {
  /** The sandbox's root tree on this machine. */
  tree: string
  instance: Instance
  /** Cores that one sandbox may use. */
  cpus: number
  log: SandboxLog
  /** Steps of priority that a sandbox gives up against this process; none unless set. */
  yields?: number
  /** False leaves control groups alone, as for a user who may not write them. */
  cgroups?: boolean
}

/** Sandboxes by bubblewrap: namespaces, no daemon, some milliseconds each. */
export async function createBubblewrapDriver(options: BubblewrapOptions): Promise<SandboxDriver> {
  await requireBubblewrap()
  const tree = await realpath(options.tree)
  const reachable = await isReachable(tree)
  const cgroups = options.cgroups === false ? null : await Cgroups.probe(options.instance, options.cpus)
  return new BubblewrapDriver({ ...options, tree, reachable }, cgroups)
}

class BubblewrapDriver implements SandboxDriver {
  readonly name = 'bubblewrap'
  readonly enforcement: SandboxDriver['enforcement']
  readonly singlePerson: boolean
  readonly #options: BubblewrapOptions & { reachable: boolean }
  readonly #cgroups: Cgroups | null
  readonly #open = new Set<Sandbox>()

  constructor(options: BubblewrapOptions & { reachable: boolean }, cgroups: Cgroups | null) {
    this.#options = options
    this.#cgroups = cgroups
    const has = (controller: 'memory' | 'pids' | 'cpu') => (cgroups?.enforced.has(controller) ? 'enforced' : 'watched')
    this.enforcement = {
      memory: has('memory'),
      processes: has('pids'),
      cpu: has('cpu'),
      network: 'enforced',
      files: 'enforced',
    }
    this.singlePerson = !(cgroups?.enforced.has('memory') && cgroups.enforced.has('pids'))
  }

  healthy(): boolean {
    return true
  }

  /** There is no engine that could go away. */
  onHealth(): () => void {
    return () => {}
  }

  async open(limits: Limits): Promise<Sandbox> {
    const id = randomUUID()
    const cgroup = (await this.#cgroups?.create(id, limits)) ?? null
    const child = this.#spawn(limits, cgroup)
    const confinement = new ProcessConfinement({ child, cgroup, opened: limits })
    const link = linkTo(child)
    const said = new CappedLog((text) => this.#options.log.warn({ sandbox: id, text }, 'a sandbox wrote to its log'))
    child.stderr?.on('data', (chunk: Buffer) => said.add(chunk))
    try {
      await awaitReady(link, READY_DEADLINE_MS)
    } catch (cause) {
      link.hangUp()
      await confinement.remove()
      throw new SandboxError(`bubblewrap could not start a sandbox: ${said.text || messageOf(cause)}`, { cause })
    }
    return this.#keep(new RunningSandbox({ id, link, confinement, log: this.#options.log }))
  }

  async sweep(): Promise<number> {
    return (await this.#cgroups?.sweep()) ?? 0
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((sandbox) => sandbox.destroy()))
    await this.#cgroups?.close()
  }

  #keep(sandbox: Sandbox): Sandbox {
    this.#open.add(sandbox)
    sandbox.gone.then(() => this.#open.delete(sandbox))
    return sandbox
  }

  #spawn(limits: Limits, cgroup: Cgroup | null): ChildProcess {
    const command = bubblewrapCommand({
      tree: this.#options.tree,
      workBytes: limits.workBytes,
      asRoot: process.getuid?.() === 0,
      reachable: this.#options.reachable,
      oomCounter: cgroup?.oomCounter ?? null,
    })
    const args = launcherArguments({ procsFiles: cgroup?.procsFiles ?? [], yields: this.#options.yields ?? 0, command })
    return spawn('/bin/sh', args, {
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      cwd: '/',
    })
  }
}

class ProcessConfinement implements Confinement {
  readonly #child: ChildProcess
  readonly #cgroup: Cgroup | null
  readonly #opened: Limits
  readonly #exit: Promise<unknown>
  readonly #first: Promise<number | null>
  #set: Limits
  #oomSeen = 0

  constructor({ child, cgroup, opened }: { child: ChildProcess; cgroup: Cgroup | null; opened: Limits }) {
    this.#child = child
    this.#cgroup = cgroup
    this.#opened = opened
    this.#set = opened
    this.#exit = Promise.race([once(child, 'exit').catch(() => {}), once(child, 'error').catch(() => {})])
    this.#first = firstProcessOf(child)
  }

  async tighten(limits: Limits): Promise<void> {
    this.#oomSeen = (await this.#cgroup?.oomKills()) ?? 0
    const wanted = lowerOf(limits, this.#opened)
    if (isSame(wanted, this.#set)) return
    await this.#cgroup?.setLimits(wanted)
    this.#set = wanted
  }

  watch(limits: Limits, exceeded: (why: string) => void): () => void {
    if (this.#cgroup?.oomCounter) return () => {}
    const ending = new AbortController()
    this.#poll(lowerOf(limits, this.#opened), exceeded, ending.signal).catch(() => {})
    return () => ending.abort()
  }

  async ranOutOfMemory(): Promise<boolean> {
    return ((await this.#cgroup?.oomKills()) ?? 0) > this.#oomSeen
  }

  async remove(): Promise<void> {
    if (isRunning(this.#child)) {
      // The first process takes its whole process namespace along; bubblewrap itself then sees its child's end.
      const first = await Promise.race([this.#first, this.#exit.then(() => null)])
      if (first !== null && isRunning(this.#child)) killQuietly(first)
      else this.#child.kill('SIGKILL')
    }
    await this.#exit
    await this.#cgroup?.remove()
  }

  async #poll(limits: Limits, exceeded: (why: string) => void, signal: AbortSignal): Promise<void> {
    const first = await this.#first
    while (first !== null && !signal.aborted) {
      const use = await measureTree(first)
      if (use.bytes > limits.memoryBytes) exceeded('The memory of all processes passed the limit.')
      if (use.threads > limits.processes) exceeded('More processes and threads than allowed.')
      await delay(WATCH_INTERVAL_MS, undefined, { signal })
    }
  }
}

function linkTo(child: ChildProcess): SupervisorLink {
  if (child.stdin === null || child.stdout === null) throw new SandboxError('A sandbox was started without pipes.')
  return new SupervisorLink({ input: child.stdin, output: child.stdout, unwrap: (chunk) => [chunk] })
}

/** Number (outside) of the sandbox's first process, which bubblewrap tells as JSON; null when it ends before. */
async function firstProcessOf(child: ChildProcess): Promise<number | null> {
  const info = child.stdio[INFO_FD]
  if (!(info instanceof Readable)) return null
  let text = ''
  try {
    for await (const chunk of info) text += String(chunk)
  } catch {
    return null
  }
  return Number(/"child-pid":\s*(\d+)/.exec(text)?.[1] ?? 0) || null
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended in between.
  }
}

/** Whether the kernel would enforce the same. */
function isSame(one: Limits, other: Limits): boolean {
  return one.memoryBytes === other.memoryBytes && one.processes === other.processes
}

/** A job's own limits where they are lower. */
function lowerOf(limits: Limits, opened: Limits): Limits {
  return {
    ...opened,
    memoryBytes: Math.min(limits.memoryBytes, opened.memoryBytes),
    processes: Math.min(limits.processes, opened.processes),
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
