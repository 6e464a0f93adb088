import { expect, test } from 'vitest'
import { FIRST_PAUSE_MS, LONGEST_PAUSE_MS, pauseBefore } from './backoff.ts'

test('pauses double up to the cap, with a random half', () => {
  expect([1, 2, 3].map((attempt) => pauseBefore(attempt, () => 1))).toEqual([
    FIRST_PAUSE_MS,
    2 * FIRST_PAUSE_MS,
    4 * FIRST_PAUSE_MS,
  ])
  expect(pauseBefore(50, () => 1)).toBe(LONGEST_PAUSE_MS)
  expect(pauseBefore(50, () => 0)).toBe(LONGEST_PAUSE_MS / 2)
})
