import { expect, test } from 'vitest'
import { mapLines } from './line-map.ts'

const before = 'package a\n\nvar x int\n\nfunc f() {\n\tx++\n}\n\nfunc g() {\n\tx--\n}'

function follow(after: string): (number | null)[] {
  const map = mapLines(before, after)
  return before.split('\n').map((_, index) => map(index + 1))
}

test('an unchanged text keeps its lines', () => {
  expect(follow(before)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
})

test('lines above and below an insertion are followed', () => {
  expect(follow(before.replace('\tx++', '\tmu.Lock()\n\tx++\n\tmu.Unlock()'))).toEqual([
    1, 2, 3, 4, 5, 7, 9, 10, 11, 12, 13,
  ])
})

test('insertions in two places are followed between them', () => {
  const after = before.replace('var x int', 'var mu sync.Mutex\nvar x int').replace('\tx--', '\tmu.Lock()\n\tx--')
  expect(follow(after)).toEqual([1, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13])
})

test('a changed line has no place any more', () => {
  expect(follow(before.replace('\tx++', '\tx += 2'))[5]).toBeNull()
})

test('another text has none of the old lines, and lines that never were map to nothing', () => {
  expect(follow('x').filter((line) => line !== null)).toEqual([])
  const map = mapLines(before, `${before}\n`)
  expect([map(0), map(99)]).toEqual([null, null])
})

test('a middle too large to compare counts as changed, its ends do not', () => {
  const many = (word: string) => Array.from({ length: 600 }, (_, index) => `${word} ${index}`)
  const map = mapLines(['top', ...many('a'), 'end'].join('\n'), ['top', ...many('b'), 'end'].join('\n'))
  expect([map(1), map(2), map(602)]).toEqual([1, null, 602])
})
