import { expect, test } from 'vitest'
import { splitSentence, splitText } from './sentence.ts'

const opens = (file: string) => file === 'pool.go'

test('a summary has a lead, code and places that can be opened', () => {
  const text = 'Race: `Submit` writes `p.closed` at pool.go:41 while a worker reads it at pool.go:27.'
  const { lead, parts } = splitSentence(text, opens)
  expect(lead).toBe('Race:')
  expect(parts.filter((part) => part.type === 'place')).toEqual([
    { type: 'place', text: 'pool.go:41', file: 'pool.go', line: 41 },
    { type: 'place', text: 'pool.go:27', file: 'pool.go', line: 27 },
  ])
  expect(lead + parts.map((part) => (part.type === 'code' ? `\`${part.text}\`` : part.text)).join('')).toBe(text)
})

test('a file that cannot be opened stays text', () => {
  expect(splitSentence('Panic: boom at other.go:3.', opens).parts).toEqual([
    { type: 'text', text: ' boom at other.go:3.' },
  ])
})

test('a sentence without a lead keeps every word', () => {
  expect(splitSentence('no lead here: at all', opens)).toEqual({
    lead: '',
    parts: [{ type: 'text', text: 'no lead here: at all' }],
  })
})

test('a column belongs to its place', () => {
  expect(splitText('pool.go:41:7: undefined', opens)[0]).toEqual({
    type: 'place',
    text: 'pool.go:41:7',
    file: 'pool.go',
    line: 41,
  })
})
