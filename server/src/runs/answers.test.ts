import type { Question } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { answersVerdict, judgeAnswers } from './answers.ts'

const choice: Question = {
  id: 'what',
  text: 'What?',
  answer: { type: 'choice', options: ['a', 'b', 'c'], right: [0, 2] },
  explanation: 'Because.',
}
const line: Question = {
  id: 'where',
  text: 'Where?',
  answer: { type: 'line', file: 'x.go', right: [12, 13] },
  explanation: 'There.',
}

test.each([
  ['all right options, in any order', [2, 0], true],
  ['one right option of two', [0], false],
  ['all options', [0, 1, 2], false],
  ['an option twice', [0, 0], false],
  ['nothing', [], false],
])('a choice of %s', (_, given, right) => {
  expect(judgeAnswers([choice], { what: given })[0]?.right).toBe(right)
})

test.each([
  ['one of the right lines', [13], true],
  ['both right lines, which is more than was asked for', [12, 13], false],
  ['every line', Array.from({ length: 10 }, (_, n) => n + 5), false],
  ['another line', [11], false],
])('a line: %s', (_, given, right) => {
  expect(judgeAnswers([line], { where: given })[0]?.right).toBe(right)
})

test('a question without an answer is answered wrongly, even where its name is one of every object', () => {
  expect(judgeAnswers([choice, { ...line, id: 'constructor' }], {})).toEqual([
    { id: 'what', right: false },
    { id: 'constructor', right: false },
  ])
})

test('the explanation comes with the right answer alone', () => {
  const told = judgeAnswers([choice, line], { what: [0, 2], where: [1] })
  expect(told).toEqual([
    { id: 'what', right: true, explanation: 'Because.' },
    { id: 'where', right: false },
  ])
  expect(answersVerdict(told)).toMatchObject({
    verdict: 'failed',
    reason: 'wrong-answers',
    summary: 'Failed: 1 of 2 answers is right.',
    tests: { passed: 1, failed: 1, total: 2 },
  })
})
