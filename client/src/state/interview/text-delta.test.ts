import { expect, test } from 'vitest'
import { Doc } from 'yjs'
import { editsOf, movedOffset, sideOf } from './text-delta.ts'

test('a change of a shared text is replacements in the text as it was', () => {
  const text = new Doc().getText()
  text.insert(0, 'abcdefgh')
  const told: unknown[] = []
  text.observe(({ delta }) => told.push(editsOf(delta)))
  text.doc?.transact(() => {
    text.delete(1, 2)
    text.insert(1, 'XY')
    text.insert(6, '!')
  })
  expect(told).toEqual([
    [
      { start: 1, end: 3, insert: 'XY' },
      { start: 6, end: 6, insert: '!' },
    ],
  ])
})

test.each([
  ['before the change', 0, 'right', 0],
  ['at an insertion, behind what is left of it', 2, 'left', 2],
  ['at an insertion, before what is right of it', 2, 'right', 5],
  ['behind the insertion', 3, 'left', 6],
  ['within what was replaced, no further than its end', 7, 'left', 9],
  ['at the end of what was replaced', 8, 'left', 9],
  ['behind all', 10, 'left', 11],
  ['at the beginning of a line, before what is typed there', 2, 'line', 2],
] as const)('a place %s', (_, offset, side, want) => {
  const edits = [
    { start: 2, end: 2, insert: '+++' },
    { start: 5, end: 8, insert: 'x' },
  ]
  expect(movedOffset(offset, edits, side)).toBe(want)
})

test('a cursor at the beginning of a line goes with the line, any other stays with what was typed before it', () => {
  expect([0, 2, 3].map((offset) => sideOf(offset, 'a\nbc'))).toEqual(['line', 'line', 'left'])
  expect(movedOffset(2, [{ start: 2, end: 2, insert: 'new\n' }], 'line')).toBe(6)
})
