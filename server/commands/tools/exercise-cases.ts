import type { Frame, Goroutine, MistakeFile, RunEvent, Symptom } from '@sandbox/protocol'
import type { Exercise, GoFile, Solutions } from '../../src/exercises/catalogue.ts'
import type { Judged } from '../../src/runs/local-judge.ts'

/** What every run of some code has to come to. */
export type Expectation =
  | { type: 'passes' }
  /** It can be run and is not right yet: the starter of a `build` exercise. */
  | { type: 'runs' }
  | { type: 'shows'; symptom: Symptom; names: MistakeFile['names'] }

/** `click`: everything from the beginning, as a candidate has it. `repeat`: one binary again and again. */
export type Step = { type: 'click'; times: number } | { type: 'repeat'; times: number; processors: number }

export interface ExerciseCase {
  /** `<slug>/<which code>`, for example `worker-pool/wrong/never-shrinks`. */
  name: string
  exercise: Exercise
  files: GoFile[]
  expectation: Expectation
  steps: Step[]
  /** Other programs keep all cores busy meanwhile. */
  underLoad: boolean
}

/** How often each kind of code is run. */
export interface Form {
  clicks: number
  /** Repetitions of what must pass, for each number of processors, idle and again under load. */
  passing: number
  wrong: number
  underLoad: boolean
}

/** What decides whether an exercise may be published: 204 repetitions must pass, of 100 at least 99 must be caught. */
export const FULL: Form = { clicks: 3, passing: 34, wrong: 100, underLoad: true }
/** For every day: a few minutes. */
export const SHORT: Form = { clicks: 1, passing: 4, wrong: 3, underLoad: false }

const PROCESSORS = [1, 2, 4]
/** GOMAXPROCS of a candidate's run. */
const USUAL_PROCESSORS = 4
/** One miss is tolerated in so many repetitions of a wrong solution. */
const REPETITIONS_PER_MISS = 100
const FEWEST_WRONG = 5

/** All that is to be run of one exercise. */
export function casesOf(exercise: Exercise, solutions: Solutions, form: Form): ExerciseCase[] {
  const right = [solutions.reference, ...solutions.alternatives]
  const inLoad = form.underLoad ? right.map((one) => rightCase(exercise, one, form, true)) : []
  return [
    starterCase(exercise, form),
    ...right.map((one) => rightCase(exercise, one, form, false)),
    ...solutions.wrong.map((one) => wrongCase(exercise, one, form)),
    ...inLoad,
  ]
}

function starterCase(exercise: Exercise, form: Form): ExerciseCase {
  const symptom = exercise.file.starterSymptom
  return {
    name: `${exercise.slug}/starter`,
    exercise,
    files: exercise.starter.filter(({ editable }) => editable).map(({ name, text }) => ({ name, text })),
    expectation: symptom ? { type: 'shows', symptom, names: {} } : { type: 'runs' },
    steps: [{ type: 'click', times: form.clicks }],
    underLoad: false,
  }
}

function rightCase(exercise: Exercise, one: Solutions['reference'], form: Form, underLoad: boolean): ExerciseCase {
  return {
    name: `${exercise.slug}/${one.name}${underLoad ? ' under load' : ''}`,
    exercise,
    files: one.files,
    expectation: { type: 'passes' },
    steps: PROCESSORS.map((processors) => ({ type: 'repeat', times: form.passing, processors })),
    underLoad,
  }
}

function wrongCase(exercise: Exercise, one: Solutions['wrong'][number], form: Form): ExerciseCase {
  const { symptom, names } = one.mistake
  return {
    name: `${exercise.slug}/${one.name}`,
    exercise,
    files: one.files,
    expectation: { type: 'shows', symptom, names },
    steps: [
      { type: 'click', times: form.clicks },
      { type: 'repeat', times: form.wrong, processors: USUAL_PROCESSORS },
    ],
    underLoad: false,
  }
}

/** What an exercise lacks, in words; empty is complete. */
export function gapsOf({ file }: Exercise, { reference, alternatives, wrong }: Solutions): string[] {
  const gaps: string[] = []
  if (reference.files.length === 0) gaps.push('reference/ has no Go file')
  if (alternatives.length === 0) gaps.push('alternatives/ has no solution of another design')
  if (wrong.length < FEWEST_WRONG)
    gaps.push(`wrong/ has ${wrong.length} solutions, at least ${FEWEST_WRONG} are needed`)
  if (file.kind === 'fix' && !file.starterSymptom)
    gaps.push('exercise.json does not say which symptom the starter shows')
  for (const { name, mistake } of wrong) {
    const { test, line } = mistake.names
    if (!test && !line) gaps.push(`${name}/mistake.json names neither a test nor a line`)
  }
  return gaps
}

/** How many of these repetitions may miss what is expected. */
export function toleratedMisses(step: Step, expectation: Expectation): number {
  return step.type === 'repeat' && expectation.type === 'shows' ? Math.floor(step.times / REPETITIONS_PER_MISS) : 0
}

/** Why a run is not what was expected; null where it is. */
export function missOf(expectation: Expectation, judged: Judged): string | null {
  const { verdict, summary } = judged.verdict
  const got = `the verdict was ${verdict}: ${summary}`
  switch (expectation.type) {
    case 'passes':
      return verdict === 'passed' ? null : got
    case 'runs':
      return verdict === 'failed' ? null : got
    case 'shows': {
      const { symptom, names } = expectation
      if (verdict !== symptom) return `${symptom} was expected, ${got}`
      if (names.test && !testsNamed(judged.events).has(names.test)) return `${names.test} is not named; ${got}`
      if (names.line && !linesNamed(judged.events).has(names.line)) return `${names.line} is not named; ${got}`
      return null
    }
  }
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
