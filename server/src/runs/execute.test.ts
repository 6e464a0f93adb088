import { fileURLToPath } from 'node:url'
import { MAX_SOURCE_BYTES, type RunEvent, SCRATCH } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { loadCatalogue } from '../exercises/catalogue.ts'
import { createExecute } from './execute.ts'

const EXERCISES = fileURLToPath(new URL('../../../exercises', import.meta.url))

/** A run that must be refused before it asks for a sandbox. */
async function refused(exercise: string, files: { name: string; text: string }[]) {
  const { exercises } = await loadCatalogue(EXERCISES)
  const sandboxes = { acquire: () => Promise.reject(new Error('a sandbox was asked for')) }
  const events: RunEvent[] = []
  const request = { exercise, files, snapshot: 's' }
  const execute = createExecute({ exercises, sandboxes })
  const task = { person: 'p', request }
  const verdict = await execute(task, new AbortController().signal, (event) => void events.push(event))
  return { events, verdict }
}

const large = [{ name: 'hits.go', text: 'x'.repeat(MAX_SOURCE_BYTES + 1) }]
const many = Array.from({ length: 30 }, (_, n) => ({ name: `f${n}.go`, text: 'package f\n' }))

test.each([
  ['too much source', 'hit-counter', large, 'hits.go'],
  ['too much source', SCRATCH, large, 'hits.go'],
  ['too many files', 'hit-counter', many, 'f20.go'],
  ['too many files', SCRATCH, many, 'f20.go'],
  ['a file that is not Go', 'hit-counter', [{ name: 'x.s', text: '' }], 'x.s'],
  ['a file that is not Go', SCRATCH, [{ name: 'x.s', text: '' }], 'x.s'],
])('%s in %s is refused with the file in its events, without a sandbox', async (_, exercise, files, file) => {
  const { events, verdict } = await refused(exercise, files)
  expect(events).toMatchObject([{ type: 'diagnostics', diagnostics: [{ file, line: 1 }] }])
  expect(verdict.verdict).toBe('rejected')
})
