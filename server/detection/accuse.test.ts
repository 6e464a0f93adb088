import { join } from 'node:path'
import type { RunEvent } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { ROOT } from '../commands/tools/programs.ts'
import { emptyVerdict } from '../src/runs/endings.ts'
import { accusationOf, MAX_MS, missOf } from './accuse.ts'
import { type Bug, loadCorpus } from './corpus.ts'

const BUG: Bug = {
  name: 'race-plain/counter',
  class: 'race-plain',
  files: [],
  verdicts: ['race'],
  lines: ['counter.go:12', 'counter.go:20'],
  why: 'nothing orders them',
}
const race = emptyVerdict('race', 'Race: `n` is written at counter.go:12 and read at counter.go:31.')

test('a bug is named by a right word with a right line in time', () => {
  expect(missOf(BUG, { events: [], verdict: race }, 900)).toBeNull()
})

test.each([
  ['another verdict', { ...race, verdict: 'leak' as const }, 900, /^not race, but leak/],
  ['another line', { ...race, summary: 'Race: at counter.go:120.' }, 900, /^none of counter\.go:12, .* is named/],
  ['too late', race, MAX_MS + 1, /^it took 5001 ms/],
])('%s is a miss', (_, verdict, ms, reason) => {
  expect(missOf(BUG, { events: [], verdict }, ms)).toMatch(reason)
})

test('a line that the editor marks counts, one of a goroutine that merely stands somewhere does not', () => {
  const frame = { function: 'f', file: 'counter.go', line: 20, origin: 'candidate' as const }
  const unknown = {
    created: null,
    creator: null,
    waitsFor: null,
    holds: [],
    selects: [],
    told: '',
    alone: false,
    alike: 0,
    test: null,
    stack: [frame],
  }
  const dump = (leaked: boolean): RunEvent => ({
    type: 'goroutines',
    reason: 'leak',
    goroutines: [{ id: 7, state: 'chan send', leaked, role: 'candidate', site: frame, ...unknown }],
    total: 1,
  })
  const silent = { ...race, summary: 'Race.' }
  expect(missOf(BUG, { events: [dump(true)], verdict: silent }, 900)).toBeNull()
  expect(missOf(BUG, { events: [dump(false)], verdict: silent }, 900)).toMatch(/^none of/)
})

test('whatever is not a pass accuses a right program', () => {
  expect(accusationOf({ verdict: emptyVerdict('passed', 'Passed.') })).toBeNull()
  expect(accusationOf({ verdict: emptyVerdict('timeout', 'Timeout: 10 s.') })).toBe('timeout: Timeout: 10 s.')
})

test('the corpus is complete: every line of a case is a line of its files, and every class has its share', async () => {
  const { bugs, lookalikes } = await loadCorpus(join(ROOT, 'server/detection'))
  const wrong = bugs.flatMap(({ name, files, lines }) =>
    lines
      .filter((at) => {
        const [file, line] = at.split(':')
        const text = files.find((one) => one.name === file)?.text.split('\n')[Number(line) - 1] ?? ''
        return text.trim() === ''
      })
      .map((at) => `${name}: ${at}`),
  )
  expect(wrong).toEqual([])
  expect(bugs.length).toBeGreaterThanOrEqual(60)
  expect(lookalikes.length).toBeGreaterThanOrEqual(30)
  expect(new Set([...bugs, ...lookalikes].map(({ name }) => name)).size).toBe(bugs.length + lookalikes.length)
})
