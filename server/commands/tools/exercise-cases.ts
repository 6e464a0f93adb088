import type { Answers, Frame, Goroutine, MistakeFile, Mode, RunEvent, Symptom } from '@sandbox/protocol'
import type { Exercise, GoFile, Solutions } from '../../src/exercises/catalogue.ts'
import { withFault } from '../../src/exercises/faults.ts'
import type { Variant } from '../../src/exercises/modes.ts'
import type { Judged } from '../../src/runs/local-judge.ts'

/** What every run of some code has to come to. */
export type Expectation =
  | { type: 'passes' }
  /** It can be run and is not right yet: the starter of a `build` exercise. */
  | { type: 'runs' }
  | { type: 'shows'; symptom: Symptom; names: MistakeFile['names']; variants?: NamedVariant[] }

/**
 * `click`: everything from the beginning, as a candidate has it. `repeat`: one binary again and again; its first run is
 * from the beginning too. Of an exercise with modes it is one step's binary: that of the measurements, or of the tests under
 * the race detector.
 */
export type Step =
  | { type: 'click'; times: number }
  | { type: 'repeat'; times: number; processors: Processors; mode?: 'measure' }

/** A variant that must be dealt with wrongly. */
type NamedVariant = Pick<Variant, 'name' | 'kind'>

/** GOMAXPROCS of the repetitions, in turn. */
type Processors = readonly [number, ...number[]]

/** What is known of a step after some of its runs. */
export interface Tally {
  runs: number
  misses: number
}

export interface ExerciseCase {
  /** `<slug>/<which code>`, for example `worker-pool/wrong/never-shrinks`. */
  name: string
  exercise: Exercise
  files: GoFile[]
  answers: Answers
  expectation: Expectation
  steps: Step[]
  /** Other cases keep all cores busy meanwhile. */
  underLoad: boolean
  /** Nothing else of ours may run meanwhile: it measures. */
  alone: boolean
}

/** How often each kind of code is run. */
export interface Form {
  /** Full clicks of a wrong solution. */
  clicks: number
  starter: number
  /** Repetitions of what must pass, idle and again under load. */
  passing: number
  /** Repetitions of a wrong solution. After a miss they are FEWEST_FOR_A_MISS. */
  wrong: number
  /** Repetitions of the measurements, which are many measurements each. */
  measurements: number
  underLoad: boolean
}

/** What decides whether an exercise may be published: 204 repetitions must pass, of 100 at least 99 must be caught. */
export const FULL: Form = { clicks: 5, starter: 5, passing: 102, wrong: 100, measurements: 20, underLoad: true }
/** For every day, with the same bounds: the repetitions that are compiled for are the clicks. */
export const SHORT: Form = { clicks: 0, starter: 1, passing: 12, wrong: 3, measurements: 4, underLoad: false }

/** What the tests may take of a right solution with the race detector on, in a run without load. */
export const MAX_RUN_CPU_MS = 2000
const PROCESSORS: Processors = [1, 2, 4]
/** GOMAXPROCS of a candidate's run. */
const USUAL_PROCESSORS: Processors = [4]
/** A wrong solution must be caught in 99 of 100 repetitions: what missed once is judged by no fewer. */
const FEWEST_FOR_A_MISS = 100
const FEWEST_WRONG = 5
/** Reasons that measurements have; the other reasons are shown by clicks. */
const MEASURED: readonly Symptom[] = ['too-slow', 'too-many-allocations']
/** Reasons that no single binary shows. */
const CLICKED: readonly Symptom[] = ['wrong-answers', 'missed-bug', 'false-alarm']

/** All that is to be run of one exercise. */
export function casesOf(exercise: Exercise, solutions: Solutions, form: Form): ExerciseCase[] {
  const right = [solutions.reference, ...solutions.alternatives]
  const inLoad = form.underLoad && has(exercise, 'race') ? right.map((one) => rightCase(exercise, one, form, true)) : []
  return [
    starterCase(exercise, form),
    ...right.flatMap((one) => rightCases(exercise, one, form)),
    ...right.flatMap((one) => faultCases(exercise, one, form)),
    ...solutions.wrong.map((one) => wrongCase(exercise, one, solutions.reference, form)),
    ...inLoad,
  ]
}

