import { expect, test } from 'vitest'
import { settings } from './cgroup.ts'
import { DEFAULT_LIMITS } from './limits.ts'

const limits = { ...DEFAULT_LIMITS, memoryBytes: 1024, processes: 7 }
const linesOf = (version: 1 | 2) => settings(version, limits, 1.5).map(([, file, value]) => `${file} ${value}`)

test('version 1 lifts the total first, so that memory can be raised and lowered', () => {
  expect(linesOf(1)).toEqual([
    'memory.memsw.limit_in_bytes -1',
    'memory.limit_in_bytes 1024',
    'memory.memsw.limit_in_bytes 1024',
    'pids.max 7',
    'cpu.cfs_period_us 100000',
    'cpu.cfs_quota_us 150000',
  ])
})

test('version 2 forbids swap and limits the rest', () => {
  expect(linesOf(2)).toEqual(['memory.max 1024', 'memory.swap.max 0', 'pids.max 7', 'cpu.max 150000 100000'])
})

test('only swap may lack its file', () => {
  for (const version of [1, 2] as const) {
    const optional = settings(version, limits, 1).filter(([, , , mayLack]) => mayLack)
    expect(optional.every(([, file]) => /memsw|swap/.test(file))).toBe(true)
  }
})
