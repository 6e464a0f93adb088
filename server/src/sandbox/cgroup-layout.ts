import { access, constants, mkdir, readFile, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatInstance, type Instance } from './instance.ts'

export const CONTROLLERS = ['memory', 'pids', 'cpu'] as const
export type Controller = (typeof CONTROLLERS)[number]

/** Groups of ours are called PREFIX.instance, with one group per sandbox inside. */
export const GROUP_PREFIX = 'go-concurrency-sandbox'

/** One folder per hierarchy: version 1 has one for each controller, version 2 one for all. */
export interface Base {
  folder: string
  controllers: readonly Controller[]
}

/** Where the groups of this server's sandboxes are made. */
export interface Layout {
  version: 1 | 2
  bases: readonly Base[]
}

/**
 * Makes this server's own group wherever it may: version 2 first, otherwise version 1, which may give a part of the
 * controllers. Null where no group can be written, which is usual for an ordinary user.
 */
export async function findLayout(instance: Instance): Promise<Layout | null> {
  const mounts = parseMounts(await readFile('/proc/self/mountinfo', 'utf8').catch(() => ''))
  const own = parseOwnGroups(await readFile('/proc/self/cgroup', 'utf8').catch(() => ''))
  const name = `${GROUP_PREFIX}.${formatInstance(instance)}`
  const v2 = await makeBases(await parentsOfV2(mounts, own), name)
  if (v2.length > 0) return { version: 2, bases: v2 }
  const v1 = await makeBases(await parentsOfV1(mounts, own), name)
  return v1.length > 0 ? { version: 1, bases: v1 } : null
}

interface Mount {
  /** The part of the hierarchy that is mounted here. */
  root: string
  point: string
  version: 1 | 2
  controllers: string[]
}

/** Cgroup mounts of /proc/self/mountinfo (proc_pid_mountinfo(5)). */
export function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line): Mount[] => {
    const [left = '', right = ''] = line.split(' - ')
    const [, , , root, point] = left.split(' ')
    const [type, , options = ''] = right.split(' ')
    if (root === undefined || point === undefined) return []
    if (type === 'cgroup2') return [{ root, point, version: 2, controllers: [] }]
    return type === 'cgroup' ? [{ root, point, version: 1, controllers: options.split(',') }] : []
  })
}

/** Path of this process by controller; version 2 stands under the empty name (cgroups(7), /proc/PID/cgroup). */
export function parseOwnGroups(text: string): Map<string, string> {
  const groups = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, names, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    if (names === undefined || path === undefined) continue
    for (const name of names.split(',')) groups.set(name, path)
  }
  return groups
}

interface Parent extends Base {
  version: 1 | 2
}

/** Version 1: at the top where that can be written (a later start finds it there), otherwise below the own group. */
async function parentsOfV1(mounts: Mount[], own: Map<string, string>): Promise<Parent[]> {
  const parents: Parent[] = []
  for (const controller of CONTROLLERS) {
    const mount = mounts.find((each) => each.version === 1 && each.controllers.includes(controller))
    if (mount === undefined) continue
    const folder = await firstWritable([mount.point, join(mount.point, below(mount, own.get(controller)))])
    if (folder !== null) parents.push({ version: 1, folder, controllers: [controller] })
  }
  return parents
}

/** Version 2: at the top where that is ours to write, otherwise below the own group if it was delegated to us. */
async function parentsOfV2(mounts: Mount[], own: Map<string, string>): Promise<Parent[]> {
  const mount = mounts.find((each) => each.version === 2)
  if (mount === undefined) return []
  const candidates = [mount.point, join(mount.point, below(mount, own.get('')))]
  for (const folder of candidates) {
    const controllers = (await canWrite(folder)) ? await enable(folder) : []
    if (controllers.length > 0) return [{ version: 2, folder, controllers }]
  }
  return []
}

/** Hands the controllers of a version 2 group on to its children; returns those of ours that could be had. */
async function enable(folder: string): Promise<Controller[]> {
  const available = await wordsOf(join(folder, 'cgroup.controllers'))
  const wanted = CONTROLLERS.filter((controller) => available.includes(controller))
  if (wanted.length === 0) return []
  const control = join(folder, 'cgroup.subtree_control')
  const missing = async () => {
    const enabled = await wordsOf(control)
    return wanted.filter((controller) => !enabled.includes(controller))
  }
  for (const controller of await missing()) {
    await writeFile(control, `+${controller}`).catch((error: NodeJS.ErrnoException) =>
      error.code === 'EBUSY' ? moveMembersAside(folder, control, controller) : undefined,
    )
  }
  const without = await missing()
  return wanted.filter((controller) => !without.includes(controller))
}

/** EBUSY is "no internal processes": members or children with controllers, not both. So the members go to a leaf. */
async function moveMembersAside(folder: string, control: string, controller: Controller): Promise<void> {
  const leaf = join(folder, `${GROUP_PREFIX}-host`)
  await mkdir(leaf, { recursive: true }).catch(() => {})
  for (const pid of await wordsOf(join(folder, 'cgroup.procs'))) {
    await writeFile(join(leaf, 'cgroup.procs'), pid).catch(() => {})
  }
  await writeFile(control, `+${controller}`).catch(() => {})
}

function below(mount: Mount, path: string | undefined): string {
  if (path === undefined || path.startsWith('/..')) return ''
  if (mount.root === '/') return path
  return path.startsWith(mount.root) ? path.slice(mount.root.length) : ''
}

/** Our own group below each parent; a parent where it cannot be made drops out. */
async function makeBases(parents: Parent[], name: string): Promise<Base[]> {
  const bases: Base[] = []
  for (const { folder, controllers, version } of parents) {
    const base = join(folder, name)
    try {
      await mkdir(base, { recursive: true })
      if (version === 2) await handDown(base, controllers)
      bases.push({ folder: base, controllers })
    } catch {
      await rmdir(base).catch(() => {})
    }
  }
  return bases
}

async function handDown(base: string, controllers: readonly Controller[]): Promise<void> {
  await writeFile(join(base, 'cgroup.subtree_control'), controllers.map((each) => `+${each}`).join(' '))
}

async function firstWritable(folders: string[]): Promise<string | null> {
  for (const folder of folders) if (await canWrite(folder)) return folder
  return null
}

/** Asks by permission; whether the mount is read-only shows too. */
async function canWrite(folder: string): Promise<boolean> {
  return access(join(folder, 'cgroup.procs'), constants.W_OK).then(
    () =>
      access(folder, constants.W_OK).then(
        () => true,
        () => false,
      ),
    () => false,
  )
}

/** The words of a file; none where it cannot be read. */
export async function wordsOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split(/\s+/).filter((word) => word !== '')
}
