import type { Frame, Goroutine, MistakeFile, RunEvent, Symptom } from '@sandbox/protocol'
import type { Exercise, GoFile, Solutions } from '../../src/exercises/catalogue.ts'
import type { Judged } from '../../src/runs/local-judge.ts'

/** What every run of some code has to come to. */
export type Expectation =
  | { type: 'passes' }
  /** It can be run and is not right yet: the starter of a `build` exercise. */
  | { type: 'runs' }
  | { type: 'shows'; symptom: Symptom; names: MistakeFile['names'] }

/**
 * `click`: everything from the beginning, as a candidate has it. `repeat`: one binary again and again; its first run is
 * from the beginning too.
 */
export type Step = { type: 'click'; times: number } | { type: 'repeat'; times: number; processors: Processors }

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
  expectation: Expectation
  steps: Step[]
  /** Other programs keep all cores busy meanwhile. */
  underLoad: boolean
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
  underLoad: boolean
}

/** What decides whether an exercise may be published: 204 repetitions must pass, of 100 at least 99 must be caught. */
export const FULL: Form = { clicks: 5, starter: 5, passing: 102, wrong: 100, underLoad: true }
/** For every day, with the same bounds: the repetitions that are compiled for are the clicks. */
export const SHORT: Form = { clicks: 0, starter: 1, passing: 12, wrong: 3, underLoad: false }

/** What the tests may take of a right solution with the race detector on, in a run without load. */
export const MAX_RUN_CPU_MS = 2000
const PROCESSORS: Processors = [1, 2, 4]
/** GOMAXPROCS of a candidate's run. */
const USUAL_PROCESSORS: Processors = [4]
/** A wrong solution must be caught in 99 of 100 repetitions: what missed once is judged by no fewer. */
const FEWEST_FOR_A_MISS = 100
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
    steps: [{ type: 'repeat', times: form.starter, processors: USUAL_PROCESSORS }],
    underLoad: false,
  }
}

function rightCase(exercise: Exercise, one: Solutions['reference'], form: Form, underLoad: boolean): ExerciseCase {
  return {
    name: `${exercise.slug}/${one.name}${underLoad ? ' under load' : ''}`,
    exercise,
    files: one.files,
    expectation: { type: 'passes' },
    steps: [{ type: 'repeat', times: form.passing, processors: PROCESSORS }],
    underLoad,
  }
}

function wrongCase(exercise: Exercise, one: Solutions['wrong'][number], form: Form): ExerciseCase {
  const { symptom, names } = one.mistake
  const clicks: Step[] = form.clicks > 0 ? [{ type: 'click', times: form.clicks }] : []
  return {
    name: `${exercise.slug}/${one.name}`,
    exercise,
    files: one.files,
    expectation: { type: 'shows', symptom, names },
    steps: [...clicks, { type: 'repeat', times: form.wrong, processors: USUAL_PROCESSORS }],
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
      const named = testsNamed(judged.events)
      const tests = [names.test ?? []].flat()
      if (tests.length > 0 && !tests.some((test) => named.has(test)))
        return `${tests.join(' or ')} is not named; ${got}`
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
