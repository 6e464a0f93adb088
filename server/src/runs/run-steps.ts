import type { RunEvent, Timeline, VerdictEvent } from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import type { Sandbox } from '../sandbox/driver.ts'
import type { Acquired } from '../sandbox/pool.ts'
import { answersVerdict, judgeAnswers } from './answers.ts'
import { collectProfiles } from './collect-profiles.ts'
import { emptyVerdict } from './endings.ts'
import { type Exploring, exploreSchedules, USUAL_MS, verdictAfter } from './explore-schedules.ts'
import { isWorthMeasuring, measureBenchmarks } from './measure-benchmarks.ts'
import type { InsightStep, PlanStep, TestStep, VariantStep } from './plan.ts'
import { runJob } from './run-job.ts'
import { conclude, endsRun, type StepResult } from './steps-verdict.ts'
import { findingOf } from './variant-finding.ts'

/** Where sandboxes come from: the pool, or nothing while none can be had (then it throws a sentence). */
export interface SandboxSource {
  acquire(person: string, signal: AbortSignal): Promise<Acquired>
}

export interface StepsRun {
  steps: readonly PlanStep[]
  person: string
  sandboxes: SandboxSource
  signal: AbortSignal
  emit: (event: RunEvent) => void
  /** Whether other schedules are tried after a run of tests that passed. */
  exploring?: Exploring
  /** Takes what is too large for an event. */
  keepTimeline?: ((timeline: Timeline) => void) | undefined
}

type Attempt = { verdict: VerdictEvent; lost: boolean; runCpuMs: number | null }

/**
 * Carries out the steps of one run, each in a sandbox of its own, until one does not pass, and returns the one verdict.
 * A step whose sandbox was lost is repeated once. `runCpuMs` is the CPU time of the first test binary.
 */
export async function runSteps(run: StepsRun): Promise<{ verdict: VerdictEvent; runCpuMs: number | null }> {
  const results: StepResult[] = []
  let runCpuMs: number | null = null
  for (const [index, step] of run.steps.entries()) {
    // A second `started`, or `step`, tells the page to begin afresh: the first attempt's sandbox was lost.
    const begin = () => {
      if (index === 0) run.emit({ type: 'started' })
      if (run.steps.length === 1 || step.mode === 'insight') return
      run.emit({ type: 'step', mode: step.mode, label: step.label, index: index + 1, of: run.steps.length })
    }
    const done = await carryOut(step, results, { ...run, begin })
    runCpuMs ??= done.runCpuMs
    results.push(done.result)
    if (endsRun(results, run.steps[index + 1])) break
  }
  return { verdict: conclude(results), runCpuMs }
}

type StepRun = StepsRun & { begin: () => void }

async function carryOut(
  step: PlanStep,
  before: readonly StepResult[],
  run: StepRun,
): Promise<{ result: StepResult; runCpuMs: number | null }> {
  switch (step.mode) {
    case 'race':
    case 'measure':
    case 'insight': {
      const { verdict, runCpuMs } = await inSandbox(step, run)
      return { result: { type: 'whole', mode: step.mode, verdict }, runCpuMs }
    }
    case 'questions': {
      run.begin()
      const answers = judgeAnswers(step.questions, step.answers)
      run.emit({ type: 'answers', answers })
      return { result: { type: 'whole', mode: step.mode, verdict: answersVerdict(answers) }, runCpuMs: null }
    }
    case 'variants':
      return tryVariant(step, before, run)
    default:
      return assertNever(step)
  }
}

/**
 * What a variant's run tells would tell of its code, and is the same for every variant: it is passed on only where it is
 * the evidence of a false alarm, the first one, or ends the run.
 */
