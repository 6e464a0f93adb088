import { expect, test } from 'vitest'
import type { BenchmarkResult } from '../reports/benchmark-output.ts'
import { type BenchmarkRounds, benchmarksEvent, type Round } from './benchmark-events.ts'

/** Rounds in which one side takes so many times what the other takes, while the machine gets slower. */
function rounds(
  count: number,
  times: number,
  { own = {}, previous = {} }: Partial<Record<string, object>> = {},
): Round[] {
  return Array.from({ length: count }, (_, index) => {
    const slow = 1 + index / 10 + (index % 3) / 100
    const result = (nanoseconds: number, more: object): [string, BenchmarkResult] => [
      'BenchmarkGet',
      { nanoseconds, bytes: 0, allocations: 0, ...more },
    ]
    return new Map([
      ['own', new Map([result(400 * slow, own)])],
      ['previous', new Map([result(400 * slow * times * (1 + (index % 2) / 125), previous)])],
    ])
  })
}

const measured = (of: Partial<BenchmarkRounds>): BenchmarkRounds => ({
  names: ['BenchmarkGet'],
  failed: new Map(),
  rounds: rounds(12, 1),
  sides: ['previous'],
  left: [],
  onceMs: 20,
  ...of,
})

test.each([
  [
    2,
    'faster',
    /^`BenchmarkGet`: \d+ ns for each operation, 2\.0 times as fast as your previous version \(95 %: 2\.0–2\.0\)\.$/,
  ],
  [0.5, 'slower', /takes 2\.0 times as long as your previous version \(95 %: 2\.0–2\.0\)\.$/],
  [1, 'same', /, no difference from your previous version that this machine can show \(±1 %\)\.$/],
  [1.01, 'same', /no difference .* \(±2 %\)\.$/],
])('code that took %f times as long is %s, however the machine slows down', (times, outcome, sentence) => {
  const event = benchmarksEvent(measured({ rounds: rounds(12, times) }))
  expect(event.sentence).toMatch(sentence)
  expect(event.benchmarks[0]).toMatchObject({ name: 'BenchmarkGet', rounds: 12, comparisons: [{ outcome }] })
  expect(event.notes).toEqual([])
})

test('on a machine that can tell nothing apart, it is told how large a difference could be', () => {
  const wild = rounds(12, 1).map((round, index) => rounds(1, index % 2 === 0 ? 3 : 1 / 3)[0] ?? round)
  expect(benchmarksEvent(measured({ rounds: wild })).sentence).toContain('can show (it could be up to 3.0 times)')
})

test('allocations are compared where every round had the same', () => {
  const fewer = { own: { allocations: 1, bytes: 48 }, previous: { allocations: 3, bytes: 96 } }
  const { sentence } = benchmarksEvent(measured({ rounds: rounds(12, 2, fewer) }))
  expect(sentence).toMatch(/; 1 allocation for each operation instead of 3\.$/)
  const uneven = rounds(12, 2, fewer)
  uneven[3] = rounds(1, 2, { own: { allocations: 2 } })[0] ?? new Map()
  expect(benchmarksEvent(measured({ rounds: uneven })).sentence).not.toContain('instead of')
})

test('too few rounds are told as such, and why', () => {
  const event = benchmarksEvent(measured({ rounds: rounds(5, 2), onceMs: 700 }))
  expect(event.sentence).toContain('too few rounds to say how it compares with your previous version')
  expect(event.benchmarks[0]?.comparisons).toMatchObject([{ speed: null, outcome: 'unknown' }])
  expect(event.notes).toEqual([
    '5 rounds could be measured: one operation of each benchmark takes 700 ms. That is too few for a comparison: let an operation do less, or have fewer benchmarks.',
  ])
})

test('what failed, did not compile or has nothing beside it is a note or a sentence', () => {
  const event = benchmarksEvent(
    measured({
      sides: [],
      failed: new Map([['BenchmarkPut', 'not today']]),
      left: [{ version: 'previous', why: 'does not compile with these benchmarks' }],
    }),
  )
  expect(event.sentence).toMatch(/ns for each operation, with nothing to compare it with\.$/)
  expect(event.notes).toEqual([
    '`BenchmarkPut` failed and has no figures: not today',
    'Your previous version does not compile with these benchmarks.',
  ])
})

test('several benchmarks are counted by what they came to', () => {
  const both = (times: number) =>
    rounds(12, times).map(
      (round) =>
        new Map(
          [...round].map(([side, results]) => {
            const [result] = results.values()
            const same = { nanoseconds: 5, bytes: 0, allocations: 0 }
            return [
              side,
              new Map([
                ['BenchmarkA', result ?? same],
                ['BenchmarkB', same],
              ]),
            ] as const
          }),
        ),
    )
  const event = benchmarksEvent(measured({ names: ['BenchmarkA', 'BenchmarkB'], rounds: both(3) }))
  expect(event.sentence).toBe(
    '2 benchmarks are measured: beside your previous version, 1 faster, 1 without a difference that this machine can show.',
  )
})
