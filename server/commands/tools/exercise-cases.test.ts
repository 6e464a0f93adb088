import { fileURLToPath } from 'node:url'
import type { RunEvent, Verdict } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import type { Exercise } from '../../src/exercises/catalogue.ts'
import { loadCatalogue, loadSolutions } from '../../src/exercises/catalogue.ts'
import { emptyVerdict } from '../../src/runs/endings.ts'
import {
  casesOf,
  decisionOf,
  type Expectation,
  FULL,
  gapsOf,
  hasBudget,
  MAX_RUN_CPU_MS,
  missOf,
  mostRuns,
  overBudget,
  SHORT,
  type Step,
} from './exercise-cases.ts'

const EXERCISES = fileURLToPath(new URL('../../../exercises', import.meta.url))

async function counter() {
  const exercise = (await loadCatalogue(EXERCISES)).exercises.get('hit-counter')
  if (!exercise) throw new Error('hit-counter is missing')
  return { exercise, solutions: await loadSolutions(exercise) }
}

const judged = (verdict: Verdict, events: RunEvent[] = []) => ({
  events,
  verdict: emptyVerdict(verdict, 'A sentence.'),
  runCpuMs: 5,
})
const failing = (name: string): RunEvent => ({ type: 'test', name, action: 'fail', hidden: true })

/** A goroutine that waits at a line of a file that belongs to `origin`. */
function waiting(line: number, origin: 'candidate' | 'hidden'): RunEvent {
  const frame = { function: 'sandbox/hits.f', file: 'hits.go', line, origin }
  const goroutine = {
    id: 7,
    state: 'chan send',
    leaked: true,
    role: 'candidate',
    site: frame,
    stack: [frame],
    created: null,
    creator: null,
    waitsFor: null,
    test: 'TestWaits',
  } as const
  return {
    type: 'goroutines',
    reason: 'leak',
    goroutines: [{ ...goroutine, stack: [frame], holds: [], selects: [], told: '', alone: false, alike: 0 }],
    total: 1,
  }
}

test('every piece of code of an exercise is a case, and what must pass is one under load too', async () => {
  const { exercise, solutions } = await counter()
  const names = (form: typeof FULL) => casesOf(exercise, solutions, form).map(({ name }) => name)
  const right = ['reference', ...solutions.alternatives.map(({ name }) => name)].map((name) => `hit-counter/${name}`)
  const idle = ['hit-counter/starter', ...right, ...solutions.wrong.map(({ name }) => `hit-counter/${name}`)]
  expect(names(SHORT)).toEqual(idle)
  expect(names(FULL)).toEqual([...idle, ...right.map((name) => `${name} under load`)])
})

test('the full form repeats what must pass more than 200 times', async () => {
  const { exercise, solutions } = await counter()
  const ofReference = casesOf(exercise, solutions, FULL).filter(({ name }) => name.includes('/reference'))
  const times = ofReference.flatMap(({ steps }) => steps).reduce((sum, step) => sum + step.times, 0)
  expect(times).toBeGreaterThanOrEqual(200)
})

/** Feeds a step its runs until it is decided; `misses` are the numbers of the runs that miss, from 1. */
function decided(step: Step, expectation: Expectation, ...misses: number[]) {
  const tally = { runs: 0, misses: 0 }
  while (decisionOf(step, expectation, tally) === 'more') {
    tally.runs++
    if (misses.includes(tally.runs)) tally.misses++
  }
  return { decision: decisionOf(step, expectation, tally), runs: tally.runs }
}

const shows: Expectation = { type: 'shows', symptom: 'race', names: {} }
const few: Step = { type: 'repeat', times: 3, processors: [4] }
const hundred: Step = { ...few, times: 100 }

test('a few repetitions that all show the mistake are enough', () => {
  expect(decided(few, shows)).toEqual({ decision: 'holds', runs: 3 })
  expect(decided(hundred, shows)).toEqual({ decision: 'holds', runs: 100 })
})

test('after a miss among few repetitions 99 of 100 decide', () => {
  for (const miss of [1, 2, 3]) expect(decided(few, shows, miss)).toEqual({ decision: 'holds', runs: 100 })
  expect(decided(few, shows, 2, 100)).toEqual({ decision: 'fails', runs: 100 })
  expect(decided(few, shows, 1, 2)).toEqual({ decision: 'fails', runs: 2 })
  expect(mostRuns(few, shows)).toBe(100)
})

