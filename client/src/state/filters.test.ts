import type { ExerciseSummary, Progress } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { filterChoices, filterExercises, isFiltered, NO_FILTERS, withFilter } from './filters.ts'
import { loadFilters, saveFilters } from './preferences.ts'
import { memoryStorage } from './testdata/memory-storage.ts'

const exercise = (slug: string, changed: Partial<ExerciseSummary>): ExerciseSummary => ({
  slug,
  topic: 'leaks',
  title: slug,
  kind: 'fix',
  level: 'medium',
  minutes: 10,
  seed: ['Q5'],
  tags: ['x'],
  ...changed,
})

const LIST = [
  exercise('goroutine-leak', {}),
  exercise('retry', { topic: 'errors', kind: 'build', seed: ['Q4', 'Q9'] }),
  exercise('oversell', { topic: 'booking', level: 'hard', seed: ['Q9'] }),
]
const solved: Progress = {
  exercise: 'retry',
  openedAt: 1,
  runs: 1,
  raced: 0,
  solvedAt: 2,
  solvedInRuns: 1,
  revealedAt: null,
}
const PROGRESS = new Map([['retry', solved]])

test.each([
  [{ topic: 'errors' }, ['retry']],
  [{ kind: 'fix' as const }, ['goroutine-leak', 'oversell']],
  [{ level: 'hard' as const }, ['oversell']],
  [{ seed: 'Q9' as const }, ['retry', 'oversell']],
  [{ seed: 'Q9' as const, standing: 'unsolved' as const }, ['oversell']],
  [{ standing: 'solved' as const }, ['retry']],
  [{}, ['goroutine-leak', 'retry', 'oversell']],
])('%j lets through %j', (filters, slugs) => {
  expect(filterExercises(LIST, { ...NO_FILTERS, ...filters }, PROGRESS).map(({ slug }) => slug)).toEqual(slugs)
})

test('only what some exercise has can be chosen', () => {
  expect(filterChoices(LIST).map(({ name, values }) => `${name}: ${values.join(' ')}`)).toEqual([
    'topic: leaks errors booking',
    'kind: fix build',
    'level: medium hard',
    'seed: Q4 Q5 Q9',
    'standing: unsolved solved',
  ])
})

test('filters are kept in the browser, and junk in their place is none', () => {
  const storage = memoryStorage()
  saveFilters(storage, withFilter(NO_FILTERS, 'level', 'hard'))
  expect(loadFilters(storage)).toEqual({ ...NO_FILTERS, level: 'hard' })
  storage.setItem('filters', '{"level":"impossible"}')
  expect(loadFilters(storage)).toEqual(NO_FILTERS)
  storage.setItem('filters', '{')
  expect(isFiltered(loadFilters(storage))).toBe(false)
})

test('a filter is taken back by an empty value, and by one that it cannot have', () => {
  const hard = withFilter(NO_FILTERS, 'level', 'hard')
  expect(withFilter(hard, 'level', '')).toEqual(NO_FILTERS)
  expect(withFilter(hard, 'level', 'impossible')).toEqual(NO_FILTERS)
})
