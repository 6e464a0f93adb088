import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EngineHealth, FIRST_PAUSE_MS, LONGEST_PAUSE_MS } from './engine-health.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('one failed call is no failed engine', async () => {
  const health = new EngineHealth(async () => {})
  await health.suspect()
  expect(health.healthy).toBe(true)
})

test('asks, more and more seldom, until the engine is back, and tells both changes once', async () => {
  let up = false
  let asked = 0
  const health = new EngineHealth(async () => {
    asked += 1
    if (!up) throw new Error('connect ENOENT')
  })
  const told: boolean[] = []
  health.onChange((healthy) => told.push(healthy))
  await health.suspect()
  expect(told).toEqual([false])
  await vi.advanceTimersByTimeAsync(FIRST_PAUSE_MS)
  expect(asked).toBe(2)
  await vi.advanceTimersByTimeAsync(10 * LONGEST_PAUSE_MS)
  expect(asked).toBeLessThan(20)
  up = true
  await vi.advanceTimersByTimeAsync(LONGEST_PAUSE_MS)
  expect(told).toEqual([false, true])
  const before = asked
  await vi.advanceTimersByTimeAsync(10 * LONGEST_PAUSE_MS)
  expect(asked).toBe(before)
})

test('a closed one asks and tells nothing more', async () => {
  let asked = 0
  const health = new EngineHealth(async () => {
    asked += 1
    throw new Error('gone')
  })
  await health.suspect()
  health.close()
  await vi.advanceTimersByTimeAsync(LONGEST_PAUSE_MS)
  expect(asked).toBe(1)
})
