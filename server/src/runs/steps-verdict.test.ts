import type { Verdict } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { emptyVerdict } from './endings.ts'
import { conclude, endsRun, type StepResult } from './steps-verdict.ts'
import { findingOf, type VariantFinding } from './variant-finding.ts'

const whole = (verdict: Verdict, summary = 'Passed: 2 of 2 tests.'): StepResult => ({
  type: 'whole',
  mode: 'race',
  verdict: { ...emptyVerdict(verdict, summary), tests: { passed: 2, failed: 0, total: 2 } },
})

function variant(kind: 'right' | 'wrong', number: number, finding: Exclude<VariantFinding, 'unfit'>): StepResult {
  const one = { name: `variant ${number}`, kind, folder: 'x', what: 'x', mayTimeOut: false, files: [] }
  return { type: 'variant', variant: one, finding, verdict: emptyVerdict('failed', 'Failed: TestX.') }
}

const ended = (verdict: Verdict, ran = true) => ({
  ...emptyVerdict(verdict, ''),
  timings: { ...emptyVerdict(verdict, '').timings, run: ran ? 5 : 0 },
})

test.each<[Verdict, VariantFinding, VariantFinding]>([
  ['passed', 'missed', 'accepted'],
  ['failed', 'caught', 'refused'],
  ['race', 'caught', 'refused'],
  ['deadlock', 'caught', 'refused'],
  ['leak', 'caught', 'refused'],
  ['panic', 'caught', 'refused'],
  ['timeout', 'missed', 'refused'],
  ['out-of-memory', 'missed', 'refused'],
  ['output-limit', 'missed', 'refused'],
  ['compile-error', 'unfit', 'unfit'],
  ['void', 'unfit', 'unfit'],
  ['cancelled', 'unfit', 'unfit'],
  ['internal-error', 'unfit', 'unfit'],
])('%s means that a wrong variant is %s and a right one %s', (verdict, ofWrong, ofRight) => {
  expect(findingOf({ kind: 'wrong', mayTimeOut: false }, ended(verdict))).toBe(ofWrong)
  expect(findingOf({ kind: 'right', mayTimeOut: false }, ended(verdict))).toBe(ofRight)
})

test('a timeout catches the variant that declares it, and never one whose build took too long', () => {
  expect(findingOf({ kind: 'wrong', mayTimeOut: true }, ended('timeout'))).toBe('caught')
  expect(findingOf({ kind: 'wrong', mayTimeOut: true }, ended('timeout', false))).toBe('unfit')
})

test('the only step of a run has the run’s verdict as it is', () => {
  const only = whole('race')
  expect(conclude([only])).toBe(only.verdict)
})

test('of several steps the one that did not pass decides, and all of them are counted', () => {
  const verdict = conclude([whole('passed'), whole('deadlock', 'Deadlock: it waits.')])
  expect(verdict).toMatchObject({ verdict: 'deadlock', summary: 'Deadlock: it waits.', tests: { total: 4 } })
})

test('missed and refused variants are both told, and the false alarm is the reason', () => {
  const results = [variant('right', 1, 'refused'), variant('wrong', 1, 'caught'), variant('wrong', 2, 'missed')]
  expect(conclude(results)).toMatchObject({
    verdict: 'failed',
    reason: 'false-alarm',
    summary: 'Failed: your tests accept 1 of 2 wrong variants (wrong 2). They refuse right 1: Failed: TestX.',
    tests: { passed: 1, failed: 2, total: 3 },
  })
})

test('what has passed says what all steps were', () => {
  const results = [whole('passed'), variant('right', 1, 'accepted'), variant('wrong', 1, 'caught')]
  expect(conclude(results).summary).toBe(
    'Passed: 2 of 2 tests. Your tests accept 1 right variant and catch 1 wrong one.',
  )
})

test('a step that did not pass ends the run, but a variant only the variants', () => {
  const next = { mode: 'questions', label: 'questions', questions: [], answers: {} } as const
  expect(endsRun([whole('passed')], next)).toBe(false)
  expect(endsRun([whole('failed')], next)).toBe(true)
  expect(endsRun([variant('wrong', 1, 'missed')], next)).toBe(true)
  expect(endsRun([variant('wrong', 1, 'caught')], next)).toBe(false)
  expect(endsRun([whole('passed')], undefined)).toBe(true)
})
