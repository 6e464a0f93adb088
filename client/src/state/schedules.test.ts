import { expect, test } from 'vitest'
import type { TriedSchedule } from './run.ts'
import { scheduleWords } from './schedules.ts'

const passed = (index: number): TriedSchedule => ({ index, processors: 2, verdict: 'passed', evidence: false, ms: 90 })
const raced = (index: number): TriedSchedule => ({ ...passed(index), processors: 8, verdict: 'race', evidence: true })

test.each([
  [[], true, 'Trying other schedules: 0 so far'],
  [[passed(1), passed(2)], true, 'Trying other schedules: 2 so far'],
  [[passed(1)], false, '1 other schedule, the same result'],
  [[passed(1), raced(2)], false, '2 other schedules: the last one, with GOMAXPROCS 8, showed it'],
  [
    [passed(1), { ...passed(2), verdict: 'timeout' as const }],
    false,
    '2 other schedules, the same result; 1 did not end in time',
  ],
])('of %j (under way: %s) is said: %s', (schedules, exploring, words) => {
  expect(scheduleWords({ schedules, exploring })).toBe(words)
})
