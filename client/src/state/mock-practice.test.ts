import { expect, test } from 'vitest'
import { MockPractice, mockTime } from './mock-practice.ts'
import type { RunState } from './run.ts'
import { memoryStorage } from './testdata/memory-storage.ts'
import { foldedRun } from './testdata/recorded.ts'

const MINUTE = 60_000

function passedAt(acceptedAt: number): RunState {
  return { ...foldedRun('passed'), acceptedAt }
}

test('the clock counts down, then tells by how much it is over', () => {
  const mock = { exercise: 'hit-counter', minutes: 15, startedAt: 0, solvedAt: null }
  expect(mockTime(mock, 0)).toEqual({ text: '15:00', state: 'running' })
  expect(mockTime(mock, 14 * MINUTE + 51_000)).toEqual({ text: '0:09', state: 'running' })
  expect(mockTime(mock, 17 * MINUTE + 5_000)).toEqual({ text: '2:05', state: 'over' })
})

test('a run of its exercise that began since and has passed stops the clock', () => {
  const practice = new MockPractice(memoryStorage())
  practice.start('hit-counter', 15, 10_000)
  practice.ended({ ...foldedRun('failed'), acceptedAt: 20_000 })
  practice.ended(passedAt(9_000))
  practice.ended({
    ...passedAt(20_000),
    description: { ...foldedRun('passed').description, exercise: 'another' },
  })
  practice.ended({ ...passedAt(20_000), description: { ...foldedRun('passed').description, insight: 'profile' } })
  expect(practice.current.get()?.solvedAt).toBeNull()
  const run = passedAt(10_000 + 2 * MINUTE)
  practice.ended(run)
  const mock = practice.current.get()
  expect(mock?.solvedAt).toBe(run.acceptedAt + run.at)
  expect(mock && mockTime(mock, 99 * MINUTE)).toEqual({ text: '2:00', state: 'solved' })
})

test('it survives a reload of its tab until it is stopped', () => {
  const map = new Map<string, string>()
  new MockPractice(memoryStorage(map)).start('retry', 20, 5)
  const again = new MockPractice(memoryStorage(map))
  expect(again.current.get()).toMatchObject({ exercise: 'retry', minutes: 20, startedAt: 5 })
  again.stop()
  expect(new MockPractice(memoryStorage(map)).current.get()).toBeNull()
  map.set('mock-practice', '{}')
  expect(new MockPractice(memoryStorage(map)).current.get()).toBeNull()
})
