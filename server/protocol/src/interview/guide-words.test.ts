import { expect, test } from 'vitest'
import { lowered, minutesIn, topicOf } from './guide-words.ts'

test.each([
  ['Deadlock: who sends, who receives', 'deadlock'],
  ['Data race', 'data race'],
  ['A data race that looks right: shared', 'a data race that looks right'],
  ['GC pressure: seen', 'GC pressure'],
  ['G, M and P: goroutines', 'G, M and P'],
  ['', ''],
])('%j is about %j', (text, topic) => {
  expect(topicOf({ text })).toBe(topic)
})

test('a title within a sentence begins small, an abbreviation does not', () => {
  expect(['Edge cases', 'CQRS', 'Q9', 'edge'].map(lowered)).toEqual(['edge cases', 'CQRS', 'Q9', 'edge'])
})

test('minutes are counted in words that fit', () => {
  expect([0, 1, 2].map(minutesIn)).toEqual(['0 minutes', '1 minute', '2 minutes'])
})