async function tryVariant(step: VariantStep, before: readonly StepResult[], run: StepRun) {
  let told: RunEvent[] = []
  const begin = () => {
    told = []
    run.begin()
  }
  const { verdict, runCpuMs } = await inSandbox(step, { ...run, begin, emit: (event) => void told.push(event) })
  const { variant } = step
  const finding = findingOf(variant, verdict)
  if (finding === 'unfit') {
    told.forEach(run.emit)
    return { result: { type: 'whole', mode: step.mode, verdict } as const, runCpuMs }
  }
  const refusedBefore = before.some((one) => one.type === 'variant' && one.finding === 'refused')
  if (finding === 'refused' && !refusedBefore) told.forEach(run.emit)
  const caught = finding === 'refused' || finding === 'caught'
  run.emit({
    type: 'variant',
    name: variant.name,
    kind: variant.kind,
    caught,
    verdict: verdict.verdict,
    ...(finding === 'caught' ? { what: variant.what } : {}),
  })
  return { result: { type: 'variant', variant, finding, verdict } as const, runCpuMs }
}

/** A step that runs code. */
type JobStep = TestStep | VariantStep | InsightStep

async function inSandbox(step: JobStep, run: StepRun): Promise<Attempt> {
  const first = await attempt(step, run)
  return first.lost && !run.signal.aborted ? attempt(step, run) : first
}

async function attempt(
  step: JobStep,
  { steps, person, sandboxes, signal, emit, begin, exploring, keepTimeline }: StepRun,
): Promise<Attempt> {
  const asked = performance.now()
  let acquired: Acquired
  try {
    acquired = await sandboxes.acquire(person, signal)
  } catch (error) {
    if (signal.aborted) return { verdict: emptyVerdict('cancelled', 'Cancelled.'), lost: false, runCpuMs: null }
    throw error
  }
  try {
    const waited = performance.now() - asked
    begin()
    const reasons = 'reasons' in step ? step.reasons : {}
    const explores = exploring !== undefined && step.mode === 'race' && step.sweepMs !== 0 && steps.length === 1
    const isRepeated = step.mode === 'insight' && step.insight !== 'timeline'
    const ask = { ...step.job, keep: explores || isRepeated }
    const options = { signal, emit, reasons, ask, keepTimeline }
    const { verdict, lost, runCpuMs } = await runJob(acquired.sandbox, step.job, options)
    const summary = step.mode === 'insight' ? lookedCloser(verdict.summary) : verdict.summary
    const told = { ...verdict, summary, timings: { ...verdict.timings, sandbox: waited } }
    if (isRepeated && acquired.sandbox.usable && !signal.aborted) {
      await lookAgain(acquired.sandbox, step, { verdict, signal, emit })
    }
    if (!explores || verdict.verdict !== 'passed') return { verdict: told, lost, runCpuMs }
    emit({ ...told, type: 'result' })
    const budgetMs = exploring.budgetMs ?? step.sweepMs ?? USUAL_MS
    const explored = await exploreSchedules(acquired.sandbox, step.job, {
      ...exploring,
      budgetMs,
      firstCpuMs: runCpuMs,
      signal,
      emit,
    })
    return { verdict: verdictAfter(told, explored), lost, runCpuMs }
  } finally {
    // Not awaited: destroying a container takes longer than the run, and the verdict is known.
    void acquired.release()
  }
}

/** A pass without the race detector is not the pass that solves an exercise, and says so. */
function lookedCloser(summary: string): string {
  return summary.replace(/^Passed: /, 'Passed without race detector: ')
}

interface Looking {
  verdict: VerdictEvent
  signal: AbortSignal
  emit: (event: RunEvent) => void
}

/** What a closer look does after the tests, with the binary that was kept. */
async function lookAgain(sandbox: Sandbox, step: InsightStep, { verdict, ...looking }: Looking): Promise<void> {
  switch (step.insight) {
    case 'profile':
      if (comesToAnEnd(verdict)) await collectProfiles(sandbox, step.job, looking)
      return
    case 'benchmarks':
      if (isWorthMeasuring(verdict)) await measureBenchmarks(sandbox, step, looking)
      else if (comesToAnEnd(verdict))
        looking.emit({ type: 'benchmarks', sentence: WRONG_CODE, benchmarks: [], notes: [] })
      return
    case 'timeline':
      return
    default:
      assertNever(step.insight)
  }
}

const WRONG_CODE = 'Nothing was measured: the tests do not pass, and how fast wrong code is means little.'

/** Package testing writes its profiles when all tests have ended, well or not. */
function comesToAnEnd({ verdict }: VerdictEvent): boolean {
  return verdict === 'passed' || verdict === 'failed' || verdict === 'leak'
}
