import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ExerciseDetail } from '@sandbox/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { detailOf, loadCatalogue, loadSolutions } from './catalogue.ts'

const FIXTURES = fileURLToPath(new URL('../runs/testdata/exercises', import.meta.url))

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'modes-'))
  await cp(FIXTURES, root, { recursive: true })
})
afterEach(() => rm(root, { recursive: true, force: true }))

const inModes = (...path: string[]) => join(root, 'modes', ...path)

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(inModes(path)), { recursive: true })
  await writeFile(inModes(path), text)
}

async function change(slug: string, changes: Record<string, unknown>): Promise<void> {
  const file = JSON.parse(await readFile(inModes(slug, 'exercise.json'), 'utf8'))
  await put(`${slug}/exercise.json`, JSON.stringify({ ...file, ...changes }))
}

/** `file field: reason` of every problem. */
async function problems(): Promise<string[]> {
  const found = (await loadCatalogue(root)).problems
  return found.map(({ file, field, reason }) => `${file.replace(/^modes\//, '')} ${field}: ${reason}`)
}

async function detail(slug: string): Promise<ExerciseDetail> {
  const exercise = (await loadCatalogue(root)).exercises.get(slug)
  if (!exercise) throw new Error(`there is no exercise ${slug}`)
  return ExerciseDetail.parse(detailOf(exercise))
}

test('a measured exercise tells the page its measuring tests and what they mean, and shows the file only if it is visible', async () => {
  expect(await detail('measured')).toMatchObject({
    modes: ['race', 'measure'],
    measureTests: [
      { name: 'TestAllocations', reason: 'too-many-allocations' },
      { name: 'TestTime', reason: 'too-slow' },
    ],
    visibleTests: [{ name: 'visible_test.go' }],
    hiddenTests: 1,
  })
  await cp(inModes('measured/tests/measure_test.go'), inModes('measured/tests/visible_measure_test.go'))
  await rm(inModes('measured/tests/measure_test.go'))
  const { visibleTests } = await detail('measured')
  expect(visibleTests.map(({ name }) => name)).toEqual(['visible_test.go', 'visible_measure_test.go'])
  expect(JSON.stringify(await detail('measured'))).not.toContain('all.Grow')
})

