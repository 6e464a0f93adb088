// @vitest-environment happy-dom
import type { ExerciseSummary, Progress } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { Practice } from '../../state/practice.ts'
import { anyDraft } from '../../state/testdata/draft-server.ts'
import { memoryStorage } from '../../state/testdata/memory-storage.ts'
import { hitCounter } from '../../state/testdata/recorded.ts'
import { render } from '../../ui/test-render.ts'
import { MockTimer } from '../page/mock-timer.tsx'
import { ExercisePicker } from './exercise-picker.tsx'

const MINUTE = 60_000

const LIST: ExerciseSummary[] = [
  hitCounter(),
  { ...hitCounter(), slug: 'retry', topic: 'errors', kind: 'build', minutes: 25 },
  { ...hitCounter(), slug: 'rich-errors', topic: 'errors', kind: 'build', level: 'hard', minutes: 20 },
]
const SOLVED: Progress = {
  exercise: 'retry',
  openedAt: 0,
  runs: 4,
  raced: 2,
  solvedAt: 12 * MINUTE,
  solvedInRuns: 3,
  revealedAt: null,
}

async function openList(map = new Map<string, string>()) {
  const practice = new Practice({
    draftServer: anyDraft,
    timelines: { timeline: async () => Promise.reject(new Error('no timeline')) },
    records: { progress: async () => [SOLVED], solutions: async () => null, reveal: async () => {} },
    catalogue: {
      list: async () => LIST,
      detail: async (slug) => ({ ...hitCounter(), ...LIST.find((one) => one.slug === slug) }),
    },
    storage: memoryStorage(map),
    tabStorage: memoryStorage(),
    clock: { now: () => 100 * MINUTE, random: () => 0, after: () => () => {} },
    address: { path: () => '/exercise/hit-counter', go: () => {} },
    newId: () => 'id',
    send: () => true,
    resync: () => {},
  })
  await practice.start()
  const page = await render(
    <>
      <ExercisePicker practice={practice} open onOpen={() => {}} />
      <MockTimer practice={practice} />
    </>,
  )
  const filter = (name: string, value: string) =>
    page.act(() => {
      const select = page.one(`filter-${name}`)
      if (!(select instanceof HTMLSelectElement)) throw new Error('a filter is a select')
      select.value = value
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
  const shown = () => page.all('exercise-item').map((item) => item.dataset.slug)
  return { ...page, practice, filter, shown }
}

test('the list is narrowed by what is chosen, says so, and stays so for the next time', async () => {
  const map = new Map<string, string>()
  const { filter, shown, button, act } = await openList(map)
  expect(shown()).toEqual(['hit-counter', 'retry', 'rich-errors', 'scratch'])
  await filter('topic', 'errors')
  expect(shown()).toEqual(['retry', 'rich-errors'])
  await filter('standing', 'unsolved')
  expect(shown()).toEqual(['rich-errors'])
  expect((await openList(map)).shown()).toEqual(['rich-errors'])
  await act(() => button('Clear').click())
  expect(shown()).toHaveLength(4)
})

test('filters that nothing passes say so, and are a press away from all exercises', async () => {
  const { filter, shown, button, act, one } = await openList()
  await filter('topic', 'errors')
  await filter('kind', 'fix')
  expect(shown()).toEqual([])
  expect(one('exercise-list').textContent).toContain('No exercise passes the filters.')
  await act(() => button('Search all exercises').click())
  expect(shown()).toHaveLength(4)
})

test('what was solved says in how many runs, how fast, and whether races were met', async () => {
  const { all, one } = await openList()
  const retry = all('exercise-item').find((item) => item.dataset.slug === 'retry')
  expect(retry?.textContent).toContain('solved in 3 runs')
  expect(retry?.textContent).toContain('12 min after opening · a race met in 2 runs')
  expect(one('solved-count').textContent).toBe('1 of 3 solved')
})

test('a surprise is an unsolved exercise that passes the filters, against its own clock, until it is stopped', async () => {
  const { practice, filter, button, act, one, all } = await openList()
  await filter('topic', 'errors')
  await act(() => button('Surprise me').click())
  expect(practice.workspace.get()?.exercise).toBe('rich-errors')
  expect(practice.mock.current.get()).toMatchObject({ exercise: 'rich-errors', minutes: 20, startedAt: 100 * MINUTE })
  expect(one('mock-timer').getAttribute('aria-label')).toBe('Mock practice of rich-errors, 20 minutes')
  await act(() => button('Stop the mock practice').click())
  expect(all('mock-timer')).toEqual([])
})
