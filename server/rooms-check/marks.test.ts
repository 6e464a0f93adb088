import { expect, test } from 'vitest'
import { testGuide } from '../protocol/src/interview/test-guide.ts'
import { Marks, marked } from './marks.ts'

test('every word and name of a guide is marked, and told apart', () => {
  const marks = new Marks()
  const guide = marked(testGuide(), marks)
  expect(marks.in(JSON.stringify(guide))).toEqual(marks.all)
  const question = guide.parts[0]?.questions[0]
  expect(marks.in(question?.text ?? '')).toEqual(new Set(['parts.0.questions.0.text']))
  expect(question?.followUps[0]?.after).toEqual(question?.points.slice(0, 2).map(({ id }) => id))
  expect(marks.in(guide.greenFlags[0]?.text ?? '').size).toBe(1)
})

test('a text without a mark has none', () => {
  const marks = new Marks()
  const mark = marks.next('a note')
  expect(marks.in(mark.slice(0, -1)).size).toBe(0)
  expect(marks.in(`"${mark}"`)).toEqual(new Set(['a note']))
})