test('the full form tolerates the miss that the short one tolerates, and no second one', () => {
  expect(decided(hundred, shows, 100)).toEqual({ decision: 'holds', runs: 100 })
  expect(decided(hundred, shows, 5, 9)).toEqual({ decision: 'fails', runs: 9 })
})

test('a full click never misses, and neither does what must pass', () => {
  expect(decided({ type: 'click', times: 5 }, shows, 5)).toEqual({ decision: 'fails', runs: 5 })
  expect(decided(hundred, { type: 'passes' }, 100)).toEqual({ decision: 'fails', runs: 100 })
  expect(decided(few, { type: 'passes' })).toEqual({ decision: 'holds', runs: 3 })
  expect(mostRuns(few, { type: 'passes' })).toBe(3)
})

test('wrong solutions get five full clicks in the full form', async () => {
  const { exercise, solutions } = await counter()
  const wrong = casesOf(exercise, solutions, FULL).filter(({ name }) => name.includes('/wrong/'))
  for (const { steps } of wrong) expect(steps[0]).toEqual({ type: 'click', times: 5 })
})

test('the tests of a right solution have a budget of CPU, measured without load', () => {
  const right = { expectation: { type: 'passes' }, underLoad: false } as const
  expect(overBudget(right, MAX_RUN_CPU_MS)).toBeNull()
  expect(overBudget(right, MAX_RUN_CPU_MS + 1)).toContain('2001 ms of CPU')
  expect(overBudget(right, null)).not.toBeNull()
  expect(overBudget({ ...right, underLoad: true }, 3 * MAX_RUN_CPU_MS)).toBeNull()
  expect(overBudget({ expectation: shows, underLoad: false }, 3 * MAX_RUN_CPU_MS)).toBeNull()
})

test('code that must pass misses with any other verdict, and the sentence of the verdict is the reason', () => {
  expect(missOf({ type: 'passes' }, judged('passed'))).toBeNull()
  expect(missOf({ type: 'passes' }, judged('leak'))).toBe('the verdict was leak: A sentence.')
})

test('a starter that is still to be written fails; it does not fail to compile', () => {
  expect(missOf({ type: 'runs' }, judged('failed'))).toBeNull()
  expect(missOf({ type: 'runs' }, judged('compile-error'))).not.toBeNull()
  expect(missOf({ type: 'runs' }, judged('passed'))).not.toBeNull()
})

test('a mistake is shown by the declared verdict alone', () => {
  const expectation: Expectation = { type: 'shows', symptom: 'failed', names: { test: 'TestA' } }
  expect(missOf(expectation, judged('failed', [failing('TestA')]))).toBeNull()
  expect(missOf(expectation, judged('race', [failing('TestA')]))).toContain('failed was expected')
  expect(missOf(expectation, judged('failed', [failing('TestB')]))).toContain('TestA is not named')
})

test('one of several tests that are declared is enough', () => {
  const expectation: Expectation = { type: 'shows', symptom: 'failed', names: { test: ['TestA', 'TestB'] } }
  expect(missOf(expectation, judged('failed', [failing('TestB')]))).toBeNull()
  expect(missOf(expectation, judged('failed', [failing('TestC')]))).toContain('TestA or TestB is not named')
})

test('a test that did not end is named, one that passed is not', () => {
  const expectation: Expectation = { type: 'shows', symptom: 'deadlock', names: { test: 'TestA' } }
  const run: RunEvent = { type: 'test', name: 'TestA', action: 'run', hidden: false }
  expect(missOf(expectation, judged('deadlock', [run]))).toBeNull()
  expect(missOf(expectation, judged('deadlock', [run, { ...run, action: 'pass' }]))).toContain('TestA is not named')
})

test('a line is named by the candidate’s own frames', () => {
  const expectation: Expectation = { type: 'shows', symptom: 'leak', names: { line: 'hits.go:12' } }
  expect(missOf(expectation, judged('leak', [waiting(12, 'candidate')]))).toBeNull()
  expect(missOf(expectation, judged('leak', [waiting(13, 'candidate')]))).toContain('hits.go:12 is not named')
  expect(missOf(expectation, judged('leak', [waiting(12, 'hidden')]))).toContain('hits.go:12 is not named')
})

