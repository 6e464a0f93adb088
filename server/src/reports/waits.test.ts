import type { Goroutine } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import type { Sources } from './sources.ts'
import { heldAgainst, waitForGraph } from './wait-for.ts'
import { parseWaits, withWaits } from './waits.ts'

const SOURCES: Sources = {
  importPath: 'sandbox/bank',
  files: new Map([
    ['bank.go', { origin: 'candidate', text: 'package bank' }],
    ['bank_hidden_test.go', { origin: 'hidden', text: 'package bank' }],
  ]),
}
const parse = (...lines: string[]) => parseWaits(SOURCES, lines.join('\n'))

test('locks have the place where they were taken, and selects their channels', () => {
  const waits = parse(
    '7 holds 0xc000012345 sandbox/bank.Transfer bank.go:12',
    '7 reads 0xc000012350',
    '8 receives 0xc000099',
    '8 sends 0xc0000aa',
  )
  expect(waits.get(7)?.holds).toEqual([
    {
      address: '0xc000012345',
      reading: false,
      site: { function: 'sandbox/bank.Transfer', file: 'bank.go', line: 12, origin: 'candidate' },
    },
    { address: '0xc000012350', reading: true, site: null },
  ])
  expect(waits.get(8)?.selects).toEqual([
    { address: '0xc000099', sends: false, timer: null },
    { address: '0xc0000aa', sends: true, timer: null },
  ])
})

test('a timer’s channel says so, and who is alone too', () => {
  const waits = parse('7 ticks 0xa', '7 fires 0xb', '7 receives 0xc', '7 alone 0x0')
  expect(waits.get(7)).toEqual({
    holds: [],
    selects: [
      { address: '0xa', sends: false, timer: 'ticks' },
      { address: '0xb', sends: false, timer: 'fires' },
      { address: '0xc', sends: false, timer: null },
    ],
    left: [],
    alone: true,
  })
  const [leaked, alone] = withWaits([goroutine(7, 'select'), { ...goroutine(7, 'select'), leaked: false }], waits)
  expect([leaked?.alone, alone?.alone]).toEqual([false, true])
})

test('a place in a hidden file is not told, and the judge’s own locks are not at all', () => {
  const waits = parse(
    '7 holds 0xc1 sandbox/bank.TestX bank_hidden_test.go:12',
    '9 holds 0xc2 gosandbox/evidence.(*dog).look gosandbox/evidence/watchdog.go:61',
  )
  expect(waits.get(7)?.holds[0]?.site).toMatchObject({ file: 'hidden test', line: 0, origin: 'hidden' })
  expect(waits.has(9)).toBe(false)
})

test('lines that are none of ours are passed over', () => {
  const junk = [
    '',
    '7',
    'x holds 0xc1',
    '7 holds c1',
    '7 holds 0xc1 f bank.go',
    '7 keeps 0xc1',
    `7 holds 0x${'c'.repeat(40)}`,
    `7 holds 0xc1 ${'f'.repeat(2000)} bank.go:12`,
  ]
  expect(parse(...junk).size).toBe(0)
  expect(parse(...Array.from({ length: 9000 }, (_, n) => `${n} holds 0xc1`)).size).toBe(4000)
})

function goroutine(id: number, state: string, waitsFor: string | null = null): Goroutine {
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
  return { id, state, leaked: true, role: 'candidate', waitsFor, ...unknown }
}

const cycleOf = (goroutines: Goroutine[], ...lines: string[]) =>
  waitForGraph(goroutines, { waits: parse(...lines), knowsHolder: ({ leaked }) => leaked, nameOf: () => null }).cycle