test('questions go to the page with their material, and without what is right', async () => {
  const shown = await detail('asked')
  expect(shown.questions).toEqual([
    {
      id: 'what',
      text: 'What is it?',
      material: 'race.txt',
      answer: { type: 'choice', options: ['a deadlock', 'a race', 'two writes', 'a leak'], several: true },
    },
    { id: 'where', text: 'Where?', answer: { type: 'line', file: 'counter.go' } },
  ])
  expect(shown.material.map(({ name }) => name)).toEqual(['race.txt'])
  expect(JSON.stringify(shown)).not.toMatch(/right":\[|explanation|The detector says so/)
})

test('of variants the page gets the numbers', async () => {
  const shown = await detail('tested')
  expect(shown.variants).toEqual({ right: 2, wrong: 3 })
  expect(JSON.stringify(shown)).not.toMatch(/off-by-one|one too many|func \(c \*Counter\)/)
})

test('solutions answer rightly, but for those that have answers of their own', async () => {
  await put('asked/reference/NOTES.md', '')
  await put('asked/wrong/guess/answers.json', '{ "what": [0] }')
  await put('asked/wrong/guess/mistake.json', '{ "what": "A guess.", "symptom": "wrong-answers", "names": {} }')
  const exercise = (await loadCatalogue(root)).exercises.get('asked')
  if (!exercise) throw new Error('asked is sound')
  const { reference, wrong } = await loadSolutions(exercise)
  expect(reference.answers).toEqual({ what: [1, 2], where: [7] })
  expect(wrong.map(({ answers }) => answers)).toEqual([{ what: [0] }])
})

test.each<[string, string, Record<string, unknown>, string[]]>([
  ['a mode twice', 'measured', { modes: ['race', 'measure', 'race'] }, ['modes.2: race is listed twice']],
  [
    'no mode measure beside measuring tests',
    'measured',
    { modes: ['race'] },
    ['measure: modes has no measure', 'modes: has no measure, and there is tests/measure_test.go'],
  ],
  [
    'no mode race beside tests',
    'measured',
    { modes: ['measure'] },
    ['modes: has no race, and there are tests in tests/'],
  ],
  [
    'a test without a reason',
    'measured',
    { measure: { TestTime: 'too-slow' } },
    ['measure: has no reason for TestAllocations'],
  ],
  [
    'a reason without a test',
    'measured',
    { measure: { TestTime: 'too-slow', TestAllocations: 'too-slow', TestGone: 'too-slow' } },
    ['measure.TestGone: is no test of tests/measure_test.go'],
  ],
  [
    'an import that reaches the reference',
    'measured',
    { imports: ['reflect'] },
    ['imports: reflect would reach the reference or what measures'],
  ],
  [
    'questions without their mode',
    'measured',
    {
      questions: [
        { id: 'a', text: 'a', answer: { type: 'choice', options: ['a', 'b'], right: [0] }, explanation: 'a' },
      ],
    },
    ['questions: modes has no questions'],
  ],
  ['no questions', 'asked', { questions: undefined }, ['questions: is missing']],
  [
    'questions whose material, file, line or option is not there',
    'asked',
    {
      questions: [
        {
          id: 'a',
          text: 'a',
          material: 'gone.txt',
          answer: { type: 'choice', options: ['a', 'b'], right: [2] },
          explanation: 'a',
        },
        { id: 'a', text: 'a', answer: { type: 'line', file: 'gone.go', right: [1] }, explanation: 'a' },
        { id: 'b', text: 'a', answer: { type: 'line', file: 'race.txt', right: [99] }, explanation: 'a' },
      ],
    },
    [
      'questions.0.material: gone.txt is not in material/',
      'questions.0.answer.right: there is no option 2',
      'questions.1.id: a is used twice',
      'questions.1.answer.file: gone.go is in neither starter/ nor material/',
      'questions.2.answer.right: race.txt has no line 99',
    ],
  ],
  [
    'variants without their mode',
    'tested',
    { modes: ['race'] },
    [
      'modes: has no variants, and there is variants/',
      'editable: counter_test.go is a test file, and modes has no variants',
    ],
  ],
  ['nothing to edit beside tests', 'measured', { editable: [] }, ['editable: names no file']],
])('%s is told', async (_, slug, changes, told) => {
  await change(slug, changes)
  const found = await problems()
  for (const one of told) expect(found).toContain(`${slug}/exercise.json ${one}`)
})

test('a measuring test inside of the candidate’s package is told, and a missing one', async () => {
  await put(
    'measured/tests/measure_test.go',
    'package join\n\nfunc TestTime(t *testing.T) {}\n\nfunc TestAllocations(t *testing.T) {}\n',
  )
  expect(await problems()).toEqual(['measured/tests/measure_test.go package: is not join_test'])
  await rm(inModes('measured/tests/measure_test.go'))
  expect(await problems()).toEqual(['measured/tests/measure_test.go : is missing'])
})

test('a variant that does not say what is wrong, has no code, or another package is told', async () => {
  await rm(inModes('tested/variants/wrong/unlocked/variant.json'))
  await rm(inModes('tested/variants/wrong/waits/counter.go'))
  await put('tested/variants/right/locked/counter.go', 'package other\n')
  await put('tested/variants/right/atomic/more_test.go', 'package counter\n')
  const found = await problems()
  expect(found[0]).toMatch(/^tested\/variants\/wrong\/(unlocked\/variant.json|waits) : /)
  expect(found).toEqual(
    expect.arrayContaining([
      'tested/variants/wrong/waits : has no Go file',
      'tested/variants/right/locked/counter.go package: is not counter',
      'tested/variants/right/atomic/more_test.go : is a test: those are the candidate’s',
    ]),
  )
  await rm(inModes('tested/variants/right'), { recursive: true })
  expect(await problems()).toContain('tested/variants/right : has no variant')
})
