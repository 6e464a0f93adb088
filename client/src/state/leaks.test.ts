import type { Frame, Goroutine, TestStatus } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { earlierEnded, fixedLeaks, leakChanges, momentsOf } from './leaks.ts'
import type { RunState } from './run.ts'
import { foldedRun } from './testdata/recorded.ts'

const frame = (line: number, fn = 'sandbox/fetch.Fetch', file = 'fetch.go'): Frame => ({
  function: fn,
  file,
  line,
  origin: 'candidate',
})

function goroutine(id: number, more: Partial<Goroutine> = {}): Goroutine {
  return {
    id,
    state: 'chan send',
    leaked: false,
    alone: false,
    role: 'candidate',
    site: frame(20),
    stack: [frame(20, 'sandbox/fetch.Fetch.func1')],
    created: frame(2),
    creator: 7,
    waitsFor: null,
    holds: [],
    selects: [],
    test: null,
    told: '',
    alike: 0,
    ...more,
  }
}

const CODE = 'package fetch\ngo one()\ngo two()\n'

/** A run whose tests all ended in one way. */
function run(goroutines: Goroutine[], more: { text?: string; status?: TestStatus; leaked?: Goroutine[] } = {}) {
  const ended = foldedRun('passed')
  const { text = CODE, status = 'passed', leaked = [] } = more
  const state: RunState = {
    ...ended,
    description: { ...ended.description, files: [{ name: 'fetch.go', text }] },
    tests: ended.tests.map((row) => ({ ...row, status })),
    dump: leaked.length > 0 ? { reason: 'leak', goroutines: leaked, total: leaked.length, waitFor: null } : null,
    leftovers: goroutines.length > 0 ? { goroutines, total: goroutines.length } : null,
  }
  return state
}

const told = (now: RunState, before: RunState | null = null) =>
  leakChanges(now, before).map(({ key, now, before, stuck }) => [key, now, before, stuck])

describe('what the tests left behind', () => {
  test('is told by go statement, most first, with what nothing can wake', () => {
    const stuck = goroutine(3, { leaked: true, created: frame(3), alike: 4 })
    expect(told(run([goroutine(1), goroutine(2)], { leaked: [stuck] }))).toEqual([
      ['fetch.go:3', 5, null, 5],
      ['fetch.go:2', 2, null, 0],
    ])
  })

  test('against an earlier run is new, remaining or gone, wherever its line has moved to', () => {
    const before = run([goroutine(1), goroutine(2), goroutine(3, { created: frame(3) })])
    const now = run([goroutine(1, { created: frame(4) }), goroutine(4, { created: frame(5) })], {
      text: 'package fetch\n// a comment\n// and another\ngo one()\ngo three()\n',
    })
    expect(told(now, before)).toEqual([
      ['fetch.go:4', 1, 2, 0],
      ['fetch.go:5', 1, 0, 0],
      ['fetch.go:3 as it was', 0, 1, 0],
    ])
  })

  test('goes by the function where a hidden line has no number, and is one where no creator is named', () => {
    const hidden = goroutine(1, {
      created: { ...frame(0, 'sandbox/fetch_test.TestX', 'hidden test'), origin: 'hidden' },
    })
    expect(told(run([hidden, goroutine(2, { created: null })]))).toEqual([
      ['hidden test sandbox/fetch_test.TestX', 1, null, 0],
      ['', 1, null, 0],
    ])
  })

  test('names the test whose own function holds the go statement, and no other', () => {
    const own = frame(9, 'sandbox/fetch_test.TestFetch.func1', 'visible_test.go')
    const inTest = run([goroutine(1, { test: 'TestFetch', created: own })])
    const elsewhere = run([goroutine(1, { test: 'TestFetch' })])
    expect([leakChanges(inTest, null)[0]?.test, leakChanges(elsewhere, null)[0]?.test]).toEqual(['TestFetch', null])
  })
})

test('the run to compare with is the latest before whose tests had all ended', () => {
  const first = run([])
  const cutShort = run([], { status: 'unfinished' })
  const now = run([])
  expect(earlierEnded([first, cutShort, now], now)).toEqual({ run: first, number: 1 })
  expect(earlierEnded([cutShort, now], now)).toBe(null)
})

test('a profile of goroutines is told against what was left in the end, by the function that they began with', () => {
  const frames = [frame(20, 'sandbox/fetch.Fetch.func1'), frame(30, 'sandbox/fetch.(*Pool).worker')]
  const profile = {
    kind: 'goroutine' as const,
    measures: [{ name: 'goroutines', unit: 'count' as const, sentence: '' }],
    frames,
    stacks: [
      { frames: [0], values: [3] },
      { frames: [0, 1], values: [2] },
      { frames: [1], values: [8] },
    ],
    cut: 0,
  }
  const taken = { kind: 'goroutine' as const, sentence: '', runs: 1, profile }
  expect(momentsOf(run([goroutine(1)]), taken)).toEqual([
    { name: 'Fetch.func1', most: 5, end: 1 },
    { name: '(*Pool).worker', most: 8, end: 0 },
  ])
  expect(momentsOf(run([], { status: 'unfinished' }), taken)).toEqual([])
})

test('a list that was cut proves nothing of what it does not hold', () => {
  const cut = (state: RunState): RunState => ({
    ...state,
    leftovers: state.leftovers && { ...state.leftovers, total: 50 },
  })
  const two = run([goroutine(1), goroutine(2, { created: frame(3) })])
  const one = run([goroutine(1)])
  expect(told(cut(one), two)).toEqual([['fetch.go:2', 1, 1, 0]])
  expect(told(two, cut(one))).toEqual([
    ['fetch.go:2', 1, 1, 0],
    ['fetch.go:3', 1, null, 0],
  ])
})

test('what is mended counts only where the tests got to their end', () => {
  const before = run([goroutine(1), goroutine(2, { created: frame(3) })])
  const mended = run([goroutine(1)])
  const cutShort = run([], { status: 'unfinished' })
  expect(fixedLeaks(mended, [before, mended])).toEqual({ statements: 1, run: 1 })
  expect(fixedLeaks(cutShort, [before, cutShort])).toBe(null)
  expect(fixedLeaks(before, [before])).toBe(null)
})