function starterCase(exercise: Exercise, form: Form): ExerciseCase {
  const symptom = exercise.file.starterSymptom
  return {
    name: `${exercise.slug}/starter`,
    exercise,
    files: exercise.starter.filter(({ editable }) => editable).map(({ name, text }) => ({ name, text })),
    answers: {},
    expectation: symptom ? { type: 'shows', symptom, names: {} } : { type: 'runs' },
    steps: isPlain(exercise)
      ? [{ type: 'repeat', times: form.starter, processors: USUAL_PROCESSORS }]
      : [{ type: 'click', times: form.starter }],
    underLoad: false,
    alone: has(exercise, 'measure'),
  }
}

/** What measures is alone with the machine; the repetitions of its other tests need not be. */
function rightCases(exercise: Exercise, one: Solutions['reference'], form: Form): ExerciseCase[] {
  const whole = rightCase(exercise, one, form, false)
  if (!whole.alone) return [whole]
  const [tests, measured] = [whole.steps.filter(isOfTests), whole.steps.filter((step) => !isOfTests(step))]
  return [
    { ...whole, steps: tests, alone: false },
    { ...whole, name: `${whole.name} measured`, steps: measured },
  ].filter(({ steps }) => steps.length > 0)
}

function isOfTests(step: Step): boolean {
  return step.type === 'repeat' && step.mode !== 'measure'
}

function rightCase(exercise: Exercise, one: Solutions['reference'], form: Form, underLoad: boolean): ExerciseCase {
  return {
    name: `${exercise.slug}/${one.name}${underLoad ? ' under load' : ''}`,
    exercise,
    files: one.files,
    answers: one.answers,
    expectation: { type: 'passes' },
    steps: rightSteps(exercise, form, underLoad),
    underLoad,
    alone: !underLoad && has(exercise, 'measure'),
  }
}

/** What is right stays right when something goes wrong around it. */
function faultCases(exercise: Exercise, one: Solutions['reference'], form: Form): ExerciseCase[] {
  return exercise.faults.flatMap(({ id }) => {
    const judged = withFault(exercise, id)
    if (!judged) return []
    const whole = rightCase(judged, one, form, false)
    return [{ ...whole, name: `${whole.name} with ${id}`, steps: whole.steps.filter(isOfTests), alone: false }]
  })
}

/** Under load only the tests under the race detector are repeated: a measurement there would measure the load. */
function rightSteps(exercise: Exercise, form: Form, underLoad: boolean): Step[] {
  const tests: Step[] = has(exercise, 'race') ? [{ type: 'repeat', times: form.passing, processors: PROCESSORS }] : []
  if (underLoad || isPlain(exercise)) return tests
  const measured: Step[] = has(exercise, 'measure') ? [measurements(form)] : []
  return [...clicks(exercise, form), ...tests, ...measured]
}

function wrongSteps(exercise: Exercise, symptom: Symptom, form: Form): Step[] {
  if (MEASURED.includes(symptom)) return [...clicks(exercise, form), measurements(form)]
  if (CLICKED.includes(symptom) || !has(exercise, 'race')) return clicks(exercise, form)
  return [...clicks(exercise, form), { type: 'repeat', times: form.wrong, processors: USUAL_PROCESSORS }]
}

/** What only a whole run shows is clicked at least once. */
function clicks(exercise: Exercise, form: Form): Step[] {
  const times = isPlain(exercise) ? form.clicks : Math.max(form.clicks, 1)
  return times > 0 ? [{ type: 'click', times }] : []
}

function measurements(form: Form): Step {
  return { type: 'repeat', times: form.measurements, processors: USUAL_PROCESSORS, mode: 'measure' }
}

function has({ file }: Exercise, mode: Mode): boolean {
  return file.modes.includes(mode)
}

/** The tests under the race detector are all there is. */
function isPlain({ file }: Exercise): boolean {
  return file.modes.every((mode) => mode === 'race')
}

