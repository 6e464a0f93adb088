import type { Goroutine, Hold } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import type { Sources } from '../reports/sources.ts'
import { waitForGraph } from '../reports/wait-for.ts'
import { blockedTold } from './blocked-sentence.ts'

const SOURCES: Sources = {
  importPath: 'sandbox/hub',
  files: new Map([['hub.go', { origin: 'candidate', text: '\th.mu.RLock()\n\th.mu.Lock()\n' }]]),
}
const frame = (line: number) => ({ function: 'f', file: 'hub.go', line, origin: 'candidate' as const })
const hold: Hold = { address: '0xa', reading: true, site: frame(1) }
const unknown = {
  created: null,
  creator: null,
  test: null,
  stack: [],
  selects: [],
  holds: [],
  told: '',
  alone: false,
  alike: 0,
}
const writer: Goroutine = {
  ...{ id: 7, state: 'sync.RWMutex.Lock', leaked: true, role: 'candidate', site: frame(2), waitsFor: '0xa' },
  ...unknown,
}

function toldOf(holder: number, leaked: boolean): string {
  const goroutine = { ...writer, leaked }
  const waits = new Map([[holder, { holds: [hold], selects: [], left: [], alone: false }]])
  const isStuck = (one: Goroutine) => one.leaked
  const waitFor = waitForGraph([goroutine], { waits, knowsHolder: isStuck, nameOf: () => null })
  return blockedTold(goroutine, { sources: SOURCES, waitFor, isStuck, knowsHolder: isStuck })
}

test.each([
  ['itself', 7, 'waits for `h.mu` at hub.go:2, which it has itself read-locked at hub.go:1'],
  ['another one', 8, 'waits for `h.mu` at hub.go:2, which goroutine 8 has read-locked at hub.go:1'],
])('a goroutine that can never go on is told with the holder of its lock: %s', (_, holder, told) => {
  expect(toldOf(holder, true)).toBe(told)
})

test('of several readers it is told how many, and where', () => {
  const waits = new Map([8, 9].map((id) => [id, { holds: [hold], selects: [], left: [], alone: false }]))
  const known = { waits, isStuck: () => true, knowsHolder: () => true, nameOf: () => null }
  const waitFor = waitForGraph([writer], known)
  expect(blockedTold(writer, { ...known, sources: SOURCES, waitFor })).toBe(
    'waits for `h.mu` at hub.go:2, which 2 goroutines have read-locked at hub.go:1',
  )
})

test('a reader waits behind a writer that waits itself, and does not say that it has the lock', () => {
  const reader: Goroutine = { ...writer, id: 8, state: 'sync.RWMutex.RLock', site: frame(1) }
  const locked = { address: '0xa', reading: false, site: frame(2) }
  const waits = new Map([
    [7, { holds: [locked], selects: [], left: [], alone: false }],
    [8, { holds: [hold], selects: [], left: [], alone: false }],
  ])
  const known = { waits, isStuck: () => true, knowsHolder: () => true, nameOf: () => null }
  const waitFor = waitForGraph([writer, reader], known)
  expect(blockedTold(reader, { ...known, sources: SOURCES, waitFor })).toBe(
    'waits for `h.mu` at hub.go:1, behind goroutine 7, which waits to write while this one has read-locked it at hub.go:1',
  )
})

test('of one that may go on nobody says who holds its lock, or that it never comes', () => {
  expect(toldOf(8, false)).toBe('waits for `h.mu` at hub.go:2')
})

test('shortly before a limit the holder is told of who may still go on, and not that it never comes', () => {
  const goroutine = { ...writer, leaked: false }
  const waits = new Map([[8, { holds: [hold], selects: [], left: [], alone: false }]])
  const known = { sources: SOURCES, isStuck: () => false, knowsHolder: () => true }
  const waitFor = waitForGraph([goroutine], { ...known, waits, nameOf: () => null })
  expect(blockedTold(goroutine, { ...known, waitFor })).toBe(
    'waits for `h.mu` at hub.go:2, which goroutine 8 has read-locked at hub.go:1',
  )
})
