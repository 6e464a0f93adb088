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

describe('a recorded panic', () => {
  const run = foldedRun('panic')

  test('marks the line that panicked, with its words', () => {
    expect(marksOf(run, 0)).toEqual([
      expect.objectContaining({
        kind: 'panic',
        file: 'a.go',
        line: 4,
        selected: true,
        note: 'The panic is from this line: assignment to entry in nil map',
      }),
    ])
  })

  test('marks the line that led to a panic elsewhere, and the go statement of its goroutine', () => {
    const goroutine = run.panic?.goroutine
    if (!run.panic || !goroutine?.site) throw new Error('the recording has no panic')
    const started = { ...goroutine.site, file: 'a.go', line: 9 }
    const inTest = { ...goroutine.site, file: 'visible_test.go', line: 30, origin: 'test' as const }
    const called = { ...goroutine.site, line: 12 }
    const panicked = { ...goroutine, created: started, site: inTest, stack: [goroutine.site, inTest, called] }
    const marks = marksOf({ ...run, panic: { ...run.panic, goroutine: panicked } }, 0)
    expect(marks.map(({ kind, file, line }) => `${kind} ${file}:${line}`)).toEqual([
      'go a.go:9',
      'panic a.go:12',
      'panic visible_test.go:30',
    ])
  })
})

test('goroutines that nothing can wake have their go statement marked, once', () => {
  const run = foldedRun('deadlock')
  const [goroutine] = run.dump?.goroutines ?? []
  if (!run.dump || !goroutine?.site) throw new Error('the recording has no goroutine')
  const leaked = { ...goroutine, role: 'candidate' as const, leaked: true, created: { ...goroutine.site, line: 9 } }
  const marks = marksOf({ ...run, dump: { ...run.dump, goroutines: [leaked, { ...leaked, id: 99 }] } }, 0)
  expect(marks.map(({ kind, line, race }) => [kind, line, race])).toEqual([
    ['go', 9, null],
    ['blocked', goroutine.site.line, null],
  ])
})

test('a run without evidence marks nothing', () => {
  expect(marksOf(foldedRun('passed'), 0)).toEqual([])
})
