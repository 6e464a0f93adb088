import { readdir, readFile } from 'node:fs/promises'

/** What a process and all its descendants hold. */
export interface TreeUse {
  /** Anonymous and shared memory, resident or swapped out; mapped files are not counted. */
  bytes: number
  threads: number
}

interface ProcessUse extends TreeUse {
  parent: number
}

/** Adds up the tree below (and with) a process from /proc; processes that end meanwhile are left out. */
export async function measureTree(root: number): Promise<TreeUse> {
  const entries = await readdir('/proc')
  const uses = new Map<number, ProcessUse>()
  for (const pid of entries.filter((name) => /^\d+$/.test(name)).map(Number)) {
    const use = parseStatus(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))
    if (use !== null) uses.set(pid, use)
  }
  return sumTree(uses, root)
}

/** The lines of /proc/PID/status that count (proc_pid_status(5)); null where there is no parent line. */
export function parseStatus(text: string): ProcessUse | null {
  const numberOf = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
  if (!/^PPid:/m.test(text)) return null
  const kib = numberOf('RssAnon') + numberOf('RssShmem') + numberOf('VmSwap')
  return { parent: numberOf('PPid'), bytes: kib * 1024, threads: numberOf('Threads') }
}

function sumTree(uses: ReadonlyMap<number, ProcessUse>, root: number): TreeUse {
  const members = new Set([root])
  const total: TreeUse = { bytes: 0, threads: 0 }
  // A child may come before its parent in /proc, so look until nothing is added.
  for (let before = 0; before !== members.size; ) {
    before = members.size
    for (const [pid, use] of uses) if (members.has(use.parent)) members.add(pid)
  }
  for (const pid of members) {
    total.bytes += uses.get(pid)?.bytes ?? 0
    total.threads += uses.get(pid)?.threads ?? 0
  }
  return total
}
