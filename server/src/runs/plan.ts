import {
  type Answers,
  type ArtifactKind,
  type BesideVersion,
  type FailureReason,
  type Insight,
  type Job,
  type JobFile,
  type Limits,
  type Mode,
  type Question,
  type RunRequest,
  SCRATCH,
} from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import type { Exercise } from '../exercises/catalogue.ts'
import type { Variant } from '../exercises/modes.ts'
import { DEFAULT_LIMITS, lowered } from '../sandbox/limits.ts'
import { GO_VERSION, readGoMod } from './go-mod.ts'
import { checkNames, checkSizes, type Rejection, rejected, rejectedFile, rejectedLine } from './rejection.ts'
import { checkWellFormed } from './source-text.ts'

export type TestJob = Extract<Job, { type: 'test' }>

/** Tests that the judge has, and what the failure of one means where it is more than `failed`. */
export interface TestStep {
  mode: 'race' | 'measure'
  label: string
  job: TestJob
  reasons: Readonly<Record<string, FailureReason>>
  /** How long other schedules are tried after a pass, in ms, where it is not the usual time. */
  sweepMs?: number | undefined
}

/** Answers that need no sandbox. */
export interface QuestionsStep {
  mode: 'questions'
  label: string
  questions: readonly Question[]
  answers: Answers
}

/** The candidate's tests against one variant. */
export interface VariantStep {
  mode: 'variants'
  label: string
  job: TestJob
  variant: Variant
}

/** The tests once, without the race detector, while something is collected. */
export interface InsightStep {
  mode: 'insight'
  insight: Insight
  label: string
  job: TestJob
  /** What benchmarks are compared with. */
  beside: readonly Beside[]
}

/** Another version of the code, with the same tests. It is built, and its benchmarks run; nothing else of it is told. */
export interface Beside {
  version: BesideVersion
  job: TestJob
}

/** One part of a run. What does not pass ends the run; of variants all are tried. */
export type PlanStep = TestStep | QuestionsStep | VariantStep | InsightStep

/** What is to be done for a request, in order, or why nothing is to be run. */
export type Plan = { type: 'steps'; steps: [PlanStep, ...PlanStep[]] } | Rejection

/** The job of the first step that runs code. Throws where there is none. */
export function jobOf({ steps }: Extract<Plan, { type: 'steps' }>): TestJob {
  const step = steps.find((one) => one.mode !== 'questions')
  if (!step) throw new Error('no step of this plan runs code')
  return step.job
}

/** The plan that is one job under the race detector and nothing else. */
export function planJob(job: TestJob): Plan {
  return { type: 'steps', steps: [raceStep(job)] }
}

/** The plan that looks closer at one job. */
export function planInsight(job: TestJob, insight: Insight, beside: readonly Beside[] = []): Plan {
  return { type: 'steps', steps: [{ ...insightStep(job, insight), beside }] }
}

/** What the tests' first run writes. Profiles come from repetitions after it, because one run is too short for them. */
const COLLECTED_AT_ONCE = { profile: [], timeline: ['trace'], benchmarks: [] } as const satisfies Record<
  Insight,
  ArtifactKind[]
>

function insightStep(job: TestJob, insight: Insight): Omit<InsightStep, 'beside'> {
  const collect = [...COLLECTED_AT_ONCE[insight]]
  return {
    mode: 'insight',
    insight,
    label: insight,
    job: { ...job, race: false, collect, escapes: insight === 'profile' },
  }
}

/** A variant is tried in less time than a run: there are many, and a run has one deadline. */
const VARIANT_LIMITS = { buildWallMs: 6000, runWallMs: 3000, runCpuMs: 6000 }

