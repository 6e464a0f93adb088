import { describe, expect, test } from 'vitest'
import { answersNote, questionAbout, readAnswers, sameAnswers, standingOfAnswer, toggled } from './answers.ts'
import { foldedRun, recordedDetail } from './testdata/recorded.ts'
import { answer, draftFiles, openExercise, ownFiles } from './workspace.ts'

const ASKED = recordedDetail('asked')

describe('answers', () => {
  test('are a file of the draft, and none of a run', () => {
    const first = answer(openExercise(ASKED, null), 'where', [7])
    const draft = { files: draftFiles(first), active: 'race.txt' }
    expect(draft.files).toEqual([{ name: 'answers.json', text: '{"where":[7]}' }])
    expect(ownFiles(first)).toEqual([])
    expect(openExercise(ASKED, draft).answers).toEqual({ where: [7] })
    expect(draftFiles(answer(first, 'where', []))).toEqual([])
  })

  test('that are junk, or to questions that are not asked any more, are none', () => {
    expect(readAnswers('{"where":[7],"gone":[1]}', ASKED.questions)).toEqual({ where: [7] })
    expect(readAnswers('{"where":"7"}', ASKED.questions)).toEqual({})
    expect(readAnswers('{', ASKED.questions)).toEqual({})
    expect(readAnswers(undefined, ASKED.questions)).toEqual({})
  })

  test('choose one option, or any where several are right', () => {
    expect(toggled([2], 0, false)).toEqual([0])
    expect(toggled([2], 0, true)).toEqual([0, 2])
    expect(toggled([0, 2], 2, true)).toEqual([0])
  })

  test('are the same in whatever order they were given', () => {
    expect(sameAnswers({ what: [1, 2] }, { what: [2, 1], where: [] })).toBe(true)
    expect(sameAnswers({ what: [1] }, { what: [2] })).toBe(false)
  })

  test('stand as the run has judged them, until they are changed', () => {
    const run = foldedRun('asked')
    const standing = (answers: Record<string, number[]>) =>
      ['what', 'where'].map((id) => standingOfAnswer(id, answers, run))
    expect(standing({ what: [1], where: [7] })).toEqual(['wrong', 'right'])
    expect(standing({ what: [1, 2], where: [] })).toEqual(['changed', 'open'])
    expect(standingOfAnswer('what', { what: [1] }, null)).toBe('given')
    const none = { ...run, description: { ...run.description, answers: {} } }
    expect(standingOfAnswer('what', {}, none)).toBe('open')
  })
})

test('a run of wrong answers says how many were not given, and that the code was not run where it comes after them', () => {
  const run = foldedRun('asked')
  const given = (answers: Record<string, number[]>) => ({ ...run, description: { ...run.description, answers } })
  expect(answersNote(run, ['questions'])).toBeNull()
  expect(answersNote(run, ['race', 'questions'])).toBeNull()
  const notRun = 'Your code was not run: the tests come when all answers are right.'
  expect(answersNote(run, ['questions', 'race'])).toBe(notRun)
  expect(answersNote(given({ where: [7] }), ['questions'])).toBe('1 of 2 questions was not answered.')
  expect(answersNote(given({}), ['questions', 'race'])).toBe(`None of the 2 questions was answered. ${notRun}`)
  const right = { ...run, answers: run.answers.map((one) => ({ ...one, right: true })) }
  expect(answersNote(right, ['questions', 'race'])).toBeNull()
})

describe('a pressed line', () => {
  const [what, where] = ASKED.questions
  if (!what || !where) throw new Error('the recording has two questions')
  const also = { ...where, id: 'also' }

  test('answers the only question about its file, again and again', () => {
    const about = (answers: Record<string, number[]>) =>
      questionAbout('counter.go', { questions: [what, where], answers, picking: null })?.id
    expect(about({})).toBe('where')
    expect(about({ where: [3] })).toBe('where')
    expect(questionAbout('race.txt', { questions: [what, where], answers: {}, picking: null })).toBeNull()
  })

  test('of several questions answers the one that was picked, else the first open one, else none', () => {
    const about = (answers: Record<string, number[]>, picking: string | null) =>
      questionAbout('counter.go', { questions: [where, also], answers, picking })?.id
    expect(about({}, 'also')).toBe('also')
    expect(about({ where: [3] }, null)).toBe('also')
    expect(about({ where: [3], also: [4] }, null)).toBeUndefined()
    expect(about({ where: [3], also: [4] }, 'where')).toBe('where')
  })
})

test('material stands first in the editor where nothing is to be edited', () => {
  const { files, active } = openExercise(ASKED, null)
  expect(files.map(({ name, role }) => `${name} ${role}`)).toEqual(['race.txt material', 'counter.go read-only'])
  expect(active).toBe('race.txt')
})
