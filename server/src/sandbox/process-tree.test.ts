import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { measureTree, parseStatus } from './process-tree.ts'

/** Captured from a Go program under Linux 6.18, shortened. */
const STATUS = `Name:	supervisor
Pid:	1
PPid:	7
VmRSS:	    2752 kB
RssAnon:	     776 kB
RssFile:	    1976 kB
RssShmem:	      24 kB
VmSwap:	       0 kB
Threads:	4
`

test('reads what a process holds', () => {
  expect(parseStatus(STATUS)).toEqual({ parent: 7, bytes: 800 * 1024, threads: 4 })
  expect(parseStatus('')).toBeNull()
})

test('adds up a process and its grandchildren', async () => {
  const program = `const b = Buffer.alloc(64 << 20, 1); console.log(b.length); setInterval(() => {}, 1e6)`
  const child = spawn('/bin/sh', ['-c', '"$0" -e "$1"; true', process.execPath, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  try {
    await once(child.stdout, 'data')
    const use = await measureTree(child.pid ?? 0)
    expect(use.bytes).toBeGreaterThan(64 << 20)
    expect(use.threads).toBeGreaterThan(1)
  } finally {
    process.kill(-(child.pid ?? 0), 'SIGKILL')
  }
})
