import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/**
 * Names one running server for as long as the machine is up, so that what it started can be told from what another,
 * living or dead, started. Letters, digits, dots and hyphens only: it becomes a label and part of a folder's name.
 */
export interface Instance {
  /** Machine, boot and process namespace: only within one of them does a process number mean anything. */
  realm: string
  pid: number
  /** Start of the process in clock ticks since boot; 0 where the system does not tell. */
  startTicks: number
}

/** This process. */
export function thisInstance(): Instance {
  return { realm: realmOfThisProcess(), pid: process.pid, startTicks: startTicksOf(process.pid) ?? 0 }
}

/** `realm.pid.ticks`. */
export function formatInstance(instance: Instance): string {
  return `${instance.realm}.${instance.pid}.${instance.startTicks}`
}

/** Null for what formatInstance did not write. */
export function parseInstance(text: string): Instance | null {
  const match = /^([A-Za-z0-9-]+)\.(\d{1,10})\.(\d{1,20})$/.exec(text)
  const [, realm, pid, ticks] = match ?? []
  if (realm === undefined || pid === undefined || ticks === undefined) return null
  return { realm, pid: Number(pid), startTicks: Number(ticks) }
}

/** `foreign`: of another machine or process namespace, so this process cannot know. */
export function lifeOf(instance: Instance): 'alive' | 'dead' | 'foreign' {
  if (instance.realm !== realmOfThisProcess()) return 'foreign'
  if (!exists(instance.pid)) return 'dead'
  return (startTicksOf(instance.pid) ?? 0) === instance.startTicks ? 'alive' : 'dead'
}

function realmOfThisProcess(): string {
  const parts = [hostname(), bootId().slice(0, 8), pidNamespace()]
  return parts.join('-').replaceAll(/[^A-Za-z0-9-]/g, '-')
}

function bootId(): string {
  return readOr('/proc/sys/kernel/random/boot_id', '0')
}

function pidNamespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0'
  } catch {
    return '0'
  }
}

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)); the command in field 2 may hold spaces and parentheses. */
function startTicksOf(pid: number): number | null {
  const stat = readOr(`/proc/${pid}/stat`, '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = Number(fields[19])
  return Number.isFinite(ticks) && fields.length > 19 ? ticks : null
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return otherwise
  }
}
