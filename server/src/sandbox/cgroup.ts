import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Limits } from '@sandbox/protocol'
import { type Controller, findLayout, GROUP_PREFIX, type Layout, wordsOf } from './cgroup-layout.ts'
import { SandboxError } from './driver.ts'
import { type Instance, lifeOf, parseInstance } from './instance.ts'

/** Where a supervisor looks for its count of OOM kills; the first that exists counts. */
export const OOM_COUNTER = {
  1: '/sys/fs/cgroup/memory/memory.oom_control',
  2: '/sys/fs/cgroup/memory.events',
} as const

const CPU_PERIOD_US = 100_000
/** A killed process needs a moment to leave its group; the kernel tells nobody when it has (v1). */
const REMOVE_ATTEMPTS = 200
const REMOVE_PAUSE_MS = 10

/** The group of one sandbox. */
export interface Cgroup {
  /** A process that writes its number to each of these is in, with all its children. */
  readonly procsFiles: readonly string[]
  /** The OOM counter's path on the host, and where a supervisor expects it. */
  readonly oomCounter: { host: string; inside: string } | null
  setLimits(limits: Limits): Promise<void>
  oomKills(): Promise<number>
  /** Kills every member and removes the group. */
  remove(): Promise<void>
}

/**
 * Groups below one of our own. Which controllers could be had is in `enforced`; in version 1 of cgroups they are
 * separate hierarchies, in version 2 one tree (cgroups(7), https://docs.kernel.org/admin-guide/cgroup-v2.html).
 */
export class Cgroups {
  readonly enforced: ReadonlySet<Controller>
  readonly #layout: Layout
  readonly #cpus: number

  private constructor(layout: Layout, cpus: number) {
    this.#layout = layout
    this.#cpus = cpus
    this.enforced = new Set(layout.bases.flatMap((base) => base.controllers))
  }

  /** Null where no group can be written, which is usual for an ordinary user. */
  static async probe(instance: Instance, cpus: number): Promise<Cgroups | null> {
    const layout = await findLayout(instance)
    return layout === null ? null : new Cgroups(layout, cpus)
  }

  async create(name: string, limits: Limits): Promise<Cgroup> {
    const folders = this.#layout.bases.map((base) => join(base.folder, name))
    for (const folder of folders) await mkdir(folder)
    const group = new GroupOfSandbox(this.#layout, folders, this.#cpus)
    try {
      await group.setLimits(limits)
    } catch (cause) {
      await group.remove()
      throw new SandboxError('The limits of a sandbox could not be set.', { cause })
    }
    return group
  }

  /** Ends what dead servers left; returns how many sandboxes that were. */
  async sweep(): Promise<number> {
    const swept = new Set<string>()
    for (const base of this.#layout.bases) {
      const parent = join(base.folder, '..')
      for (const name of await readdir(parent)) {
        if (!name.startsWith(`${GROUP_PREFIX}.`)) continue
        const owner = parseInstance(name.slice(GROUP_PREFIX.length + 1))
        if (owner === null || lifeOf(owner) !== 'dead') continue
        for (const child of await foldersIn(join(parent, name))) {
          await removeGroup(join(parent, name, child))
          swept.add(child)
        }
        await removeGroup(join(parent, name))
      }
    }
    return swept.size
  }

  async close(): Promise<void> {
    for (const base of this.#layout.bases) {
      for (const child of await foldersIn(base.folder)) await removeGroup(join(base.folder, child))
      await removeGroup(base.folder)
    }
  }
}

class GroupOfSandbox implements Cgroup {
  readonly procsFiles: readonly string[]
  readonly oomCounter: Cgroup['oomCounter']
  readonly #layout: Layout
  readonly #folders: readonly string[]
  readonly #cpus: number

  constructor(layout: Layout, folders: readonly string[], cpus: number) {
    this.#layout = layout
    this.#folders = folders
    this.#cpus = cpus
    this.procsFiles = folders.map((folder) => join(folder, 'cgroup.procs'))
    const memory = this.#folderOf('memory')
    const inside = OOM_COUNTER[layout.version]
    this.oomCounter = memory === null ? null : { host: join(memory, inside.slice(inside.lastIndexOf('/') + 1)), inside }
  }

  async setLimits(limits: Limits): Promise<void> {
    for (const [controller, file, value, optional] of settings(this.#layout.version, limits, this.#cpus)) {
      const folder = this.#folderOf(controller)
      if (folder === null) continue
      const written = writeFile(join(folder, file), value)
      // A kernel without swap accounting has no such file, and then no swap to forbid.
      await (optional ? written.catch(ignoreMissing) : written)
    }
  }

  async oomKills(): Promise<number> {
    if (this.oomCounter === null) return 0
    const text = await readFile(this.oomCounter.host, 'utf8')
    return Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0)
  }

  async remove(): Promise<void> {
    for (const folder of this.#folders) await removeGroup(folder)
  }

  #folderOf(controller: Controller): string | null {
    const index = this.#layout.bases.findIndex((base) => base.controllers.includes(controller))
    return this.#folders[index] ?? null
  }
}

type Setting = readonly [controller: Controller, file: string, value: string, optional: boolean]

/** In the order in which they must be written: version 1 refuses a total (memsw) below the memory alone. */
export function settings(version: 1 | 2, limits: Limits, cpus: number): Setting[] {
  const memory = String(limits.memoryBytes)
  const quota = String(Math.round(cpus * CPU_PERIOD_US))
  if (version === 2) {
    return [
      ['memory', 'memory.max', memory, false],
      ['memory', 'memory.swap.max', '0', true],
      ['pids', 'pids.max', String(limits.processes), false],
      ['cpu', 'cpu.max', `${quota} ${CPU_PERIOD_US}`, false],
    ]
  }
  return [
    ['memory', 'memory.memsw.limit_in_bytes', '-1', true],
    ['memory', 'memory.limit_in_bytes', memory, false],
    ['memory', 'memory.memsw.limit_in_bytes', memory, true],
    ['pids', 'pids.max', String(limits.processes), false],
    ['cpu', 'cpu.cfs_period_us', String(CPU_PERIOD_US), false],
    ['cpu', 'cpu.cfs_quota_us', quota, false],
  ]
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

/** Kills the members of a group and removes it; a group that is gone already is fine. */
async function removeGroup(folder: string): Promise<void> {
  for (let attempt = 0; attempt < REMOVE_ATTEMPTS; attempt += 1) {
    await killMembers(folder)
    const error = await rmdir(folder).then(
      () => null,
      (reason: NodeJS.ErrnoException) => reason,
    )
    if (error === null || error.code === 'ENOENT') return
    if (error.code !== 'EBUSY') throw new SandboxError('A control group could not be removed.', { cause: error })
    await delay(REMOVE_PAUSE_MS)
  }
  throw new SandboxError(`The control group ${folder} still has members after being killed.`)
}

async function killMembers(folder: string): Promise<void> {
  // Version 2 kills a whole group at once (Linux 5.14); elsewhere one by one.
  const atOnce = await writeFile(join(folder, 'cgroup.kill'), '1', { flag: 'r+' }).then(
    () => true,
    () => false,
  )
  if (atOnce) return
  for (const pid of await wordsOf(join(folder, 'cgroup.procs'))) {
    try {
      process.kill(Number(pid), 'SIGKILL')
    } catch {
      // It ended in between.
    }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT' && error.code !== 'EACCES') throw error
}
