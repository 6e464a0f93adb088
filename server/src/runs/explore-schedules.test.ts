import type { RunEvent } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { emptyVerdict } from './endings.ts'
import { isEvidence, Turns, verdictAfter } from './explore-schedules.ts'

test('every other schedule is perturbed, and in time every temper meets every number of processors', () => {
  const turns = new Turns()
  const schedules = Array.from({ length: 24 }, () => turns.next(false))
  const perturbed = schedules.filter(({ seed }) => seed > 0)
  expect(schedules.map(({ seed }) => seed > 0)).toEqual(schedules.map((_, index) => index % 2 === 0))
  expect(new Set(perturbed.map(({ processors, seed }) => `${processors} ${seed % 4}`)).size).toBe(12)
  expect(new Set(schedules.filter(({ seed }) => seed === 0).map(({ processors }) => processors)).size).toBe(4)
})

test('once a test has failed in a perturbed schedule, three of four are such as can show that it is the code’s fault', () => {
  const turns = new Turns()
  const before = [turns.next(false), turns.next(false)]
  const after = Array.from({ length: 16 }, () => turns.next(true))
  expect(before.map(({ seed }) => seed)).toEqual([1, 0])
  expect(after.flatMap(({ seed }) => (seed > 0 ? [seed] : []))).toEqual([2, 3, 4, 5])
  const unperturbed = after.filter(({ seed }) => seed === 0).map(({ processors }) => processors)
  expect(unperturbed).toEqual([16, 4, 8, 2, 16, 4, 8, 2, 16, 4, 8, 2])
})

test.each([
  ['failed', [], 0, true],
  ['failed', [], 3, false],
  ['leak', ['failed'], 0, true],
  ['leak', ['failed'], 3, false],
  ['panic', ['failed'], 3, false],
  ['leak', [], 3, true],
  ['deadlock', [], 3, true],
  ['race', [], 3, true],
  ['race', ['failed'], 3, false],
  ['passed', [], 3, false],
] as const)('%s beside %j under seed %i is evidence: %s', (verdict, others, seed, evidence) => {
  expect(isEvidence({ verdict, others: [...others] }, { seed, processors: 1, isEndless: false }, [])).toBe(evidence)
})

test.each([
  [{ seed: 0, processors: 2, isEndless: true }, true],
  [{ seed: 0, processors: 4, isEndless: true }, true],
  [{ seed: 0, processors: 4, isEndless: false }, false],
  [{ seed: 0, processors: 1, isEndless: true }, false],
  [{ seed: 0, processors: 8, isEndless: true }, false],
  [{ seed: 3, processors: 4, isEndless: true }, false],
])('a timeout of %j is evidence: %s', (schedule, evidence) => {
  expect(isEvidence({ verdict: 'timeout', others: [] }, schedule, [])).toBe(evidence)
})

const passed = emptyVerdict('passed', 'Passed: 1 of 1 test.')

test.each([
  [{ tried: 0, doubtful: 0, unfinished: 0, found: null }, 'Passed: 1 of 1 test.'],
  [{ tried: 9, doubtful: 0, unfinished: 0, found: null }, 'Passed: 1 of 1 test; the same under 9 other schedules.'],
  [
    { tried: 9, doubtful: 0, unfinished: 2, found: null },
    'Passed: 1 of 1 test; the same under 7 other schedules; 2 other schedules did not come to an end.',
  ],
  [
    { tried: 1, doubtful: 0, unfinished: 1, found: null },
    'Passed: 1 of 1 test; 1 other schedule did not come to an end.',
  ],
  [
    { tried: 9, doubtful: 2, unfinished: 0, found: null },
    'Passed: 1 of 1 test; of 9 other schedules 2 had a failed test while goroutines were made to give way: look at them.',
  ],
])('a pass after %j is told as %s', (explored, summary) => {
  expect(verdictAfter(passed, explored).summary).toBe(summary)
})

test('beside a failed test of a perturbed schedule only a race between lines of the code itself is evidence', () => {
  const access = (file: string) => {
    const site = { function: 'f', file, line: 3, origin: 'candidate' as const }
    return { kind: 'write' as const, goroutine: '7', state: 'running' as const, site, stack: [site], created: null }
  }
  const race = (file: string): RunEvent => ({
    type: 'race',
    race: { id: file, accesses: [access('pool.go'), access(file)], test: null, count: 1 },
  })
  const perturbed = { seed: 3, processors: 4, isEndless: false }
  const outcome = { verdict: 'race' as const, others: ['failed' as const] }
  expect(isEvidence(outcome, perturbed, [race('pool.go')])).toBe(true)
  expect(isEvidence(outcome, perturbed, [race('pool_test.go')])).toBe(false)
})
