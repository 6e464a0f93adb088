import { expect, test } from 'vitest'
import { besideAtFirst, entriesOf, wordsOf } from './solution-entries.ts'

const files = [{ name: 'a.go', text: 'package a\n' }]

test('solutions are listed with the reference first, mistakes with their reason, hidden tests last', () => {
  const entries = entriesOf({
    reference: { name: 'reference', files },
    notes: 'Why.',
    alternatives: [{ name: 'alternatives/channels', files }],
    wrong: [{ name: 'wrong/no-lock', files, what: 'There is no lock.', symptom: 'race' }],
    hiddenTests: files,
  })
  expect(entries.map(({ group, title, text, symptom }) => [group, title, text, symptom])).toEqual([
    ['Reference', 'The reference', 'Why.', null],
    ['Other designs', 'channels', '', null],
    ['Mistakes', 'no lock', 'There is no lock.', 'race'],
    ['Hidden tests', 'Hidden tests', '', null],
  ])
  expect(entries.map(besideAtFirst)).toEqual(['yours', 'yours', 'reference', 'yours'])
})

test('a folder’s name reads as words', () => {
  expect(wordsOf('wrong/lock-kept-on-return')).toBe('lock kept on return')
})
