import type { Goroutine, WaitFor } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { cycleSteps, namesOf, othersToShow, unknownSummary, waitingWords } from './wait-steps.ts'

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
    [1, 'a lock …0xa', 2],
    [2, 'a lock …0xb', 1],
  ])
  expect(cycleSteps(WAIT_FOR, ALL.slice(1))).toEqual([])
})

test('beside it stands what others wait for, without the runtime’s own goroutines', () => {
  const { held, unknown } = othersToShow(WAIT_FOR, ALL)
  const told = (objects: typeof held) => objects.map(({ address, waiters }) => [address, waiters])
  expect(told(held)).toEqual([['0xa', [1, 3]]])
  expect(told(unknown)).toEqual([['0xc', [4]]])
})

test('what nobody can tell the holder of is told together', () => {
  const channel = (name: string | null, waiters: number[]) =>
    ({ address: '0xc', kind: 'channel', name, waiters, holders: null }) as const
  const objects = [channel('jobs', [1, 2]), channel('jobs', [2]), channel(null, [3])].map((one) => ({ ...one }))
  expect(unknownSummary(objects)).toBe('3 goroutines wait for 3 channels')
  expect(unknownSummary([...objects, { ...channel('mu', [4]), kind: 'lock' }])).toBe(
    '4 goroutines wait for a lock and 3 channels',
  )
  expect(namesOf(objects)).toEqual(['jobs'])
})

test('few waiters are named, many are counted', () => {
  expect(waitingWords([7])).toBe('goroutine 7 waits')
  expect(waitingWords([7, 8])).toBe('2 goroutines wait: 7, 8')
  expect(waitingWords([1, 2, 3, 4, 5])).toBe('5 goroutines wait: 1, 2, 3, 4, …')
})
