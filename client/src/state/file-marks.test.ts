import type { RunEvent } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { fileMarksOf } from './file-marks.ts'
import { foldRun, type RunState } from './run.ts'
import { foldedRun, hitCounter } from './testdata/recorded.ts'
import { openExercise, openScratch, type WorkFile } from './workspace.ts'

/** The files of the exercise as they were when the run took its snapshot. */
function filesOf(run: RunState): WorkFile[] {
  return openExercise(hitCounter(), { files: run.description.files, active: '' }).files
}

test('a race marks every file that has one of its lines', () => {
  const run = foldedRun('race')
  const marks = fileMarksOf(run, filesOf(run))
  expect(marks.get('hits.go')).toMatchObject({ kind: 'race', words: expect.stringMatching(/^\d+ lines? of/) })
})

test('a compile error marks its file, until its lines were changed', () => {
  const run = foldedRun('compile-error')
  const files = filesOf(run)
  expect(fileMarksOf(run, files)).toEqual(new Map([['hits.go', { kind: 'error', words: '2 lines with errors' }]]))
  const mended = files.map((file) => ({ ...file, text: file.text.replace('\tc.totl', '\tc.total') }))
  expect(fileMarksOf(run, mended).get('hits.go')?.words).toBe('1 line with an error')
  expect(fileMarksOf(run, filesOf({ ...run, description: { ...run.description, files: [] } })).size).toBe(0)
})

test('a deadlock marks the file where goroutines wait', () => {
  const run = foldedRun('deadlock')
  const [source] = run.description.files
  if (!source) throw new Error('the recording has no file')
  const files = openScratch({ files: run.description.files, active: '' }).files
  expect(fileMarksOf(run, files).get(source.name)?.kind).toBe('blocked')
})

test('advice of vet marks a file that has nothing worse', () => {
  const advice: RunEvent = {
    type: 'diagnostics',
    diagnostics: [
      { source: 'vet', severity: 'advice', file: 'hits.go', line: 3, column: 1, message: 'self-assignment' },
    ],
  }
  const tell = (run: RunState) =>
    fileMarksOf(
      { ...foldRun({ ...run, phase: { type: 'accepted' } }, { seq: run.seq + 1, at: 0, event: advice }) },
      filesOf(run),
    )
  expect(tell(foldedRun('passed')).get('hits.go')).toEqual({ kind: 'advice', words: '1 line that vet remarks on' })
  expect(tell(foldedRun('compile-error')).get('hits.go')?.kind).toBe('error')
})
