import { readdir, readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instance } from '../src/sandbox/instance.ts'
import { formatInstance, parseInstance } from '../src/sandbox/instance.ts'

/** Everything on this machine that belongs to sandboxes of one server: empty when no sandbox is open. */
export type Traces = { containers: string[]; processes: string[]; groups: string[]; mounts: string[]; files: string[] }

export type TraceOptions = {
  instance: Instance
  /** The engine's socket; null where no engine is used. */
  socketPath: string | null
  /** The label of our containers; its value is the instance. */
  label: string
}

/** Looks for traces. Processes are ours by their control group or by their ancestors. */
export async function findTraces(options: TraceOptions): Promise<Traces> {
  const name = formatInstance(options.instance)
  const containers =
    options.socketPath === null ? [] : await containersOf(options.socketPath, `${options.label}=${name}`)
  return {
    containers,
    processes: await processesOf(options.instance, [name, ...containers]),
    groups: await groupsOf(name),
    mounts: await mountsWith(name),
    files: await filesWith(tmpdir()),
  }
}

/** What is there now and was not before, one sentence each. */
export function newTraces(before: Traces, after: Traces): string[] {
  return (['containers', 'processes', 'groups', 'mounts', 'files'] as const).flatMap((kind) =>
    after[kind].filter((each) => !before[kind].includes(each)).map((each) => `B: left in ${kind}: ${each}`),
  )
}

/** Containers of the server that had this process number. */
export async function containersLeftBy(pid: number, { socketPath, label }: TraceOptions): Promise<string[]> {
  if (socketPath === null) return []
  const answer = await get(
    socketPath,
    `/containers/json?all=1&filters=${encodeURIComponent(JSON.stringify({ label: [label] }))}`,
  )
  const listed = JSON.parse(answer) as { Id: string; Labels: Record<string, string> }[]
  return listed.filter(({ Labels }) => parseInstance(Labels[label] ?? '')?.pid === pid).map(({ Id }) => Id)
}

/** The engine's own list, over its socket (Docker Engine API, ContainerList). */
async function containersOf(socketPath: string, label: string): Promise<string[]> {
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }))
  const answer = await get(socketPath, `/containers/json?all=1&filters=${filters}`)
  return (JSON.parse(answer) as { Id: string }[]).map((container) => container.Id)
}

/** One answer of the engine as text. */
export function get(socketPath: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path }, (answer) => {
      answer.setEncoding('utf8')
      let text = ''
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve(text))
    })
    asked.on('error', reject)
    asked.end()
  })
}

async function processesOf(instance: Instance, groups: string[]): Promise<string[]> {
  const found: string[] = []
  const parents = new Map<number, number>()
  const described = new Map<number, string>()
  const servers = new Set<number>()
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry)
    if (!Number.isInteger(pid)) continue
    const stat = await readOr(`/proc/${pid}/stat`)
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    // Another server of ours has sandboxes of its own.
    if (/^(node|MainThread)$/.test(name) && pid !== instance.pid) servers.add(pid)
    parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    const group = await readOr(`/proc/${pid}/cgroup`)
    if (groups.some((each) => group.includes(each))) found.push(`${pid} (${name})`)
    else described.set(pid, `${pid} (${name})`)
  }
  for (const [pid, text] of described) {
    if (/bwrap|supervisor|\.test$/.test(text) && descends(pid, { from: instance.pid, not: servers, parents }))
      found.push(text)
  }
  return found
}

type Descent = { from: number; not: Set<number>; parents: Map<number, number> }

function descends(pid: number, { from, not, parents }: Descent): boolean {
  for (let at = parents.get(pid); at !== undefined && at > 0 && !not.has(at); at = parents.get(at))
    if (at === from) return true
  return false
}

/** Groups of single sandboxes: the server's own group stays while it lives. */
async function groupsOf(name: string): Promise<string[]> {
  const found = new Set<string>()
  const roots = [
    '/sys/fs/cgroup',
    ...(await readdir('/sys/fs/cgroup').catch(() => [])).map((each) => `/sys/fs/cgroup/${each}`),
  ]
  for (const root of roots) {
    const entries = await readdir(root, { withFileTypes: true }).catch(() => [])
    for (const entry of entries.filter((each) => each.isDirectory() && each.name.includes(name))) {
      const inside = await readdir(join(root, entry.name), { withFileTypes: true })
      for (const group of inside) if (group.isDirectory()) found.add(join(root, entry.name, group.name))
    }
  }
  return [...found]
}

async function mountsWith(name: string): Promise<string[]> {
  const text = await readOr('/proc/self/mountinfo')
  return text.split('\n').filter((line) => line.includes(name))
}

/** The temporary folder is this command's own while it runs, so whatever appears there is ours. */
async function filesWith(dir: string): Promise<string[]> {
  return (await readdir(dir)).map((name) => join(dir, name))
}

async function readOr(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '')
}
