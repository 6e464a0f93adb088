import { expect, test } from 'vitest'
import { checkDraft, freshId, type GuideDraft, moved, newQuestion, slugsOf, withoutLost } from './guide-draft.ts'
import { MOCK_GUIDE } from './testdata/mock-guide.ts'

const problemsOf = (draft: GuideDraft) => {
  const checked = checkDraft(draft)
  return checked.type === 'bad' ? Object.fromEntries(checked.problems) : {}
}

/** The guide with the first part changed. */
const withPart = (change: Partial<GuideDraft['parts'][number]>): GuideDraft => {
  const [first, ...others] = MOCK_GUIDE.parts
  if (!first) throw new Error('the guide has parts')
  return { ...MOCK_GUIDE, parts: [{ ...first, ...change }, ...others] }
}

test('a guide without a mistake is good', () => {
  expect(checkDraft(MOCK_GUIDE)).toEqual({ type: 'good', guide: MOCK_GUIDE })
})

test('what is wrong is a sentence at the place of its field', () => {
  expect(problemsOf(withPart({ title: '', minutes: Number.NaN }))).toMatchObject({
    'parts/0/title': 'Something has to stand here.',
    'parts/0/minutes': 'A whole number is needed.',
  })
  expect(problemsOf({ ...MOCK_GUIDE, title: 'x'.repeat(200) })).toEqual({ title: 'At most 120 characters.' })
})

test('what no field can say by itself is said all the same', () => {
  expect(problemsOf(withPart({ minutes: 60 }))).toEqual({ parts: 'The parts take 115 of 90 minutes.' })
  expect(problemsOf({ ...MOCK_GUIDE, keptMinutes: 7 })).toMatchObject({
    keptMinutes: 'The last part has 5 minutes, and 7 are kept.',
  })
})

test('a mistake of a whole question is at that question, wherever it stands', () => {
  const questions = MOCK_GUIDE.parts[0]?.questions ?? []
  const [scheduler, patterns, ...others] = questions
  if (!scheduler || !patterns) throw new Error('the part has questions')
  const doubled = { ...patterns, points: [...patterns.points, ...patterns.points.slice(0, 1)] }
  expect(problemsOf(withPart({ questions: [scheduler, doubled, ...others] }))).toEqual({
    'parts/0/questions/1': '"structure" is there twice.',
  })
})

test('a new question has an id of its own and says what is missing', () => {
  const question = newQuestion(MOCK_GUIDE)
  const draft = withPart({ questions: [question] })
  expect(problemsOf(draft)).toEqual({ 'parts/0/questions/0/text': 'Something has to stand here.' })
  expect(newQuestion(draft).id).not.toBe(question.id)
  expect(freshId('point', ['point-1', 'point-2'])).toBe('point-3')
})

test('things are moved within their list and no further', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})

test('a follow-up does not wait for a point that was taken out', () => {
  const question = MOCK_GUIDE.parts[0]?.questions[1]
  if (!question) throw new Error('the guide has a Q2')
  const points = question.points.filter(({ id }) => id !== 'shutdown')
  expect(withoutLost({ ...question, points }).followUps.map(({ after }) => after)).toEqual([[], [], ['scaling']])
})

test('slugs are read from what was typed', () => {
  expect(slugsOf(' worker-pool, retry\nretry ,')).toEqual(['worker-pool', 'retry'])
})
