import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Answers,
  AskedQuestion,
  type ExerciseFile,
  MAX_MATERIAL_CHARS,
  MAX_VARIANTS,
  type Mode,
  type Question,
  VariantFile,
} from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import { folders, goFiles, type NamedText, readJson, textFiles } from './files.ts'

/** Tells of a problem: the file or folder inside of the exercise, the field, and why. */
export type Report = (name: string, field: string, reason: string) => void

/** Code that the candidate's tests are tried on. */
export interface Variant {
  /** `variant 3`: what a person is told. Right and wrong ones are numbered each on their own. */
  name: string
  kind: 'right' | 'wrong'
  /** Name of its folder. */
  folder: string
  /** What is wrong with a wrong one. */
  what: string
  /** Its mistake shows as a timeout, which otherwise would not count as caught. */
  mayTimeOut: boolean
  files: NamedText[]
}

/** What an exercise has beside starter and tests, by its modes. */
export interface ModeParts {
  measureTest: (NamedText & { hidden: boolean }) | null
  /** What is measured against. Never shown before a pass. */
  reference: NamedText[]
  material: NamedText[]
  variants: Variant[]
}

type Content = ModeParts & { starter: NamedText[]; visibleTests: NamedText[]; hiddenTests: NamedText[] }

const MEASURE_TESTS = ['measure_test.go', 'visible_measure_test.go']

/**
 * With these, code could call the reference that is linked beside it, or write over what measures it: reflect makes any
 * pointer of any other one, and os opens the process's own memory.
 */
const NOT_BESIDE_A_REFERENCE = ['unsafe', 'reflect', 'os', 'syscall', 'testing']

/** Whether a file of tests/ belongs to mode `measure` alone. */
export function isMeasureTest(name: string): boolean {
  return MEASURE_TESTS.includes(name)
}

