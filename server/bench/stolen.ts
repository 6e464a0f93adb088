import { readFile } from 'node:fs/promises'

/** Position of `steal` among the numbers of the line `cpu` in /proc/stat (proc(5)). */
const STEAL = 7
/** What comes after it, the time of guests, is counted in the first two already. */
const COUNTED = 8

/** Starts counting; the returned function tells which share of the machine's time was given to other machines since. */
export async function stolenShare(): Promise<() => Promise<number>> {
  const before = await jiffies()
  return async () => {
    const after = await jiffies()
    const all = after.all - before.all
    return all === 0 ? 0 : (after.stolen - before.stolen) / all
  }
}

async function jiffies(): Promise<{ all: number; stolen: number }> {
  const [line = ''] = (await readFile('/proc/stat', 'utf8')).split('\n', 1)
  const times = line
    .trim()
    .split(/\s+/)
    .slice(1, 1 + COUNTED)
    .map(Number)
  return { all: times.reduce((sum, time) => sum + time, 0), stolen: times[STEAL] ?? 0 }
}
