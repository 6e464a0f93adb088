import { foldEntries, startOf } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { createStore } from '../store.ts'
import { interviewLog } from '../testdata/interview-log.ts'
import { FIRST_VIEW } from '../view.ts'
import type { Workspace } from '../workspace.ts'
import { evidenceNow, openLine, placeOf } from './evidence.ts'

function deskAt(line: number, text: string) {
  const workspace: Workspace = {
    exercise: 'hit-counter',
    files: [{ name: 'hits.go', text, role: 'editable' }],
    active: 'hits.go',
    starter: [],
    answers: {},
  }
  const opened: [string, number][] = []
  const said: string[] = []
  const desk = {
    at: () => 61_000,
    runs: { shown: () => null },
    workspace: createStore<Workspace | null>(workspace),
    view: createStore({ ...FIRST_VIEW, cursor: { line, column: 1 } }),
    openPlace: (_: unknown, file: string, at: number) => void opened.push([file, at]),
    notice: (notice: string) => void said.push(notice),
  }
  return { desk, opened, said }
}

test('the line at the cursor and the moment can be cited', () => {
  const { desk } = deskAt(2, 'package hits\n\tc.total++\n')
  expect(evidenceNow(desk)).toEqual([
    { type: 'line', path: 'hit-counter/hits.go', line: 2, text: 'c.total++', at: 61_000 },
    { type: 'moment', at: 61_000, words: '' },
  ])
})

test('evidence has its place in the replay: a run by its number, all else by the time since the start', () => {
  const interview = foldEntries(interviewLog({ churn: 0 }))
  const start = startOf(interview)
  expect(placeOf(interview, { type: 'run', run: 'r3' })).toEqual({ run: 3 })
  expect(placeOf(interview, { type: 'moment', at: start + 782_400, words: '' })).toEqual({ seconds: 782.4 })
})

describe('a cited line', () => {
  const cited = { type: 'line', path: 'hit-counter/hits.go', line: 2, text: 'c.total++', at: 0 } as const

  test.each([
    ['where it stood', 'package hits\n\tc.total++\n', 2],
    ['where it stands now', 'package hits\n\n\n\tc.total++\n', 4],
    ['where it was, when it is gone', 'package hits\n\n', 2],
  ])('is shown %s', (_, text, line) => {
    const { desk, opened } = deskAt(1, text)
    openLine(desk, cited)
    expect(opened).toEqual([['hits.go', line]])
  })

  test('of another exercise is not', () => {
    const { desk, opened, said } = deskAt(1, '')
    openLine(desk, { ...cited, path: 'worker-pool/pool.go' })
    expect([opened, said]).toEqual([[], ['worker-pool/pool.go is not open now.']])
  })
})