/** Names of the tests in a test file. */
export function testsIn(text: string): string[] {
  return [...text.matchAll(/^func (Test(?![a-z])\w*)\(/gm)].flatMap(([, name]) =>
    name === undefined || name === 'TestMain' ? [] : [name],
  )
}

/** The question without what is right of it. */
export function askedQuestion({ id, text, material, answer }: Question): AskedQuestion {
  return AskedQuestion.parse({
    id,
    text,
    ...(material === undefined ? {} : { material }),
    answer:
      answer.type === 'choice'
        ? { type: 'choice', options: answer.options, several: answer.right.length > 1 }
        : { type: 'line', file: answer.file },
  })
}

/** All questions answered rightly. */
export function rightAnswers({ questions = [] }: ExerciseFile): Answers {
  const right = questions.map(({ id, answer }) => [
    id,
    answer.type === 'choice' ? answer.right : answer.right.slice(0, 1),
  ])
  return Object.fromEntries(right)
}

/** Reads what the modes of an exercise need; what it does not find is for checkModes to tell. */
export async function loadModeParts(dir: string, report: Report): Promise<ModeParts> {
  const [measureTest] = (await goFiles(join(dir, 'tests'))).filter(({ name }) => isMeasureTest(name))
  return {
    measureTest: measureTest ? { ...measureTest, hidden: !measureTest.name.startsWith('visible') } : null,
    reference: await goFiles(join(dir, 'reference')),
    material: await textFiles(join(dir, 'material')),
    variants: [...(await loadVariants(dir, 'right', report)), ...(await loadVariants(dir, 'wrong', report))],
  }
}

async function loadVariants(dir: string, kind: Variant['kind'], report: Report): Promise<Variant[]> {
  const names = await folders(join(dir, 'variants', kind))
  return Promise.all(
    names.map(async (folder, index) => {
      const path = join('variants', kind, folder)
      const said = await readVariant(dir, path, kind, report)
      const files = await goFiles(join(dir, path))
      if (files.length === 0) report(path, '', 'has no Go file')
      return {
        name: `variant ${index + 1}`,
        kind,
        folder,
        files,
        what: said.what,
        mayTimeOut: said.symptom === 'timeout',
      }
    }),
  )
}

async function readVariant(dir: string, path: string, kind: Variant['kind'], report: Report): Promise<VariantFile> {
  const name = join(path, 'variant.json')
  if (kind === 'right' && !existsSync(join(dir, name))) return { what: '' }
  const said = await readJson(join(dir, name), VariantFile)
  if (!Array.isArray(said)) return said
  for (const { field, reason } of said) report(name, field, reason)
  return { what: '' }
}

/** Whether the modes of an exercise and its files say the same. */
export function checkModes(file: ExerciseFile, content: Content, report: Report): void {
  const wrong = (field: string, reason: string) => report('exercise.json', field, reason)
  for (const [index, mode] of file.modes.entries()) {
    if (file.modes.indexOf(mode) !== index) wrong(`modes.${index}`, `${mode} is listed twice`)
    checkMode(mode, file, content, report)
  }
  const lacks = (mode: Mode) => !file.modes.includes(mode)
  if (lacks('measure') && file.measure) wrong('measure', 'modes has no measure')
  if (lacks('measure') && content.measureTest)
    wrong('modes', `has no measure, and there is tests/${content.measureTest.name}`)
  if (lacks('questions') && file.questions) wrong('questions', 'modes has no questions')
  if (lacks('questions') && content.material.length > 0) wrong('modes', 'has no questions, and there is material/')
  if (lacks('variants') && content.variants.length > 0) wrong('modes', 'has no variants, and there is variants/')
  if (lacks('race') && content.visibleTests.length + content.hiddenTests.length > 0)
    wrong('modes', 'has no race, and there are tests in tests/')
  checkEditable(file, content, report)
}

function checkEditable(file: ExerciseFile, { starter }: Content, report: Report): void {
  const onlyQuestions = file.modes.every((mode) => mode === 'questions')
  if (file.editable.length === 0 && !onlyQuestions) report('exercise.json', 'editable', 'names no file')
  if (starter.length === 0 && !onlyQuestions) report('starter', '', 'has no Go file')
  const writesTests = file.modes.includes('variants')
  for (const name of file.editable) {
    if (name.endsWith('_test.go') === writesTests) continue
    const reason = writesTests
      ? 'is no test file, and variants are for tests'
      : 'is a test file, and modes has no variants'
    report('exercise.json', 'editable', `${name} ${reason}`)
  }
}

function checkMode(mode: Mode, file: ExerciseFile, content: Content, report: Report): void {
  switch (mode) {
    case 'race':
      if (content.visibleTests.length === 0) report('tests/visible_test.go', '', 'is missing')
      if (content.hiddenTests.length === 0) report('tests/hidden_test.go', '', 'is missing')
      return
    case 'measure':
      checkMeasure(file, content, report)
      return
    case 'questions':
      checkQuestions(file, content, report)
      return
    case 'variants':
      checkVariants(file, content, report)
      return
    default:
      assertNever(mode)
  }
}

function checkMeasure(file: ExerciseFile, { measureTest, reference }: Content, report: Report): void {
  const reasons = file.measure ?? {}
  if (!file.measure) report('exercise.json', 'measure', 'is missing')
  if (reference.length === 0) report('reference', '', 'has no Go file to measure against')
  for (const imported of NOT_BESIDE_A_REFERENCE) {
    if (file.imports.includes(imported))
      report('exercise.json', 'imports', `${imported} would reach the reference or what measures`)
  }
  if (!measureTest) {
    report('tests/measure_test.go', '', 'is missing')
    return
  }
  const path = `tests/${measureTest.name}`
  const external = `${file.package}_test`
  if (!new RegExp(`^package ${external}$`, 'm').test(measureTest.text)) report(path, 'package', `is not ${external}`)
  const tests = testsIn(measureTest.text)
  if (tests.length === 0) report(path, '', 'has no test')
  for (const test of tests) if (!(test in reasons)) report('exercise.json', 'measure', `has no reason for ${test}`)
  for (const test of Object.keys(reasons))
    if (!tests.includes(test)) report('exercise.json', `measure.${test}`, `is no test of ${path}`)
}

function checkQuestions({ questions = [] }: ExerciseFile, { starter, material }: Content, report: Report): void {
  if (questions.length === 0) report('exercise.json', 'questions', 'is missing')
  for (const { name, text } of material) {
    if (text.length > MAX_MATERIAL_CHARS)
      report(`material/${name}`, '', `has more than ${MAX_MATERIAL_CHARS} characters`)
  }
  const ids = questions.map(({ id }) => id)
  for (const [index, question] of questions.entries()) {
    const wrong = (field: string, reason: string) => report('exercise.json', `questions.${index}.${field}`, reason)
    if (ids.indexOf(question.id) !== index) wrong('id', `${question.id} is used twice`)
    if (question.material !== undefined && !material.some(({ name }) => name === question.material))
      wrong('material', `${question.material} is not in material/`)
    checkAnswer(question.answer, [...starter, ...material], wrong)
  }
}

function checkAnswer(
  answer: Question['answer'],
  files: NamedText[],
  wrong: (field: string, reason: string) => void,
): void {
  if (answer.type === 'choice') {
    const bad = answer.right.find((index) => index >= answer.options.length)
    if (bad !== undefined) wrong('answer.right', `there is no option ${bad}`)
    if (new Set(answer.right).size < answer.right.length) wrong('answer.right', 'lists an option twice')
    return
  }
  const file = files.find(({ name }) => name === answer.file)
  if (!file) {
    wrong('answer.file', `${answer.file} is in neither starter/ nor material/`)
    return
  }
  const last = file.text.split('\n').length
  const beyond = answer.right.find((line) => line > last)
  if (beyond !== undefined) wrong('answer.right', `${answer.file} has no line ${beyond}`)
}

function checkVariants(file: ExerciseFile, { variants }: Content, report: Report): void {
  for (const kind of ['right', 'wrong'] as const) {
    if (!variants.some((one) => one.kind === kind)) report(`variants/${kind}`, '', 'has no variant')
  }
  if (variants.length > MAX_VARIANTS)
    report('variants', '', `has ${variants.length} variants, at most ${MAX_VARIANTS} are possible`)
  for (const { kind, folder, files } of variants) {
    for (const { name, text } of files) {
      const path = `variants/${kind}/${folder}/${name}`
      if (name.endsWith('_test.go')) report(path, '', 'is a test: those are the candidate’s')
      if (!new RegExp(`^package ${file.package}$`, 'm').test(text)) report(path, 'package', `is not ${file.package}`)
    }
  }
}