/** A candidate's files together with the exercise's own: read-only files of the starter and both sets of tests. */
export function planExercise(exercise: Exercise, request: RunRequest, previous: Previous = null): Plan {
  const tooMuch = checkText(request.files, lowered(exercise.file.limits ?? {}))
  if (tooMuch) return tooMuch
  const editable = exercise.file.editable
  const stranger = request.files.find((file) => !editable.includes(file.name))
  if (stranger) {
    const place = { file: stranger.name, line: 1, column: 1 }
    return rejectedLine(place, `this exercise is edited in ${editable.join(', ') || 'no file'} only.`)
  }
  const missing = editable.find((name) => !request.files.some((file) => file.name === name))
  if (missing) return rejectedFile(missing, 'this file is missing.')
  const unknown = Object.keys(request.answers ?? {}).find(
    (id) => !(exercise.file.questions ?? []).some((question) => question.id === id),
  )
  if (unknown !== undefined) return rejected(`there is no question ${JSON.stringify(unknown)}.`)
  if (request.insight === 'benchmarks') return benchmarksOf(exercise, request.files, previous)
  if (request.insight) return insightOf(exercise, request.files, request.insight)
  const [first, ...others] = exercise.file.modes.flatMap((mode) => stepsOf(mode, exercise, request))
  return first ? { type: 'steps', steps: [first, ...others] } : rejected('there is nothing to run.')
}

/** An earlier version of a person's code, without its tests. */
type Previous = readonly { name: string; text: string }[] | null

/** Beside the reference, and beside the code before the last change: the starter where that was meant to be made faster. */
function benchmarksOf(exercise: Exercise, files: RunRequest['files'], previous: Previous): Plan {
  if (!exercise.file.modes.includes('race')) return rejected('this exercise has no tests of your code to measure.')
  const job = raceJob(exercise, files)
  const starter = exercise.starter.filter(({ editable }) => editable && exercise.file.kind === 'optimize')
  return planInsight(job, 'benchmarks', [
    ...besideOf('previous', job, previous ?? []),
    ...(previous ? [] : besideOf('starter', job, starter)),
    ...besideOf('reference', job, exercise.reference),
  ])
}

/** Other code with the same tests; none where there is no code. The reference is hidden, and may import what it likes. */
function besideOf(version: BesideVersion, job: TestJob, code: NonNullable<Previous>): Beside[] {
  if (code.length === 0) return []
  const isCode = ({ name, owner }: JobFile) => owner === 'candidate' && !name.endsWith('_test.go')
  const kept = job.files.filter((file) => !isCode(file) && !code.some(({ name }) => name === file.name))
  const files = [...owned(version === 'reference' ? 'hidden' : 'candidate', code), ...kept]
  return [{ version, job: { ...job, files } }]
}

/** A profile is of the work that is measured, where an exercise measures some. */
function insightOf(exercise: Exercise, files: RunRequest['files'], insight: Insight): Plan {
  const measures = insight === 'profile' && exercise.file.modes.includes('measure')
  if (measures) return planInsight(measureJob(exercise, files), insight)
  if (exercise.file.modes.includes('race')) return planInsight(raceJob(exercise, files), insight)
  return rejected(`this exercise has no tests of your code to take a ${insight} of.`)
}

function stepsOf(mode: Mode, exercise: Exercise, request: RunRequest): PlanStep[] {
  switch (mode) {
    case 'race':
      return [{ ...raceStep(raceJob(exercise, request.files)), sweepMs: exercise.file.sweepMs }]
    case 'measure':
      return [
        { mode, label: 'measurements', job: measureJob(exercise, request.files), reasons: exercise.file.measure ?? {} },
      ]
    case 'questions': {
      const { questions = [] } = exercise.file
      return [{ mode, label: 'questions', questions, answers: request.answers ?? {} }]
    }
    case 'variants':
      return exercise.variants.map((variant) => ({
        mode,
        label: `${variant.kind} ${variant.name}`,
        job: variantJob(exercise, variant, request.files),
        variant,
      }))
    default:
      return assertNever(mode)
  }
}

function raceStep(job: TestJob): TestStep {
  return { mode: 'race', label: 'tests', job, reasons: {} }
}

function raceJob(exercise: Exercise, files: RunRequest['files']): TestJob {
  const tests = [...owned('judge', exercise.visibleTests), ...owned('hidden', exercise.hiddenTests)]
  return exerciseJob(exercise, [...owned('candidate', files), ...given(exercise), ...tests])
}