test('an exercise without another design, with few mistakes or with a nameless one has gaps', async () => {
  const { exercise, solutions } = await counter()
  expect(gapsOf(exercise, solutions)).toEqual([])
  const nameless = solutions.wrong.slice(0, 4).map((one) => ({ ...one, mistake: { ...one.mistake, names: {} } }))
  const gaps = gapsOf(exercise, { ...solutions, alternatives: [], wrong: nameless })
  expect(gaps[0]).toContain('alternatives/')
  expect(gaps[1]).toContain('wrong/ has 4 solutions')
  expect(gaps).toHaveLength(6)
})

/** hit-counter with other modes: what is run of an exercise depends on nothing else. */
async function withModes(modes: Exercise['file']['modes'], symptom: 'too-slow' | 'false-alarm' | 'race') {
  const { exercise, solutions } = await counter()
  const wrong = solutions.wrong.slice(0, 1).map((one) => ({ ...one, mistake: { ...one.mistake, symptom } }))
  const cases = casesOf({ ...exercise, file: { ...exercise.file, modes } }, { ...solutions, wrong }, FULL)
  const found = (part: string) => {
    const one = cases.find(({ name }) => name.includes(part))
    if (!one) throw new Error(`no case ${part}`)
    return one
  }
  return { cases, found }
}

test('measurements are repeated alone, and never under load', async () => {
  const { cases, found } = await withModes(['race', 'measure'], 'too-slow')
  const clicks = { type: 'click', times: 5 }
  const measurements = { type: 'repeat', times: 20, processors: [4], mode: 'measure' }
  expect(found('/wrong/')).toMatchObject({ alone: true, steps: [clicks, measurements] })
  expect(found('/reference')).toMatchObject({ alone: false, steps: [{ type: 'repeat', times: 102 }] })
  expect(found('/reference measured')).toMatchObject({ alone: true, steps: [clicks, measurements] })
  for (const { steps } of cases.filter(({ underLoad }) => underLoad)) expect(steps.map(hasBudget)).toEqual([true])
})

test('a race in an exercise with measurements is repeated with its tests, beside other cases', async () => {
  const { found } = await withModes(['race', 'measure'], 'race')
  expect(found('/wrong/')).toMatchObject({ alone: false, steps: [{ type: 'click' }, { type: 'repeat', times: 100 }] })
})

test('variants are clicked and not repeated', async () => {
  const { cases } = await withModes(['variants'], 'false-alarm')
  expect(cases.flatMap(({ steps }) => steps).every(({ type }) => type === 'click')).toBe(true)
  expect(cases.some(({ underLoad }) => underLoad)).toBe(false)
})

test('the reason of a failure is its symptom', () => {
  const expectation: Expectation = { type: 'shows', symptom: 'too-slow', names: {} }
  const slow = { ...judged('failed'), verdict: { ...emptyVerdict('failed', 'x'), reason: 'too-slow' as const } }
  expect(missOf(expectation, slow)).toBeNull()
  expect(missOf(expectation, judged('failed'))).toContain('too-slow was expected')
  expect(missOf({ ...expectation, symptom: 'failed' }, slow)).toContain('failed was expected')
})

test('a variant is named by being dealt with wrongly', () => {
  const variants = [{ name: 'variant 2', kind: 'wrong' as const }]
  const expectation: Expectation = { type: 'shows', symptom: 'missed-bug', names: { variant: 'x' }, variants }
  const missed = (name: string, caught: boolean) => ({
    ...judged('failed', [{ type: 'variant', name, kind: 'wrong', caught, verdict: 'passed' }]),
    verdict: { ...emptyVerdict('failed', 'x'), reason: 'missed-bug' as const },
  })
  expect(missOf(expectation, missed('variant 2', false))).toBeNull()
  expect(missOf(expectation, missed('variant 2', true))).toContain('variant x is dealt with rightly')
  expect(missOf(expectation, missed('variant 1', false))).toContain('variant x is dealt with rightly')
})

test('questions alone need no design, and a variant that is named must be there', async () => {
  const { exercise, solutions } = await counter()
  const asked = { ...exercise, file: { ...exercise.file, editable: [], modes: ['questions' as const] } }
  expect(gapsOf(asked, { ...solutions, alternatives: [], wrong: [] })).toEqual([])
  const wrong = solutions.wrong.map((one) => ({ ...one, mistake: { ...one.mistake, names: { variant: 'gone' } } }))
  expect(gapsOf(exercise, { ...solutions, wrong })[0]).toContain('the variant gone')
})
