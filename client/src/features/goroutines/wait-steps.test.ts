import type { Goroutine, WaitFor } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { cycleSteps, othersToShow, waitingWords } from './wait-steps.ts'

function goroutine(id: number, waitsFor: string, role: Goroutine['role'] = 'candidate'): Goroutine {
  const unknown = {
    site: null,
    created: null,
    creator: null,
    test: null,
    stack: [],
    holds: [],
    selects: [],
    told: '',
    alone: false,
    alike: 0,
  }
  return { id, state: 'sync.Mutex.Lock', leaked: true, role, waitsFor, ...unknown }
}
const hold = { address: '0xa', reading: false, site: null }
const lock = (address: string, waiters: number[], holder: number) =>
  ({ address, kind: 'lock', name: null, waiters, holders: [{ goroutine: holder, hold, ended: false }] }) as const

const WAIT_FOR: WaitFor = {
  objects: [
    { ...lock('0xa', [1, 3], 2), holders: [...lock('0xa', [], 2).holders] },
    { ...lock('0xb', [2], 1), holders: [...lock('0xb', [], 1).holders] },
    { address: '0xc', kind: 'channel', name: 'jobs', waiters: [4, 9], holders: null },
  ],
  cycle: [1, 2],
}
const ALL = [
  goroutine(1, '0xa'),
  goroutine(2, '0xb'),
  goroutine(3, '0xa'),
  goroutine(4, '0xc'),
  goroutine(9, '0xc', 'runtime'),
]

test('a cycle is told goroutine by goroutine, each with the one that holds its lock', () => {
  const steps = cycleSteps(WAIT_FOR, ALL)
  expect(steps.map((step) => [step.goroutine.id, step.lock, step.holder])).toEqual([
    [1, 'a lock #1', 2],
    [2, 'a lock #2', 1],
  ])
  expect(cycleSteps(WAIT_FOR, ALL.slice(1))).toEqual([])
})

test('beside it stands what others wait for and somebody holds, without the runtime’s own goroutines', () => {
  expect(othersToShow(WAIT_FOR, ALL).map(({ address, waiters }) => [address, waiters])).toEqual([['0xa', [1, 3]]])
})

test('few waiters are named, many are counted', () => {
  expect(waitingWords([7])).toBe('goroutine 7 waits')
  expect(waitingWords([7, 8])).toBe('2 goroutines wait: 7, 8')
  expect(waitingWords([1, 2, 3, 4, 5])).toBe('5 goroutines wait: 1, 2, 3, 4, …')
})
