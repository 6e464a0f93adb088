import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import {
  ANSWERS_FILE,
  Answers,
  ExerciseDetail,
  ExerciseFile,
  ExerciseSummary,
  MistakeFile,
  SCRATCH,
  Slug,
  SolutionsDetail,
} from '@sandbox/protocol'
import { type Fault, loadFaults } from './faults.ts'
import { folders, goFiles, type NamedText, readJson } from './files.ts'
import {
  askedQuestion,
  checkModes,
  isMeasureTest,
  loadModeParts,
  type ModeParts,
  type Report,
  rightAnswers,
  testsIn,
} from './modes.ts'
import { inOrder, readPath } from './path.ts'
import { unwritten } from './placeholders.ts'

export type GoFile = NamedText

/** One folder exercises/<topic>/<slug>; of its solutions only what a run needs. */
export interface Exercise extends ModeParts {
  slug: string
  topic: string
  dir: string
  file: ExerciseFile
  /** Markdown. */
  statement: string
  starter: (GoFile & { editable: boolean })[]
  visibleTests: GoFile[]
  hiddenTests: GoFile[]
  faults: Fault[]
}

/** What is wrong with a file of content: its path below the folder that was read, the field, and why. */
export interface Problem {
  file: string
  field: string
  reason: string
}

export interface Catalogue {
  exercises: ReadonlyMap<string, Exercise>
  problems: readonly Problem[]
}

export interface Solution {
  name: string
  files: GoFile[]
  /** The right ones, but for a wrong solution with an answers.json. */
  answers: Answers
}

/** Everything that proves an exercise's tests: what must pass and what must be caught. */
export interface Solutions {
  reference: Solution
  alternatives: Solution[]
  wrong: (Solution & { mistake: MistakeFile })[]
}

/** What the author of a new exercise has still to write of its solutions. */
export async function unwrittenSolutions(dir: string): Promise<Problem[]> {
  const names = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)))
  const solutions = files.filter((name) => /^(reference|alternatives|wrong)\//.test(name)).sort()
  const each = solutions.map(async (file) => {
    const places = unwritten(await readFile(join(dir, file), 'utf8'))
    return places.map(({ line, task }) => ({ file, field: `line ${line}`, reason: `is still to be written: ${task}` }))
  })
  return (await Promise.all(each)).flat()
}

/**
 * Reads every exercise, in the order of path.json. One that is broken is left out and told of; it never stops the others.
 */
export async function loadCatalogue(root: string): Promise<Catalogue> {
  const exercises = new Map<string, Exercise>()
  const { places, problems: ofPath } = await readPath(root)
  const problems: Problem[] = [...ofPath]
  for (const topic of await folders(root)) {
    for (const slug of await folders(join(root, topic))) {
      const loaded = await loadOne(root, topic, slug).catch((error) => unreadable(join(topic, slug), error))
      if ('problems' in loaded) problems.push(...loaded.problems)
      else if (exercises.has(slug)) problems.push({ file: join(topic, slug), field: 'slug', reason: 'used twice' })
      else exercises.set(slug, loaded)
    }
  }
  const ordered = inOrder([...exercises.values()], places).map((one) => [one.slug, one] as const)
  return { exercises: new Map(ordered), problems }
}

/** The reference, the alternatives and the wrong solutions. Throws a sentence that names the file that is broken. */
export async function loadSolutions(exercise: Exercise): Promise<Solutions> {
  const solution = async (...path: string[]): Promise<Solution> => ({
    name: path.join('/'),
    files: await goFiles(join(exercise.dir, ...path)),
    answers: (await readAnswers(join(exercise.dir, ...path))) ?? rightAnswers(exercise.file),
  })
  const each = async (kind: string) =>
    Promise.all((await folders(join(exercise.dir, kind))).map((name) => solution(kind, name)))
  const [reference, alternatives, wrong] = await Promise.all([
    solution('reference'),
    each('alternatives'),
    each('wrong').then((found) => Promise.all(found.map((one) => withMistake(exercise.dir, one)))),
  ])
  return { reference, alternatives, wrong }
}

/** The answers of answers.json, which a wrong solution may have; null where it has none. */
async function readAnswers(dir: string): Promise<Answers | null> {
  const path = join(dir, ANSWERS_FILE)
  if (!existsSync(path)) return null
  const answers = Answers.safeParse(JSON.parse(await readFile(path, 'utf8')))
  if (!answers.success) throw new Error(`${path}: ${answers.error.issues.map(({ message }) => message).join('; ')}`)
  return answers.data
}

async function withMistake(dir: string, one: Solution): Promise<Solutions['wrong'][number]> {
  const path = join(dir, one.name, 'mistake.json')
  const mistake = await readJson(path, MistakeFile)
  if (!Array.isArray(mistake)) return { ...one, mistake }
  throw new Error(`${path}: ${mistake.map(({ field, reason }) => `${field} ${reason}`).join('; ')}`)
}

/** What a list of exercises shows. */
export function summaryOf({ slug, topic, file }: Exercise): ExerciseSummary {
  return ExerciseSummary.parse({ ...file, slug, topic })
}

