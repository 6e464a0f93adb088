import { expect, test } from 'vitest'
import { smallestEdit } from './smallest-edit.ts'

const cases: [label: string, from: string, to: string, want: { start: number; end: number; insert: string }][] = [
  ['nothing', 'abc', 'abc', { start: 3, end: 3, insert: '' }],
  ['an insertion', 'ac', 'abc', { start: 1, end: 1, insert: 'b' }],
  ['a deletion', 'abbbc', 'abc', { start: 2, end: 4, insert: '' }],
  ['a replacement in the middle', 'x := 1', 'x = 1', { start: 2, end: 3, insert: '' }],
  ['everything', 'abc', 'xyz', { start: 0, end: 3, insert: 'xyz' }],
  ['another smiley', 'a😀b', 'a😁b', { start: 1, end: 3, insert: '😁' }],
  ['a smiley with the same second half', '\u{1F600}', '\u{1FA00}', { start: 0, end: 2, insert: '\u{1FA00}' }],
  ['from nothing', '', 'abc', { start: 0, end: 0, insert: 'abc' }],
]

test.each(cases)('%s is one edit between the common ends', (_, from, to, want) => {
  expect(smallestEdit(from, to)).toEqual(want)
  expect(from.slice(0, want.start) + want.insert + from.slice(want.end)).toBe(to)
})
