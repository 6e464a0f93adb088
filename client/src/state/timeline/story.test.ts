import { GoState, StopWord } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { madeOf } from '../testdata/timelines.ts'
import { plain, spanDuring, storyOf } from './story.ts'

const { running, runnable, waiting, syscall } = GoState

/** Goroutine 10 waits for a channel on P0, goroutine 11 wakes it from P1, and P1 runs it. */
const HANDOVER = madeOf([
  { goroutine: 0, state: running, begin: 0, end: 1000, proc: 0 },
  { goroutine: 0, state: waiting, begin: 1000, end: 1_301_000, proc: 0, reason: 'a receive on a channel', line: 31 },
  { goroutine: 1, state: running, begin: 0, end: 1_302_000, proc: 1 },
  { goroutine: 0, state: runnable, begin: 1_301_000, end: 1_303_000, proc: 0, line: 44, by: 1 },
  { goroutine: 0, state: running, begin: 1_303_000, end: 1_400_000, proc: 1 },
])
const at = (begin: number, goroutine = 0) =>
  HANDOVER.begin.findIndex((from, row) => from === begin && HANDOVER.timeline.spans.goroutine[row] === goroutine)
const told = (row: number) => storyOf(HANDOVER, row).map(plain)

test('a wait says for what, where, for how long, and who ended it where', () => {
  expect(told(at(1000))).toEqual([
    'goroutine 10 waited 1.3 ms for a receive on a channel at pool.go:31.',
    'It was unblocked by goroutine 11 at pool.go:44.',
  ])
})

test('a run says what had led to it and what ended it', () => {
  expect(told(at(1_303_000))).toEqual([
    'goroutine 10 (Work) ran for 97.0 µs on P1, which thread M1 held.',
    'Before that it waited 1.3 ms for a receive on a channel at pool.go:31.',
    'It was unblocked by goroutine 11 at pool.go:44.',
    'It then stood in a run queue for 2.0 µs.',
    'It was made runnable on P0 and ran on P1: P1 stole it from P0’s queue, or took it from the global one.',
    'The trace ends here.',
  ])
  expect(told(at(0))).toContain('It stopped to wait for a receive on a channel at pool.go:31.')
})

test('a goroutine in a queue says who put it there', () => {
  expect(told(at(1_301_000))[0]).toBe(
    'goroutine 10 could run and waited 2.0 µs for a P: goroutine 11 had woken it at pool.go:44.',
  )
})

test('an interruption and a handed-off P are told as what they are', () => {
  const model = madeOf(
    [
      { goroutine: 0, state: running, begin: 0, end: 10_000_000, proc: 0 },
      {
        goroutine: 0,
        state: runnable,
        begin: 10_000_000,
        end: 10_001_000,
        reason: StopWord.preempted,
        line: 7,
        proc: 0,
      },
      { goroutine: 0, state: running, begin: 10_001_000, end: 10_002_000, proc: 0 },
      { goroutine: 0, state: syscall, begin: 10_002_000, end: 10_100_000, proc: 0, line: 9 },
    ],
    { handoffs: { at: [10_030_000], proc: [0], goroutine: [0] } },
  )
  expect(storyOf(model, 0).map(plain)).toContain('It was preempted at pool.go:7, and went into the global queue.')
  expect(plain(storyOf(model, 3)[0] ?? [])).toContain('P0 was handed off to another thread after 28.0 µs.')
})

test('who is asked for at a moment is found, before and after too', () => {
  expect(spanDuring(HANDOVER, 0, 500)).toBe(at(0))
  expect(spanDuring(HANDOVER, 0, 1000)).toBe(at(1000))
  expect(spanDuring(HANDOVER, 0, 9_000_000)).toBe(at(1_303_000))
})