/** Without the race detector, which changes what is measured. */
function measureJob(exercise: Exercise, files: RunRequest['files']): TestJob {
  const { measureTest, reference } = exercise
  const tests = measureTest ? owned(measureTest.hidden ? 'hidden' : 'judge', [measureTest]) : []
  const job = exerciseJob(exercise, [...owned('candidate', files), ...given(exercise), ...tests])
  return { ...job, race: false, reference: reference.map(({ name, text }) => ({ name, text })) }
}

/** A variant stands in place of the files of its names. Its code is nobody's to see. */
function variantJob(exercise: Exercise, variant: Variant, files: RunRequest['files']): TestJob {
  const kept = given(exercise).filter(({ name }) => !variant.files.some((file) => file.name === name))
  const job = exerciseJob(exercise, [...owned('candidate', files), ...kept, ...owned('hidden', variant.files)])
  return { ...job, vetTests: true, limits: lowerOf(job.limits, VARIANT_LIMITS) }
}

function lowerOf(limits: Limits, most: Partial<Limits>): Limits {
  const { buildWallMs = limits.buildWallMs, runWallMs = limits.runWallMs, runCpuMs = limits.runCpuMs } = most
  return {
    ...limits,
    buildWallMs: Math.min(limits.buildWallMs, buildWallMs),
    runWallMs: Math.min(limits.runWallMs, runWallMs),
    runCpuMs: Math.min(limits.runCpuMs, runCpuMs),
  }
}

function given(exercise: Exercise): JobFile[] {
  return owned(
    'judge',
    exercise.starter.filter((file) => !file.editable),
  )
}

function exerciseJob(exercise: Exercise, files: JobFile[]): TestJob {
  return {
    type: 'test',
    importPath: `sandbox/${exercise.file.package}`,
    goVersion: GO_VERSION,
    files,
    rules: { imports: exercise.file.imports, strict: true },
    race: true,
    vetTests: false,
    limits: lowered(exercise.file.limits ?? {}),
  }
}

/** A person's own code and own tests. */
export function planScratch(request: RunRequest, previous: Previous = null): Plan {
  if (request.files.length === 0) return rejected('there is no file.')
  const refused = checkText(request.files, DEFAULT_LIMITS) ?? checkNames(request.files)
  if (refused) return refused
  const job: TestJob = {
    type: 'test',
    importPath: `sandbox/${SCRATCH}`,
    goVersion: GO_VERSION,
    files: owned('candidate', request.files),
    rules: { imports: null, strict: true },
    race: true,
    vetTests: true,
    limits: DEFAULT_LIMITS,
  }
  return request.insight ? planInsight(job, request.insight, besideOf('previous', job, previous ?? [])) : planJob(job)
}

/** A folder of Go files whose `_test.go` files are the judge's; go.mod names the module and the language version. */
export function planPackage(
  folder: { files: { name: string; text: string }[]; goMod: string | null },
  insight?: Insight,
  previous: Previous = null,
): Plan {
  const tooMuch = checkText(folder.files, DEFAULT_LIMITS)
  if (tooMuch) return tooMuch
  const module = readGoMod(folder.goMod ?? `module example.com/package\ngo ${GO_VERSION}\n`)
  if ('type' in module) return module
  const isTest = (file: { name: string }) => file.name.endsWith('_test.go')
  const job: TestJob = {
    type: 'test',
    importPath: module.path,
    goVersion: module.goVersion,
    files: [
      ...owned(
        'candidate',
        folder.files.filter((file) => !isTest(file)),
      ),
      ...owned('judge', folder.files.filter(isTest)),
    ],
    rules: { imports: null, strict: true },
    race: true,
    vetTests: true,
    limits: DEFAULT_LIMITS,
  }
  return insight ? planInsight(job, insight, besideOf('previous', job, previous ?? [])) : planJob(job)
}

function checkText(files: readonly { name: string; text: string }[], limits: Limits): Rejection | null {
  const sized = files.map(({ name, text }) => ({ name, bytes: Buffer.byteLength(text) }))
  return checkSizes(sized, limits) ?? files.map(checkWellFormed).find((refused) => refused !== null) ?? null
}

function owned(owner: JobFile['owner'], files: readonly { name: string; text: string }[]): JobFile[] {
  return files.map(({ name, text }) => ({ name, text, owner }))
}
