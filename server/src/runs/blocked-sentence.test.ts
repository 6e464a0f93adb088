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
const unknown = { created: null, creator: null, test: null, stack: [], selects: [], holds: [], told: '', alike: 0 }
const writer: Goroutine = {
  ...{ id: 7, state: 'sync.RWMutex.Lock', leaked: true, role: 'candidate', site: frame(2), waitsFor: '0xa' },
  ...unknown,
}

function toldOf(holder: number, leaked: boolean): string {
  const goroutine = { ...writer, leaked }
  const waits = new Map([[holder, { holds: [hold], selects: [], left: [] }]])
  const isStuck = (one: Goroutine) => one.leaked
  const waitFor = waitForGraph([goroutine], { waits, isStuck, nameOf: () => null })
  return blockedTold(goroutine, { sources: SOURCES, waitFor, isStuck })
}

test.each([
  ['itself', 7, 'waits for `h.mu` at hub.go:2, which it has itself read-locked at hub.go:1'],
  ['another one', 8, 'waits for `h.mu` at hub.go:2, which goroutine 8 has read-locked at hub.go:1'],
])('a goroutine that can never go on is told with the holder of its lock: %s', (_, holder, told) => {
  expect(toldOf(holder, true)).toBe(told)
})

test('of several readers it is told how many, and where', () => {
  const waits = new Map([8, 9].map((id) => [id, { holds: [hold], selects: [], left: [] }]))
  const known = { waits, isStuck: () => true, nameOf: () => null }
  const waitFor = waitForGraph([writer], known)
  expect(blockedTold(writer, { sources: SOURCES, waitFor, isStuck: known.isStuck })).toBe(
    'waits for `h.mu` at hub.go:2, which 2 goroutines have read-locked at hub.go:1',
  )
})

test('a reader waits behind a writer that waits itself, and does not say that it has the lock', () => {
  const reader: Goroutine = { ...writer, id: 8, state: 'sync.RWMutex.RLock', site: frame(1) }
  const locked = { address: '0xa', reading: false, site: frame(2) }
  const waits = new Map([
    [7, { holds: [locked], selects: [], left: [] }],
    [8, { holds: [hold], selects: [], left: [] }],
  ])
  const known = { waits, isStuck: () => true, nameOf: () => null }
  const waitFor = waitForGraph([writer, reader], known)
  expect(blockedTold(reader, { sources: SOURCES, waitFor, isStuck: known.isStuck })).toBe(
    'waits for `h.mu` at hub.go:1, behind goroutine 7, which waits to write while this one has read-locked it at hub.go:1',
  )
})

test('of one that may go on nobody says who holds its lock, or that it never comes', () => {
  expect(toldOf(8, false)).toBe('waits for `h.mu` at hub.go:2')
})
