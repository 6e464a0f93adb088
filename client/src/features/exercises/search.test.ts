import type { ExerciseSummary } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { searchExercises } from './search.ts'

function exercise(slug: string, more: Partial<ExerciseSummary>): ExerciseSummary {
  const base = {
    topic: 'patterns',
    title: slug,
    kind: 'fix',
    level: 'medium',
    minutes: 20,
    seed: ['Q2'],
    tags: [],
  } as const
  return { ...base, slug, seed: ['Q2'], tags: [], ...more }
}

const list = [
  exercise('worker-pool', { tags: ['leak', 'backpressure'] }),
  exercise('goroutine-leak', { seed: ['Q5'], title: 'The losers that never went home' }),
  exercise('hit-counter', { seed: ['Q1'], level: 'warm-up' }),
]

const cases: [query: string, want: string[]][] = [
  ['', ['worker-pool', 'goroutine-leak', 'hit-counter']],
  ['leak', ['goroutine-leak', 'worker-pool']],
  ['Q5', ['goroutine-leak']],
  ['  warm  ', ['hit-counter']],
  ['q2 back', ['worker-pool']],
  ['nothing', []],
]

test.each(cases)('"%s" finds what has every word, names first', (query, want) => {
  expect(searchExercises(list, query).map((one) => one.slug)).toEqual(want)
})
