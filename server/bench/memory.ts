import { readdir, readFile } from 'node:fs/promises'

/** Largest resident size that a process has had, in MiB. */
export async function peakMiB(pid: number): Promise<number> {
  return field(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmHWM') / 1024
}

/** Resident MiB of each waiting supervisor on this machine (and of the bwrap that watches it). */
export async function idleSandboxesMiB(): Promise<number[]> {
  const sizes: number[] = []
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const size = await supervisorMiB(pid).catch(() => null)
    if (size !== null) sizes.push(size)
  }
  return sizes
}

async function supervisorMiB(pid: string): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  if (!/^Name:\s+(supervisor|exe)$/m.test(status)) return null
  const parent = /^PPid:\s+(\d+)$/m.exec(status)?.[1] ?? '0'
  const outer = await readFile(`/proc/${parent}/status`, 'utf8')
  const watcher = /^Name:\s+bwrap$/m.test(outer) ? field(outer, 'VmRSS') : 0
  return (field(status, 'VmRSS') + watcher) / 1024
}

/** A size in kB. */
function field(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0)
}
