import type { Timings, VerdictEvent } from '@sandbox/protocol'
import type { Variant } from '../exercises/modes.ts'
import { plural } from './count.ts'
import { emptyVerdict } from './endings.ts'
import type { PlanStep } from './plan.ts'
import type { VariantFinding } from './variant-finding.ts'

/** What a step came to: a verdict of its own, or one variant of several. */
export type StepResult =
  | { type: 'whole'; mode: PlanStep['mode']; verdict: VerdictEvent }
  | { type: 'variant'; variant: Variant; finding: Exclude<VariantFinding, 'unfit'>; verdict: VerdictEvent }

type VariantResult = Extract<StepResult, { type: 'variant' }>

/** Whether a run is over after these results. Of variants all are tried, however the first ones went. */
export function endsRun(results: readonly StepResult[], next: PlanStep | undefined): boolean {
  const last = results.at(-1)
  if (!last || !next) return true
  if (last.type === 'whole') return last.verdict.verdict !== 'passed'
  return next.mode !== 'variants' && results.some((one) => one.type === 'variant' && isBad(one))
}

/** The one verdict of a run that has ended. */
export function conclude(results: readonly StepResult[]): VerdictEvent {
  const [first] = results
  const last = results.at(-1)
  if (!first || !last) throw new Error('a run has at least one step')
  if (results.length === 1 && first.type === 'whole') return first.verdict
  const timings = results.map(({ verdict }) => verdict.timings).reduce(sumOfTimings)
  const tests = results.map(testsOf).reduce(sumOfTests)
  return { ...decisive(results, last), timings, tests }
}

function decisive(results: readonly StepResult[], last: StepResult): VerdictEvent {
  if (last.type === 'whole' && last.verdict.verdict !== 'passed') return last.verdict
  const variants = results.filter((one) => one.type === 'variant')
  if (variants.some(isBad)) return failedVariants(variants)
  return emptyVerdict('passed', passedSentence(results, variants))
}

function isBad({ finding }: VariantResult): boolean {
  return finding === 'missed' || finding === 'refused'
}

function failedVariants(variants: readonly VariantResult[]): VerdictEvent {
  const missed = variants.filter(({ finding }) => finding === 'missed')
  const refused = variants.filter(({ finding }) => finding === 'refused')
  const sentences: string[] = []
  if (missed.length > 0) {
    const names = missed.map(({ variant }) => nameOf(variant)).join(', ')
    const wrong = plural(numberOf(variants, 'wrong'), 'wrong variant')
    sentences.push(`Failed: your tests accept ${missed.length} of ${wrong} (${names}).`)
  }
  const [first] = refused
  if (first) {
    const who = missed.length > 0 ? 'They refuse' : 'Failed: your tests refuse'
    const others = refused.length > 1 ? ` and ${refused.length - 1} more` : ''
    sentences.push(`${who} ${nameOf(first.variant)}${others}: ${first.verdict.summary}`)
  }
  return { ...emptyVerdict('failed', sentences.join(' ')), reason: first ? 'false-alarm' : 'missed-bug' }
}

/** As the page's list of variants names it: `wrong 2`. */
function nameOf({ kind, name }: Variant): string {
  return `${kind} ${name.replace(/^variant /, '')}`
}

function numberOf(variants: readonly VariantResult[], kind: Variant['kind']): number {
  return variants.filter(({ variant }) => variant.kind === kind).length
}

/** The sentence of the first step, and what the others add to it. */
function passedSentence(results: readonly StepResult[], variants: readonly VariantResult[]): string {
  const sentences = results.flatMap((one) => {
    if (one.type === 'variant') return []
    const { total } = one.verdict.tests
    if (one.mode === 'measure') return [`${plural(total, 'measurement')} within bounds.`]
    return [one.verdict.summary.replace(/^Passed: /, '')]
  })
  if (variants.length > 0) {
    const right = plural(numberOf(variants, 'right'), 'right variant')
    sentences.push(`your tests accept ${right} and catch ${plural(numberOf(variants, 'wrong'), 'wrong one')}.`)
  }
  const [first = '', ...others] = sentences
  return [`Passed: ${first}`, ...others.map((text) => text.charAt(0).toUpperCase() + text.slice(1))].join(' ')
}

function testsOf(one: StepResult): VerdictEvent['tests'] {
  if (one.type === 'whole') return one.verdict.tests
  return isBad(one) ? { passed: 0, failed: 1, total: 1 } : { passed: 1, failed: 0, total: 1 }
}

function sumOfTests(a: VerdictEvent['tests'], b: VerdictEvent['tests']): VerdictEvent['tests'] {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, total: a.total + b.total }
}

function sumOfTimings(a: Timings, b: Timings): Timings {
  return {
    queue: a.queue + b.queue,
    sandbox: a.sandbox + b.sandbox,
    load: a.load + b.load,
    compile: a.compile + b.compile,
    vet: a.vet + b.vet,
    link: a.link + b.link,
    run: a.run + b.run,
    total: a.total + b.total,
  }
}