test.each([
  [
    'two locks in two orders',
    ['1 holds 0xa', '2 holds 0xb'],
    [goroutine(1, 'sync.Mutex.Lock', '0xb'), goroutine(2, 'sync.Mutex.Lock', '0xa')],
    [1, 2],
  ],
  ['a lock taken twice', ['1 holds 0xa'], [goroutine(1, 'sync.Mutex.Lock', '0xa')], [1]],
  ['a read lock that is to become a write lock', ['1 reads 0xa'], [goroutine(1, 'sync.RWMutex.Lock', '0xa')], [1]],
  [
    'a second read lock behind a writer',
    ['1 reads 0xa', '2 holds 0xa'],
    [goroutine(1, 'sync.RWMutex.RLock', '0xa'), goroutine(2, 'sync.RWMutex.Lock', '0xa')],
    [1, 2],
  ],
  [
    'who waits for a cycle is not in it',
    ['1 holds 0xa', '3 holds 0xb'],
    [goroutine(3, 'sync.Mutex.Lock', '0xa'), goroutine(1, 'sync.Mutex.Lock', '0xa')],
    [1],
  ],
])('%s is a cycle', (_, lines, goroutines, cycle) => {
  expect(cycleOf(goroutines, ...lines)).toEqual(cycle)
})

test.each([
  [
    'a writer holds the inner lock of the lock that it waits for',
    ['1 holds 0xa'],
    [goroutine(1, 'sync.RWMutex.Lock', '0xa')],
  ],
  ['the holder does something else', ['2 holds 0xa'], [goroutine(1, 'sync.Mutex.Lock', '0xa'), goroutine(2, 'sleep')]],
  ['the holder has ended', ['2 left 0xa'], [goroutine(1, 'sync.Mutex.Lock', '0xa')]],
  ['a channel has no holder', [], [goroutine(1, 'chan send', '0xa'), goroutine(2, 'chan send', '0xa')]],
])('%s: no cycle', (_, lines, goroutines) => {
  expect(cycleOf(goroutines, ...lines)).toEqual([])
})

test('everything that is waited for has its waiters, and a lock its holders', () => {
  const waits = parse('1 holds 0xa', '9 left 0xa', '2 receives 0xc', '2 sends 0xc', '2 sends 0xd', '3 receives 0xc')
  const all = withWaits(
    [
      goroutine(1, 'select'),
      goroutine(2, 'select'),
      goroutine(3, 'chan receive'),
      goroutine(4, 'sync.Mutex.Lock', '0xa'),
    ],
    waits,
  )
  const { objects } = waitForGraph(all, { waits, knowsHolder: () => true, nameOf: ({ id }) => `name${id}` })
  expect(objects.map(({ address, kind, waiters }) => [address, kind, waiters])).toEqual([
    ['0xc', 'channel', [2, 3]],
    ['0xd', 'channel', [2]],
    ['0xa', 'lock', [4]],
  ])
  const holders = objects[2]?.holders ?? []
  expect(holders.map(({ goroutine: id, ended }) => [id, ended])).toEqual([
    [1, false],
    [9, true],
  ])
  expect(heldAgainst(goroutine(4, 'sync.RWMutex.Lock', '0xa'), holders)).toEqual([])
})

test('who may have moved since the dump is in no cycle', () => {
  const moving = { ...goroutine(1, 'sync.Mutex.Lock', '0xa'), leaked: false }
  expect(cycleOf([moving], '1 holds 0xa')).toEqual([])
})

test('a cycle through one of several readers is found, and a long one whole', () => {
  const writer = goroutine(1, 'sync.RWMutex.Lock', '0xa')
  const readers = [goroutine(2, 'chan send', '0xc'), goroutine(3, 'sync.Mutex.Lock', '0xb')]
  expect(cycleOf([writer, ...readers], '2 reads 0xa', '3 reads 0xa', '1 holds 0xb')).toEqual([1, 3])
  const many = Array.from({ length: 100 }, (_, n) => goroutine(n, 'sync.Mutex.Lock', `0x${(n + 1) % 100}`))
  expect(cycleOf(many, ...many.map((_, n) => `${n} holds 0x${n}`))).toHaveLength(100)
})

test('who waits to write an RWMutex does not hold it, whatever it has of it', () => {
  const waits = parse('1 holds 0xa', '1 holds 0xb', '1 reads 0xa')
  const [writer] = withWaits([goroutine(1, 'sync.RWMutex.Lock', '0xa')], waits)
  expect(writer?.holds.map(({ address, reading }) => [address, reading])).toEqual([
    ['0xb', false],
    ['0xa', true],
  ])
})
