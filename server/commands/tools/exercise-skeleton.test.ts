import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type ExerciseFile, Kind } from '@sandbox/protocol'
import { expect, onTestFinished, test } from 'vitest'
import { loadCatalogue, loadSolutions, unwrittenSolutions } from '../../src/exercises/catalogue.ts'
import { PLACEHOLDER } from '../../src/exercises/placeholders.ts'
import { gapsOf } from './exercise-cases.ts'
import { skeletonOf } from './exercise-skeleton.ts'

/** A catalogue of one new exercise; `written` takes the template's marks away, as an author does one by one. */
async function catalogueOf(kind: ExerciseFile['kind'], written: (path: string) => boolean) {
  const root = await mkdtemp(join(tmpdir(), 'practice-skeleton-'))
  onTestFinished(() => rm(root, { recursive: true }))
  for (const { path, text } of skeletonOf({ slug: 'rate-limiter', kind, package: 'limiter' })) {
    const file = join(root, 'patterns/rate-limiter', path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, written(path) ? text.replaceAll(PLACEHOLDER, '') : text)
  }
  return loadCatalogue(root)
}

test('a new exercise is not served, and every problem is a place that is still to be written', async () => {
  const { exercises, problems } = await catalogueOf('build', () => false)
  expect(exercises.size).toBe(0)
  expect(problems.map(({ file }) => file)).toContain('patterns/rate-limiter/exercise.json')
  expect(problems.filter(({ reason }) => !reason.startsWith('is still to be written: '))).toEqual([])
})

test('with the statement, the starter and the tests written, the solutions are what is left', async () => {
  const { exercises, problems } = await catalogueOf('build', (path) => !/^(reference|alternatives|wrong)/.test(path))
  const exercise = exercises.get('rate-limiter')
  expect(problems).toEqual([])
  const left = exercise === undefined ? [] : await unwrittenSolutions(exercise.dir)
  expect(new Set(left.map(({ file }) => file.split('/')[0]))).toEqual(new Set(['reference', 'alternatives', 'wrong']))
})

test.each(Kind.options)(
  'when the last mark of a %s exercise is gone, its mistakes are still the template’s',
  async (kind) => {
    const { exercises, problems } = await catalogueOf(kind, () => true)
    expect(problems).toEqual([])
    const exercise = exercises.get('rate-limiter')
    if (!exercise) throw new Error('it was not loaded')
    expect(await unwrittenSolutions(exercise.dir)).toEqual([])
    const gaps = gapsOf(exercise, await loadSolutions(exercise))
    const ofMistakes =
      / is to be named after its mistake$| is the same as another wrong solution$|^no wrong solution is too-/
    expect(gaps.length).toBeGreaterThanOrEqual(9)
    expect(gaps.filter((gap) => !ofMistakes.test(gap))).toEqual([])
  },
)

test.each([
  ['diagnose', 'material/report.txt'],
  ['write-tests', 'variants/wrong/broken/limiter.go'],
  ['optimize', 'tests/measure_test.go'],
] as const)('a %s exercise is not served as long as %s is the template', async (kind, left) => {
  const { exercises, problems } = await catalogueOf(kind, (other) => other !== left)
  expect(exercises.size).toBe(0)
  expect(problems.map(({ file }) => file)).toEqual([`patterns/rate-limiter/${left}`])
})
