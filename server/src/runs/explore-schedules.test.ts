import { expect, test } from 'vitest'
import { emptyVerdict } from './endings.ts'
import { isEvidence, scheduleAt, verdictAfter } from './explore-schedules.ts'

test('every other schedule is perturbed, and in time every temper meets every number of processors', () => {
  const schedules = Array.from({ length: 24 }, (_, index) => scheduleAt(index + 1))
  const perturbed = schedules.filter(({ seed }) => seed > 0)
  expect(schedules.map(({ seed }) => seed > 0)).toEqual(schedules.map((_, index) => index % 2 === 0))
  expect(new Set(perturbed.map(({ processors, seed }) => `${processors} ${seed % 4}`)).size).toBe(12)
  expect(new Set(schedules.filter(({ seed }) => seed === 0).map(({ processors }) => processors)).size).toBe(4)
})

test.each([
  ['failed', [], 0, true],
  ['failed', [], 3, false],
  ['leak', ['failed'], 0, true],
  ['leak', ['failed'], 3, false],
  ['panic', ['failed'], 3, false],
  ['leak', [], 3, true],
  ['deadlock', [], 3, true],
  ['race', ['failed'], 3, true],
  ['timeout', [], 0, false],
  ['passed', [], 3, false],
] as const)('%s beside %j under seed %i is evidence: %s', (verdict, others, seed, evidence) => {
  expect(isEvidence({ verdict, others: [...others] }, { seed })).toBe(evidence)
})

const passed = emptyVerdict('passed', 'Passed: 1 of 1 test.')

test.each([
  [{ tried: 0, doubtful: 0, found: null }, 'Passed: 1 of 1 test.'],
  [{ tried: 9, doubtful: 0, found: null }, 'Passed: 1 of 1 test; the same under 9 other schedules.'],
  [
    { tried: 9, doubtful: 2, found: null },
    'Passed: 1 of 1 test; of 9 other schedules 2 had a failed test while goroutines were made to give way: look at them.',
  ],
])('a pass after %j is told as %s', (explored, summary) => {
  expect(verdictAfter(passed, explored).summary).toBe(summary)
})
