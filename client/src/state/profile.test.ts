import type { Frame, Profile, ProfileKind } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import {
  changes,
  costHints,
  earlierProfile,
  type FullProfile,
  formatCost,
  functionCosts,
  functionName,
  percent,
  shownProfile,
} from './profile.ts'
import type { RunState, TakenProfile } from './run.ts'
import { foldedRun } from './testdata/recorded.ts'

const frame = (name: string, file: string, line: number, origin: Frame['origin'] = 'candidate'): Frame => ({
  function: name,
  file,
  line,
  origin,
})

const FRAMES = [
  frame('sandbox/cache.TestGet', 'cache_test.go', 9, 'test'),
  frame('sandbox/cache.(*Cache).Get', 'cache.go', 14),
  frame('sandbox/cache.(*Cache).Get', 'cache.go', 17),
  frame('crypto/sha256.block', '/go/src/crypto/sha256/block.go', 30, 'go'),
  frame('sandbox/cache.secret', 'hidden test', 0, 'hidden'),
]

const PROFILE: Profile = {
  kind: 'cpu',
  measures: [{ name: 'CPU time', unit: 'nanoseconds', sentence: 'All of it.' }],
  frames: FRAMES,
  stacks: [
    { frames: [0, 1, 3], values: [700] },
    { frames: [0, 2], values: [200] },
    { frames: [4], values: [97] },
    // A call that calls itself.
    { frames: [0, 2, 2], values: [3] },
  ],
  cut: 0,
}

const taken = (profile: Profile | null, runs = 1, kind: ProfileKind = 'cpu'): TakenProfile => ({
  kind,
  sentence: '',
  profile,
  runs,
})
const full = (profile: Profile, runs = 1): FullProfile => ({ kind: 'cpu', sentence: '', profile, runs })
const runWith = (...profiles: TakenProfile[]): RunState => ({ ...foldedRun('passed'), profiles })

describe('the costs of functions', () => {
  test('are by themselves and with what they call; a function that calls itself counts once', () => {
    const costs = functionCosts(PROFILE, 0).map(({ name, flat, cumulative }) => [name, flat, cumulative])
    expect(costs).toEqual([
      ['crypto/sha256.block', 700, 700],
      ['(*Cache).Get', 203, 903],
      ['secret', 97, 97],
      ['TestGet', 0, 903],
    ])
  })

  test('stand at the line that cost most', () => {
    const get = functionCosts(PROFILE, 0).find(({ name }) => name === '(*Cache).Get')
    expect(get?.frame.line).toBe(14)
  })

  test('are compared for one run of the tests, because two profiles seldom have as many', () => {
    const twice = {
      ...PROFILE,
      stacks: PROFILE.stacks.map((stack) => ({ ...stack, values: [10 * (stack.values[0] ?? 0)] })),
    }
    const change = changes(full(PROFILE, 1), full(twice, 20), 0)
    expect(change.get('go crypto/sha256.block')).toMatchObject({ before: 350, now: 700 })
    const gone = changes(full({ ...PROFILE, stacks: [] }), full(PROFILE), 0)
    expect(gone.get('go crypto/sha256.block')).toMatchObject({ before: 700, now: 0 })
  })

  test('differ by more than chance where the profiler has looked often enough', () => {
    const looked = (samples: number, runs: number, kind: ProfileKind = 'cpu'): FullProfile => ({
      ...full({ ...PROFILE, stacks: [{ frames: [3], values: [samples * 10_000_000] }] }, runs),
      kind,
    })
    const notable = (now: FullProfile, before: FullProfile) =>
      changes(now, before, 0).get('go crypto/sha256.block')?.notable
    expect(notable(looked(9, 7), looked(4, 9))).toBe(false)
    expect(notable(looked(90, 7), looked(40, 9))).toBe(true)
    expect(notable(looked(1000, 10), looked(950, 10)), 'a twentieth is not worth a look').toBe(false)
    expect(notable(looked(9, 7, 'heap'), looked(4, 9, 'heap')), 'what is counted and not sampled').toBe(true)
  })
})

describe('the hints behind lines', () => {
  test('are of files that can be opened, most first, and of no line of a hidden test', () => {
    const hints = costHints(runWith(taken(PROFILE)), { kind: null, measure: 0 })
    expect(hints.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([
      'cache_test.go:9 90 % of CPU time, 903 ns',
      'cache.go:14 70 % of CPU time, 700 ns',
      'cache.go:17 20 % of CPU time, 203 ns',
    ])
  })

  test('tell with the heap’s costs what goes to the heap, one hint a line', () => {
    const list = [
      { file: 'cache.go', line: 14, column: 2, text: 'moved to heap: sum' },
      { file: 'cache.go', line: 30, column: 2, text: '&Cache{} escapes to heap' },
    ]
    const run = { ...runWith(taken(PROFILE, 1, 'heap')), escapes: { list, total: 2 } }
    const told = costHints(run, { kind: null, measure: 0 }).map(({ line, text }) => `${line} ${text}`)
    expect(told).toContain('14 70 % of CPU time, 700 ns; moved to heap: sum')
    expect(told).toContain('30 &Cache{} escapes to heap')
    expect(costHints({ ...run, profiles: [taken(PROFILE)] }, { kind: null, measure: 0 })).toHaveLength(3)
  })

  test('are not there where there is no profile', () => {
    expect(costHints(runWith(), { kind: null, measure: 0 })).toEqual([])
    expect(costHints(runWith(taken(null)), { kind: 'cpu', measure: 3 })).toEqual([])
  })
})

test('what is shown is what was chosen, or the first profile that has something in it', () => {
  const run = runWith(taken(null), taken(PROFILE, 1, 'heap'))
  expect(shownProfile(run, null)?.kind).toBe('heap')
  expect(shownProfile(run, 'cpu')?.kind).toBe('cpu')
  expect(shownProfile(runWith(), null)).toBeNull()
})

test('a profile is compared with the latest earlier one of its kind that has something in it', () => {
  const runs = [runWith(taken(PROFILE)), runWith(taken(null)), runWith(), runWith(taken(PROFILE))]
  const [first, , , last] = runs
  expect(last && earlierProfile(runs, last, 'cpu')?.number).toBe(1)
  expect(first && earlierProfile(runs, first, 'cpu')).toBeNull()
})

test('functions have the names that their authors gave them', () => {
  expect(functionName('sandbox/cache.(*Cache[...]).Get.deferwrap1')).toBe('(*Cache).Get')
  expect(functionName('sandbox/cache.TestGet.func1')).toBe('TestGet.func1')
  expect(functionName('encoding/json.Marshal')).toBe('encoding/json.Marshal')
})

test('costs have a unit that fits', () => {
  expect([1.236e9, 42_600_000, 1500, 7].map((value) => formatCost(value, 'nanoseconds'))).toEqual([
    '1.2 s',
    '43 ms',
    '1.5 µs',
    '7 ns',
  ])
  expect(formatCost(0, 'bytes')).toBe('0 B')
  expect([formatCost(1430, 'count'), formatCost(2.5, 'count')]).toEqual(['1,430', '2.5'])
  expect([percent(0.624), percent(0.0149), percent(0)]).toEqual(['62 %', '1.5 %', '0 %'])
})
