import { Band, Slug } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import {
  bandRange,
  checkDraft,
  formName,
  formOf,
  freshId,
  type GuideDraft,
  moved,
  newQuestion,
  slugsOf,
  withoutLost,
} from './guide-draft.ts'
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

test('what is wrong with a section or a list is at its field, and its form is named', () => {
  const [go, ...others] = MOCK_GUIDE.sections
  const [best, strong, ...lower] = go?.bands ?? []
  if (!go || !best || !strong) throw new Error('the guide has sections')
  const draft = { ...MOCK_GUIDE, sections: [{ ...go, bands: [best, { ...strong, from: 23 }, ...lower] }, ...others] }
  expect(problemsOf(draft)).toEqual({
    'sections/0/bands/1/from': 'This has to be less than 23, where "exceptional" begins.',
  })
  expect(problemsOf({ ...MOCK_GUIDE, redFlags: [{ id: 'red-flag-1', title: '', text: 'x' }] })).toEqual({
    'redFlags/0/title': 'Something has to stand here.',
  })
  const forms = ['sections/0/bands/1/from', 'redFlags/0/title', 'preparation/1/text', 'sections', 'parts/0/title'].map(
    formOf,
  )
  expect(forms).toEqual(['sections/0', 'redFlags', 'preparation', '', 'parts/0'])
  expect(forms.slice(0, 4).map((form) => formName(MOCK_GUIDE, form))).toEqual([
    'Advanced Go mastery',
    'Red flags',
    'Before the start',
    'The whole guide',
  ])
})

test('a band reaches up to where the better one begins, as far as its bounds are some', () => {
  const bands = [25, 18, Number.NaN, 0].map((from, index) => ({
    band: Band.options[index] ?? 'weak',
    from,
    words: 'x',
  }))
  const [go] = MOCK_GUIDE.sections
  if (!go) throw new Error('the guide has sections')
  expect(bands.map((_, index) => bandRange({ ...go, bands }, index))).toEqual(['25', '18–24', null, null])
})

test('a new question has an id of its own and says what is missing', () => {
  const question = newQuestion(MOCK_GUIDE)
  const draft = withPart({ questions: [question] })
  expect(problemsOf(draft)).toEqual({ 'parts/0/questions/0/text': 'Something has to stand here.' })
  expect(newQuestion(draft).id).not.toBe(question.id)
  const ids = Array.from({ length: 100 }, () => freshId('point', []))
  expect(new Set(ids).size, 'none of what was taken out comes back').toBe(100)
  expect(ids.every((id) => Slug.safeParse(id).success)).toBe(true)
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
