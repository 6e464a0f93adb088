import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { INSTANCE_LABEL } from '../docker-driver.ts'
import { Engine } from '../docker-engine.ts'
import { parseInstance } from '../instance.ts'

const SANDBOX_PROGRAMS = new Set(['setpriv', 'bwrap', 'supervisor'])

/** What exists of one living server's sandboxes outside of them: containers, or processes and control groups. */
export async function tracesOf(kind: 'docker' | 'bubblewrap', instance: string): Promise<string[]> {
  if (kind === 'docker') return containers(instance)
  return [...(await groups(instance)), ...(await processes(instance))]
}

/** Those of the traces that are still there, whether or not their server is. */
export async function remaining(traces: string[]): Promise<string[]> {
  const [instances, pids] = [await allContainers(), await allProcesses()]
  const folders = await Promise.all(traces.map((trace) => exists(trace.replace(/^group /, ''))))
  return traces.filter((trace, index) => {
    const [kind, name] = trace.split(' ')
    if (kind === 'container') return instances.some((container) => container.id === name)
    if (kind === 'process') return pids.some((process) => describe(process) === trace)
    return folders[index]
  })
}

async function containers(instance: string): Promise<string[]> {
  const all = await allContainers()
  return all.filter((each) => each.labels[INSTANCE_LABEL] === instance).map((each) => `container ${each.id}`)
}

async function allContainers() {
  return new Engine().list(INSTANCE_LABEL).catch(() => [])
}

/** Groups of sandboxes; the server's own group, which holds them, stays as long as the server. */
async function groups(instance: string): Promise<string[]> {
  const found: string[] = []
  for (const top of ['/sys/fs/cgroup', ...(await foldersIn('/sys/fs/cgroup'))]) {
    const own = join(top, `go-concurrency-sandbox.${instance}`)
    found.push(...(await foldersIn(own)).map((folder) => `group ${folder}`))
  }
  return found
}

interface Process {
  pid: number
  parent: number
  name: string
  ticks: string
}

async function processes(instance: string): Promise<string[]> {
  const all = await allProcesses()
  const family = new Set([parseInstance(instance)?.pid])
  for (let before = 0; before !== family.size; ) {
    before = family.size
    for (const each of all) if (family.has(each.parent)) family.add(each.pid)
  }
  return all.filter((each) => family.has(each.pid) && SANDBOX_PROGRAMS.has(each.name)).map(describe)
}

function describe({ pid, name, ticks }: Process): string {
  return `process ${pid} ${name} ${ticks}`
}

/** All but those that have ended and wait to be reaped (proc_pid_stat(5)). */
async function allProcesses(): Promise<Process[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.all(names.map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')))
  return stats.flatMap((stat) => {
    const [, pid, name, rest] = /^(\d+) \((.*)\) (.*)$/s.exec(stat.trim()) ?? []
    const fields = rest?.split(' ') ?? []
    if (pid === undefined || name === undefined || fields[0] === 'Z') return []
    return [{ pid: Number(pid), parent: Number(fields[1]), name, ticks: fields[19] ?? '' }]
  })
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))
}

async function exists(folder: string): Promise<boolean> {
  return readdir(folder).then(
    () => true,
    () => false,
  )
}
