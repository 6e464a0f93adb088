import { GoState } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { madeOf, workerPool } from '../testdata/timelines.ts'
import { plain } from './story.ts'
import { tourOf } from './tour.ts'

describe('the tour of a worker pool', () => {
  const model = workerPool()
  const tour = tourOf(model)

  test('begins with words, follows one goroutine through the scheduler, and ends with what the trace has not', () => {
    expect(tour.map(({ title }) => title)).toEqual([
      'G, M and P',
      'A P runs a goroutine',
      'It blocks',
      'The P takes the next one',
      'Somebody wakes it',
      'Another P takes it',
      'Not in this trace',
    ])
  })

  test('speaks of one goroutine all the way, at places of the candidate’s own file', () => {
    const [, runs, blocks] = tour
    const { goroutine } = model.timeline.spans
    expect(goroutine[blocks?.row ?? -1]).toBe(goroutine[runs?.row ?? -1])
    expect(plain(blocks?.sentences[0] ?? [])).toMatch(
      /^goroutine \d+ has to wait for a (Mutex|WaitGroup|case|receive).* at pool\.go:\d+\.$/,
    )
    expect(tour[4]?.sentences.map(plain).join(' ')).toMatch(/^It was unblocked by goroutine \d+ at pool\.go:\d+\./)
  })

  test('shows what it speaks of: the span lies in the window of its step', () => {
    for (const { row, window } of tour.filter((step) => step.row >= 0)) {
      expect(model.end[row]).toBeGreaterThan(window.from)
      expect(model.begin[row]).toBeLessThan(window.to)
    }
  })
})

test('a trace in which nobody waited has a tour without an example, and says what is missing', () => {
  const tour = tourOf(madeOf([{ goroutine: 0, state: GoState.running, begin: 0, end: 100, proc: 0 }]))
  expect(tour.map(({ title }) => title)).toEqual(['G, M and P', 'Not in this trace'])
  expect(tour[1]?.sentences.map(plain)).toContain('Giving way: nobody called runtime.Gosched.')
})