function wrongCase(
  exercise: Exercise,
  one: Solutions['wrong'][number],
  reference: Solutions['reference'],
  form: Form,
): ExerciseCase {
  const { symptom, names } = one.mistake
  const variants = exercise.variants.filter(({ folder }) => folder === names.variant)
  return {
    name: `${exercise.slug}/${one.name}`,
    exercise,
    // Where only the answers are wrong, the code is right.
    files: one.files.length > 0 ? one.files : reference.files,
    answers: one.answers,
    expectation: { type: 'shows', symptom, names, variants: variants.map(({ name, kind }) => ({ name, kind })) },
    steps: wrongSteps(exercise, symptom, form),
    underLoad: false,
    alone: MEASURED.includes(symptom),
  }
}

/** What an exercise lacks, in words; empty is complete. */
export function gapsOf({ file, variants }: Exercise, { reference, alternatives, wrong }: Solutions): string[] {
  const gaps = [...templateGaps(wrong), ...unprovedMeasures(file, wrong)]
  // Of questions alone there is one right answer and no design.
  const isWritten = file.editable.length > 0
  if (isWritten && reference.files.length === 0) gaps.push('reference/ has no Go file')
  if (isWritten && alternatives.length === 0) gaps.push('alternatives/ has no solution of another design')
  if (isWritten && wrong.length < FEWEST_WRONG)
    gaps.push(`wrong/ has ${wrong.length} solutions, at least ${FEWEST_WRONG} are needed`)
  if (file.kind === 'fix' && !file.starterSymptom)
    gaps.push('exercise.json does not say which symptom the starter shows')
  for (const { name, mistake } of wrong) {
    const { test, line, variant } = mistake.names
    if (variant && !variants.some(({ folder }) => folder === variant))
      gaps.push(`${name}/mistake.json names the variant ${variant}, which is not there`)
    if (!test && !line && !variant && mistake.symptom !== 'wrong-answers')
      gaps.push(`${name}/mistake.json names neither a test nor a line nor a variant`)
  }
  return gaps
}

/** Wrong solutions that are the template's, or each other's. */
function templateGaps(wrong: Solutions['wrong']): string[] {
  const texts = wrong.map(({ files, answers }) => JSON.stringify([files, answers]))
  return wrong.flatMap(({ name }, index) => [
    ...(/\/mistake-\d+$/.test(name) ? [`${name} is to be named after its mistake`] : []),
    ...(texts.indexOf(texts[index] ?? '') < index ? [`${name} is the same as another wrong solution`] : []),
  ])
}

/** A bound that no wrong solution breaks is not known to catch anything. */
function unprovedMeasures({ measure = {} }: Exercise['file'], wrong: Solutions['wrong']): string[] {
  const proved = (test: string, reason: string) =>
    wrong.some(({ mistake }) => mistake.symptom === reason && [mistake.names.test].flat().includes(test))
  return Object.entries(measure)
    .filter(([test, reason]) => !proved(test, reason))
    .map(([test, reason]) => `no wrong solution is ${reason} by ${test}`)
}

/** The most runs that a step can come to. */
export function mostRuns(step: Step, expectation: Expectation): number {
  return toleratesMisses(step, expectation) ? Math.max(step.times, FEWEST_FOR_A_MISS) : step.times
}

/**
 * Whether a step is decided. A few repetitions that all show the mistake are enough; after a miss there are as many as
 * the bound is about, so that a short check judges by the same bound as a full one. What must pass may never miss.
 */
export function decisionOf(step: Step, expectation: Expectation, { runs, misses }: Tally): 'more' | 'holds' | 'fails' {
  const most = mostRuns(step, expectation)
  const tolerated = toleratesMisses(step, expectation) ? Math.floor(most / FEWEST_FOR_A_MISS) : 0
  if (misses > tolerated) return 'fails'
  return runs >= (misses > 0 ? most : step.times) ? 'holds' : 'more'
}

function toleratesMisses(step: Step, expectation: Expectation): boolean {
  return step.type === 'repeat' && expectation.type === 'shows'
}

