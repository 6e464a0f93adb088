import { describe, expect, test } from 'vitest'
import { lanesOf, marksOf } from './marks.ts'
import { foldedRun } from './testdata/recorded.ts'

describe('a recorded race', () => {
  const run = foldedRun('race')
  const marks = marksOf(run, 0)

  test('marks both accesses and both go statements of the selected race', () => {
    const selected = marks.filter((mark) => mark.selected)
    expect(selected.map(({ kind, file, line, lane }) => ({ kind, file, line, lane }))).toEqual([
      { kind: 'go', file: 'visible_test.go', line: 38, lane: 'A' },
      { kind: 'write', file: 'hits.go', line: 29, lane: 'A' },
      { kind: 'go', file: 'visible_test.go', line: 38, lane: 'B' },
      { kind: 'read', file: 'hits.go', line: 29, lane: 'B' },
    ])
  })

  test('marks the other races in the margin only, and no line of a hidden test', () => {
    expect(marks.filter((mark) => !mark.selected).length).toBeGreaterThan(0)
    expect(marks.every((mark) => mark.line > 0)).toBe(true)
    expect(new Set(marks.map((mark) => mark.file))).toEqual(new Set(['hits.go', 'visible_test.go']))
  })

  test('puts the write into lane A where only one of the two writes', () => {
    for (const race of run.races) {
      const [a] = lanesOf(race)
      expect(a.kind).toBe('write')
    }
  })
})

test('a recorded deadlock marks the line of the blocked goroutines once', () => {
  const marks = marksOf(foldedRun('deadlock'), 0)
  expect(marks.filter((mark) => mark.file === 'handshake.go')).toEqual([
    expect.objectContaining({ kind: 'blocked', line: 21, race: null, selected: true }),
  ])
})

test('a run without evidence marks nothing', () => {
  expect(marksOf(foldedRun('passed'), 0)).toEqual([])
})
