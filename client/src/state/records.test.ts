import type { ExerciseSummary, Progress, ServerMessage, SolutionsDetail } from '@sandbox/protocol'
import { describe, expect, it } from 'vitest'
import type { RecordKeeper } from './ports.ts'
import { nextUnsolved, progressFacts, Records, standingOf, surprise } from './records.ts'

const SOLUTIONS: SolutionsDetail = {
  reference: { name: 'reference', files: [] },
  notes: 'why',
  alternatives: [],
  wrong: [],
  hiddenTests: [],
}

function progress(exercise: string, changed: Partial<Progress> = {}): Progress {
  const empty = { openedAt: 1, runs: 0, raced: 0, solvedAt: null, solvedInRuns: null, revealedAt: null }
  return { exercise, ...empty, ...changed }
}

/** A server that knows who solved what. */
class FakeKeeper implements RecordKeeper {
  rows: Progress[] = []
  async progress() {
    return this.rows
  }
  async solutions(slug: string) {
    const row = this.rows.find(({ exercise }) => exercise === slug)
    return row && (row.solvedAt !== null || row.revealedAt !== null) ? SOLUTIONS : null
  }
  async reveal(slug: string) {
    this.rows.push(progress(slug, { revealedAt: 5 }))
  }
}

const verdict = (exercise: string) =>
  ({ type: 'event', run: exercise, event: { type: 'verdict' } }) as unknown as ServerMessage

describe('solutions', () => {
  it('stay closed until the exercise is solved, and open at the verdict that solves it', async () => {
    const keeper = new FakeKeeper()
    const records = new Records(keeper)
    records.opened('retry')
    await records.showSolutions()
    expect(records.solutions.get().type).toBe('closed')

    keeper.rows = [progress('retry', { solvedAt: 9, solvedInRuns: 2 })]
    records.receive(verdict('retry'))
    await records.showSolutions()
    expect(records.solutions.get()).toEqual({ type: 'open', detail: SOLUTIONS })
  })

  it('open for who gives up, which is marked at once', async () => {
    const records = new Records(new FakeKeeper())
    records.opened('retry')
    await records.reveal()
    expect(records.solutions.get().type).toBe('open')
    expect(records.progress.get().get('retry')?.revealedAt).toBe(5)
  })

  it('are not asked for while the server would refuse them', async () => {
    const keeper = new FakeKeeper()
    let asked = 0
    keeper.solutions = async () => {
      asked++
      return null
    }
    const records = new Records(keeper)
    records.opened('retry')
    await records.showSolutions()
    expect([records.solutions.get().type, asked]).toEqual(['closed', 0])
  })

  it('of an exercise that was left meanwhile are not shown with the next one', async () => {
    const keeper = new FakeKeeper()
    keeper.rows = [progress('retry', { solvedAt: 9, solvedInRuns: 1 })]
    const records = new Records(keeper)
    records.opened('retry')
    const asked = records.showSolutions()
    records.opened('oversell')
    await asked
    expect(records.solutions.get().type).toBe('unasked')
  })

  it('that cannot be had say why', async () => {
    const keeper = new FakeKeeper()
    keeper.rows = [progress('retry', { solvedAt: 9, solvedInRuns: 1 })]
    keeper.solutions = () => Promise.reject(new Error('The server cannot be reached.'))
    const records = new Records(keeper)
    records.opened('retry')
    await records.showSolutions()
    expect(records.solutions.get()).toEqual({ type: 'failed', sentence: 'The server cannot be reached.' })
  })
})

it.each([
  ['new', undefined],
  ['new', progress('a')],
  ['tried', progress('a', { runs: 3 })],
  ['solved', progress('a', { runs: 3, solvedAt: 5, solvedInRuns: 2 })],
  ['solved-at-once', progress('a', { runs: 3, solvedAt: 5, solvedInRuns: 1 })],
  // Who has read the solution first has not solved it at first try.
  ['solved', progress('a', { runs: 1, solvedAt: 5, solvedInRuns: 1, revealedAt: 4 })],
] as const)('an exercise is %s', (standing, row) => {
  expect(standingOf(row)).toBe(standing)
})

describe('what to do next', () => {
  const exercises = ['a', 'b', 'c'].map((slug) => ({ slug }) as ExerciseSummary)
  const solved = (...slugs: string[]) =>
    new Map(slugs.map((slug) => [slug, progress(slug, { solvedAt: 1, solvedInRuns: 1 })]))

  it('is the next unsolved one of the list', () => {
    expect(nextUnsolved(exercises, solved('b'), 'a')?.slug).toBe('c')
  })

  it('begins again at the end of the list, and ends when all are solved', () => {
    expect(nextUnsolved(exercises, solved(), 'c')?.slug).toBe('a')
    expect(nextUnsolved(exercises, solved('a', 'b', 'c'), 'c')).toBeNull()
  })

  it('is never the open one', () => {
    expect(nextUnsolved(exercises, solved('a', 'c'), 'b')).toBeNull()
    expect(surprise(exercises, solved('a', 'c'), 'b', 0)).toBeNull()
  })

  it('can be any unsolved one', () => {
    const chances = [0, 0.49, 0.5, 0.99].map((chance) => surprise(exercises, solved(), 'a', chance)?.slug)
    expect(chances).toEqual(['b', 'b', 'c', 'c'])
  })
})

describe('the way with an exercise', () => {
  it('is told with its standing first: runs, time, what was seen, races met', () => {
    const MINUTE = 60_000
    expect(progressFacts(undefined)).toEqual([])
    expect(progressFacts(progress('retry'))).toEqual([])
    expect(progressFacts(progress('retry', { runs: 2, raced: 1 }))).toEqual(['tried in 2 runs', 'a race met in 1 run'])
    const solved = { runs: 9, openedAt: 0, solvedAt: 12 * MINUTE }
    expect(progressFacts(progress('retry', { ...solved, solvedInRuns: 1 }))).toEqual([
      'solved at first try',
      '12 min after opening',
    ])
    expect(progressFacts(progress('retry', { ...solved, solvedInRuns: 3, revealedAt: 7, raced: 2 }))).toEqual([
      'solved in 3 runs',
      '12 min after opening',
      'solution seen first',
      'a race met in 2 runs',
    ])
  })
})
