import { expect, test } from 'vitest'
import type { TriedSchedule } from './run.ts'
import { cellsOf, scheduleOutcome, scheduleTitle, scheduleWords } from './schedules.ts'

const passed = (index: number): TriedSchedule => ({
  index,
  processors: 2,
  seed: 0,
  verdict: 'passed',
  summary: '',
  evidence: false,
  ms: 90,
})
const raced = (index: number): TriedSchedule => ({ ...passed(index), processors: 8, verdict: 'race', evidence: true })

test.each([
  [[], true, 'Trying other schedules: 0 so far'],
  [[passed(1), passed(2)], true, 'Trying other schedules: 2 so far'],
  [[passed(1)], false, '1 other schedule, the same result'],
  [[raced(1)], false, '1 other schedule, with GOMAXPROCS 8, showed it'],
  [[passed(1), raced(2)], false, '2 other schedules: the last one, with GOMAXPROCS 8, showed it'],
  [
    [passed(1), { ...passed(2), verdict: 'timeout' as const }],
    false,
    '2 other schedules, the same result; 1 did not end in time',
  ],
  [
    [passed(1), { ...passed(2), seed: 3, verdict: 'failed' as const }],
    false,
    '2 other schedules, nothing proved; 1 to look at',
  ],
])('of %j (under way: %s) is said: %s', (schedules, exploring, words) => {
  expect(scheduleWords({ schedules, exploring })).toBe(words)
})

test('a schedule tells how it was run, and what it came to', () => {
  const slow: TriedSchedule = {
    ...passed(7),
    seed: 4,
    verdict: 'timeout',
    summary: 'Timeout: the tests ran longer than 10 s.',
  }
  expect(scheduleTitle(passed(1))).toBe('Schedule 1: GOMAXPROCS 2, 90 ms')
  expect(scheduleTitle(slow)).toBe('Schedule 7: GOMAXPROCS 2, goroutines made to give way (seed 4), 90 ms')
  expect(scheduleOutcome(passed(1))).toBe('Passed, like the first run.')
  expect(scheduleOutcome(slow)).toMatch(/^Timeout: .* it decides nothing\.$/)
})

test('a failed test accuses nobody where goroutines were made to give way', () => {
  const failed: TriedSchedule = { ...passed(2), verdict: 'failed', seed: 9, summary: 'Failed: TestA.' }
  expect(scheduleOutcome(failed)).toMatch(/^Failed: TestA\. .*it decides nothing: look at it\.$/)
  expect(scheduleOutcome({ ...failed, seed: 0, evidence: true })).toBe('Failed: TestA.')
})

test('of very many schedules a cell stands for several, and for the one among them that did not pass', () => {
  const many = Array.from({ length: 301 }, (_, n) => passed(n + 1))
  many[4] = { ...passed(5), verdict: 'failed', seed: 3 }
  const cells = cellsOf(many)
  expect([cells.length, cells[0]?.index, cells[1]?.index]).toEqual([101, 1, 5])
  expect(cellsOf(many.slice(0, 20))).toEqual(many.slice(0, 20))
})
