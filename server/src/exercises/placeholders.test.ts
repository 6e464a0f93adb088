import { expect, test } from 'vitest'
import { unwritten } from './placeholders.ts'

test('a place that the author has not come to is told with its line and what is to be written', () => {
  const text = '{\n  "title": "TODO(author): a title that one remembers",\n  "kind": "build"\n}\n'
  expect(unwritten(text)).toEqual([{ line: 2, task: 'a title that one remembers' }])
})

test('the end of a comment is not part of the task', () => {
  expect(unwritten('package a /* TODO(author): the starter */')).toEqual([{ line: 1, task: 'the starter' }])
})

test('a finished text has none, and an ordinary TODO is the text’s own', () => {
  expect(unwritten('// TODO: a candidate may write this\nfunc A() {}\n')).toEqual([])
})