/** What the page of an exercise shows: nothing hidden is part of it. */
export function detailOf(exercise: Exercise): ExerciseDetail {
  const { file, measureTest, variants } = exercise
  const ofKind = (kind: 'right' | 'wrong') => variants.filter((one) => one.kind === kind).length
  return ExerciseDetail.parse({
    ...file,
    ...exercise,
    visibleTests: [...exercise.visibleTests, ...(measureTest && !measureTest.hidden ? [measureTest] : [])],
    hiddenTests: exercise.hiddenTests.reduce((count, { text }) => count + testsIn(text).length, 0),
    questions: (file.questions ?? []).map(askedQuestion),
    measureTests: Object.entries(file.measure ?? {}).map(([name, reason]) => ({ name, reason })),
    faults: exercise.faults.map(({ id, title, what }) => ({ id, title, what })),
    variants: { right: ofKind('right'), wrong: ofKind('wrong') },
  })
}

/** What people who work together on an exercise begin with: what is edited, and answers as one more file where there are questions. */
export function sharedStarter(exercise: Exercise): GoFile[] {
  const files = exercise.starter.filter(({ editable }) => editable).map(({ name, text }) => ({ name, text }))
  const asks = (exercise.file.questions ?? []).length > 0
  return asks ? [...files, { name: ANSWERS_FILE, text: '{}' }] : files
}

/** What the page shows of an exercise once it is solved. Throws where the exercise's solutions are broken. */
export async function solutionsOf(exercise: Exercise): Promise<SolutionsDetail> {
  const { reference, alternatives, wrong } = await loadSolutions(exercise)
  const notes = await readFile(join(exercise.dir, 'reference', 'NOTES.md'), 'utf8').catch(() => '')
  return SolutionsDetail.parse({
    reference,
    notes,
    alternatives,
    wrong: wrong.map(({ mistake, ...one }) => ({ ...one, what: mistake.what, symptom: mistake.symptom })),
    hiddenTests: exercise.hiddenTests,
  })
}

function unreadable(file: string, error: unknown): { problems: Problem[] } {
  return { problems: [{ file, field: '', reason: error instanceof Error ? error.message : String(error) }] }
}

async function loadOne(root: string, topic: string, slug: string): Promise<Exercise | { problems: Problem[] }> {
  const dir = join(root, topic, slug)
  const problems: Problem[] = []
  const report: Report = (name, field, reason) =>
    problems.push({ file: relative(root, join(dir, name)), field, reason })
  checkName(report, 'topic', topic)
  checkName(report, 'slug', slug)
  if (slug === SCRATCH) report('', 'slug', "is reserved for a person's own code")
  const file = await readJson(join(dir, 'exercise.json'), ExerciseFile)
  if (Array.isArray(file)) for (const { field, reason } of file) report('exercise.json', field, reason)
  const statement = await readFile(join(dir, 'README.md'), 'utf8').catch(() => '')
  if (statement.trim() === '') report('README.md', '', 'the statement is missing')
  await reportUnwritten(dir, report)
  const starter = await goFiles(join(dir, 'starter'))
  const tests = await loadTests(dir)
  if (Array.isArray(file)) return { problems }
  const parts = await loadModeParts(dir, report)
  const faults = await loadFaults(dir, `${file.package}_test`, report)
  checkAgainst(file, starter, tests.hiddenTests, report)
  checkModes(file, { ...parts, ...tests, starter }, report)
  if (problems.length > 0) return { problems }
  const withRights = starter.map((one) => ({ ...one, editable: file.editable.includes(one.name) }))
  return { slug, topic, dir, file, statement, starter: withRights, faults, ...tests, ...parts }
}

function checkName(report: Report, field: string, name: string): void {
  if (!Slug.safeParse(name).success) report('', field, 'is not lower-case words joined by hyphens')
}

/** What a candidate would see of a new exercise's template. */
async function reportUnwritten(dir: string, report: Report): Promise<void> {
  const names = ['exercise.json', 'README.md']
  for (const folder of ['starter', 'tests', 'material', 'variants', 'faults']) {
    const inside = await readdir(join(dir, folder), { recursive: true }).catch(() => [])
    names.push(...inside.map((name) => `${folder}/${name}`))
  }
  for (const name of names.sort()) {
    const text = await readFile(join(dir, name), 'utf8').catch(() => '')
    for (const { line, task } of unwritten(text)) report(name, `line ${line}`, `is still to be written: ${task}`)
  }
}

async function loadTests(dir: string): Promise<Pick<Exercise, 'visibleTests' | 'hiddenTests'>> {
  const tests = (await goFiles(join(dir, 'tests'))).filter(({ name }) => !isMeasureTest(name))
  const visibleTests = tests.filter(({ name }) => !name.startsWith('hidden'))
  const hiddenTests = tests.filter(({ name }) => name.startsWith('hidden'))
  return { visibleTests, hiddenTests }
}

/** What exercise.json says of the other files. */
function checkAgainst(file: ExerciseFile, starter: GoFile[], hiddenTests: GoFile[], report: Report): void {
  for (const name of file.editable) {
    if (!starter.some((one) => one.name === name)) report('exercise.json', 'editable', `${name} is not in starter/`)
  }
  // Inside of the candidate's package, names like `len` that it declares would change what a test means.
  const external = `${file.package}_test`
  for (const { name, text } of hiddenTests) {
    if (!new RegExp(`^package ${external}$`, 'm').test(text)) report(`tests/${name}`, 'package', `is not ${external}`)
  }
}
