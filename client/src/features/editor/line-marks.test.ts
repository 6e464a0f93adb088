import { expect, test } from 'vitest'
import { mapLines } from '../../state/line-map.ts'
import { marksOf } from '../../state/marks.ts'
import { foldedRun } from '../../state/testdata/recorded.ts'
import { lineMarks } from './line-marks.ts'

const run = foldedRun('race')
const snapshot = run.description.files[0]?.text ?? ''
const marks = marksOf(run, 0)

test('a line with both accesses shows the write, both letters and both notes', () => {
  const line = lineMarks(marks, 'hits.go', mapLines(snapshot, snapshot)).find((mark) => mark.line === 29)
  expect(line).toMatchObject({ kind: 'write', lanes: 'AB', selected: true, race: 0 })
  expect(line?.story).toBeNull()
  expect(line?.notes.slice(0, 2)).toEqual([expect.stringMatching(/A writes/), expect.stringMatching(/B reads/)])
  expect(line?.notes[2]).toMatch(/^Also in races? \d/)
})

test('a line of another race is drawn in the margin with the number of its story and opens that race', () => {
  const other = lineMarks(marks, 'hits.go', mapLines(snapshot, snapshot)).find((mark) => !mark.selected)
  expect(other?.race).toBeGreaterThan(0)
  expect(other?.story).toBe((other?.race ?? 0) + 1)
  expect(other?.notes[0]).toMatch(new RegExp(`^Race ${other?.story}: Goroutine`))
})

test('marks follow their lines, and a changed line loses its own', () => {
  const moved = lineMarks(marks, 'hits.go', mapLines(snapshot, `// new\n${snapshot}`))
  expect(moved.some((mark) => mark.line === 30 && mark.selected)).toBe(true)
  const fixed = lineMarks(marks, 'hits.go', mapLines(snapshot, snapshot.replace('\tc.total++', '\tc.total += 1')))
  expect(fixed.some((mark) => mark.selected)).toBe(false)
})

test('only marks of the file are shown', () => {
  const lines = lineMarks(marks, 'visible_test.go', (line) => line)
  expect(lines.find((mark) => mark.line === 38)).toMatchObject({ kind: 'go', lanes: 'AB' })
  expect(lineMarks(marks, 'other.go', (line) => line)).toEqual([])
})
