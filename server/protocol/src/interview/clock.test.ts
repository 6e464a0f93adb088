import { expect, test } from 'vitest'
import { NEW_CLOCK, runningMs, spentMs, timeLeft, turnClock, turnTo } from './clock.ts'
import { testGuide } from './test-guide.ts'

const MINUTE = 60_000

test('a clock runs from its start and stands in a pause', () => {
  const started = turnClock(NEW_CLOCK, 'start', 100)
  expect(runningMs(NEW_CLOCK, 500)).toBe(0)
  expect(runningMs(started, 500)).toBe(400)
  const paused = turnClock(started, 'pause', 600)
  expect(runningMs(paused, 9000)).toBe(500)
  const resumed = turnClock(paused, 'resume', 1600)
  expect(runningMs(resumed, 1700)).toBe(600)
})

test('what makes no sense changes nothing', () => {
  const started = turnClock(NEW_CLOCK, 'start', 100)
  expect(turnClock(NEW_CLOCK, 'pause', 5)).toBe(NEW_CLOCK)
  expect(turnClock(NEW_CLOCK, 'resume', 5)).toBe(NEW_CLOCK)
  expect(turnClock(started, 'start', 200)).toBe(started)
  expect(turnClock(started, 'resume', 200)).toBe(started)
})

test('time belongs to the part and the question that the interview was at, pauses to none', () => {
  let clock = turnClock(NEW_CLOCK, 'start', 0)
  clock = turnTo(clock, { part: 'first', question: 'q1' }, 0)
  clock = turnClock(clock, 'pause', 1000)
  clock = turnClock(clock, 'resume', 5000)
  clock = turnTo(clock, { part: 'first', question: 'q2' }, 6000)
  clock = turnTo(clock, { part: 'second', question: null }, 9000)
  expect(spentMs(clock, 10_000)).toEqual({ parts: { first: 5000, second: 1000 }, questions: { q1: 2000, q2: 3000 } })
  clock = turnTo(clock, { part: 'first', question: 'q1' }, 10_000)
  expect(spentMs(clock, 11_000).parts).toEqual({ first: 6000, second: 1000 })
})

test('what is left is told in all, of the part with what it was given, and of the reserve', () => {
  const guide = testGuide()
  let clock = turnClock(NEW_CLOCK, 'start', 0)
  clock = turnTo(clock, { part: 'first', question: null }, 0)
  clock = { ...clock, reserve: { first: 5 } }
  expect(timeLeft(clock, guide, 18 * MINUTE)).toEqual({
    inAll: 42 * MINUTE,
    part: 2 * MINUTE,
    reserve: 10 * MINUTE,
    isKept: false,
  })
  expect(timeLeft(clock, guide, 55 * MINUTE)).toMatchObject({ part: -35 * MINUTE, isKept: true })
  expect(timeLeft(NEW_CLOCK, guide, 0)).toMatchObject({ inAll: 60 * MINUTE, part: null, isKept: false })
})