/** Whether the CPU time of a case says something of its tests: a right solution, and no load, under which a CPU does less. */
export function showsCpu({ expectation, underLoad }: Pick<ExerciseCase, 'expectation' | 'underLoad'>): boolean {
  return expectation.type === 'passes' && !underLoad
}

/** Whether a step runs what the budget is for: the tests under the race detector. */
export function hasBudget(step: Step): boolean {
  return step.type === 'repeat' && step.mode !== 'measure'
}

/** Why a run is dearer than tests may be; null where it is not. */
export function overBudget(
  one: Pick<ExerciseCase, 'expectation' | 'underLoad'>,
  runCpuMs: number | null,
): string | null {
  if (!showsCpu(one)) return null
  if (runCpuMs === null) return 'the CPU time of the tests is not known'
  if (runCpuMs <= MAX_RUN_CPU_MS) return null
  return `the tests took ${Math.round(runCpuMs)} ms of CPU, at most ${MAX_RUN_CPU_MS} ms are allowed`
}

/** Why a run is not what was expected; null where it is. */
export function missOf(expectation: Expectation, judged: Judged): string | null {
  const { verdict, summary, reason } = judged.verdict
  const got = `the verdict was ${verdict}: ${summary}`
  switch (expectation.type) {
    case 'passes':
      return verdict === 'passed' ? null : got
    case 'runs':
      return verdict === 'failed' ? null : got
    case 'shows': {
      const { symptom, names, variants = [] } = expectation
      if ((reason ?? verdict) !== symptom) return `${symptom} was expected, ${reason ? `${reason}, ` : ''}${got}`
      if (variants.length > 0 && !variants.some((one) => isMistaken(one, judged.events)))
        return `variant ${names.variant} is dealt with rightly; ${got}`
      const named = testsNamed(judged.events)
      const tests = [names.test ?? []].flat()
      if (tests.length > 0 && !tests.some((test) => named.has(test)))
        return `${tests.join(' or ')} is not named; ${got}`
      if (names.line && !linesNamed(judged.events).has(names.line)) return `${names.line} is not named; ${got}`
      return null
    }
  }
}

/** Whether a wrong variant was accepted, or a right one refused. */
function isMistaken({ name, kind }: NamedVariant, events: RunEvent[]): boolean {
  return events.some(
    (event) =>
      event.type === 'variant' && event.name === name && event.kind === kind && event.caught === (kind === 'right'),
  )
}

/** Tests that failed, did not end, or stand in some evidence. */
function testsNamed(events: RunEvent[]): Set<string> {
  const named = new Set<string>()
  const ended = new Set<string>()
  for (const event of events) {
    if (event.type === 'race' && event.race.test) named.add(event.race.test)
    if (event.type === 'panic' && event.panic.test) named.add(event.panic.test)
    if (event.type === 'goroutines') for (const { test } of event.goroutines) if (test) named.add(test)
    if (event.type !== 'test') continue
    if (event.action === 'fail') named.add(event.name)
    if (event.action === 'pass' || event.action === 'skip') ended.add(event.name)
  }
  for (const event of events) {
    if (event.type === 'test' && event.action === 'run' && !ended.has(event.name)) named.add(event.name)
  }
  return named
}

/** Lines of the candidate's files in the evidence: of both accesses of a race, of a panic, of goroutines that wait. */
function linesNamed(events: RunEvent[]): Set<string> {
  const frames: Frame[] = []
  const addGoroutine = ({ stack, created }: Goroutine) => frames.push(...stack, ...(created ? [created] : []))
  for (const event of events) {
    if (event.type === 'race') {
      for (const { stack, created } of event.race.accesses) frames.push(...stack, ...(created?.stack ?? []))
    }
    if (event.type === 'panic' && event.panic.goroutine) addGoroutine(event.panic.goroutine)
    if (event.type === 'goroutines') event.goroutines.forEach(addGoroutine)
  }
  return new Set(frames.filter(({ origin }) => origin === 'candidate').map(({ file, line }) => `${file}:${line}`))
}
