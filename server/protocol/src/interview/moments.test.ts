import { expect, test } from 'vitest'
import type { Verdict } from '../verdict.ts'
import { durationWords, racesToFix, stampOf, startOf } from './moments.ts'
import { foldEntries, type InterviewRun, NEW_INTERVIEW } from './state.ts'

test('a bracket goes from the first race of an exercise to its next pass, whatever lies between', () => {
  const runs = [
    run('1', 'a', 'passed'),
    run('2', 'a', 'race'),
    run('3', 'b', 'race'),
    run('4', 'a', 'race'),
    run('5', 'b', 'failed'),
    run('6', 'a', 'passed'),
    run('7', 'a', 'race'),
    run('8', 'a', 'passed'),
  ]
  expect(racesToFix(runs)).toEqual([
    { exercise: 'a', race: '2', from: 2, fix: '6', to: 6 },
    { exercise: 'b', race: '3', from: 3, fix: null, to: null },
  ])
})

test('a closer look mends nothing: it has no race detector', () => {
  const runs = [
    run('1', 'a', 'race'),
    { ...run('2', 'a', 'passed'), insight: 'profile' as const },
    run('3', 'a', 'passed'),
  ]
  expect(racesToFix(runs)).toMatchObject([{ race: '1', fix: '3' }])
})

function run(id: string, exercise: string, verdict: Verdict): InterviewRun {
  return { id, exercise, by: null, at: Number(id), verdict, summary: '' }
}

test.each([
  [0, '00:00:00'],
  [782_999, '00:13:02'],
  [-999, '00:00:00'],
  [-130_000, '−00:02:10'],
  [100 * 3_600_000, '100:00:00'],
])('%i ms is the moment %s', (ms, stamp) => expect(stampOf(ms)).toBe(stamp))

test.each([
  [0, '0 s'],
  [-5, '0 s'],
  [22_400, '22 s'],
  [322_000, '5 min 22 s'],
  [90 * 60_000, '90 min'],
])('%i ms took %s', (ms, words) => expect(durationWords(ms)).toBe(words))

test('an interview starts with its clock, or with what was opened first', () => {
  const opened = { seq: 1, at: 7, by: 'm1', entry: { type: 'opened', exercise: 'scratch' } } as const
  const clock = { seq: 2, at: 9, by: 'm1', entry: { type: 'clock', action: 'start' } } as const
  expect(startOf(NEW_INTERVIEW)).toBe(0)
  expect(startOf(foldEntries([opened]))).toBe(7)
  expect(startOf(foldEntries([opened, clock]))).toBe(9)
})
