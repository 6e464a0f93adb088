import { availableParallelism } from 'node:os'
import type { BesideVersion, Job, RunEvent, VerdictEvent } from '@sandbox/protocol'
import { type BenchmarkOutput, BenchmarkParser, type BenchmarkResult } from '../reports/benchmark-output.ts'
import type { Sandbox } from '../sandbox/driver.ts'
import { type BenchmarkRounds, benchmarksEvent, type Round } from './benchmark-events.ts'
import { failureNote, noBenchmarkSentence } from './benchmark-sentence.ts'
import type { Beside, TestJob } from './plan.ts'
import { runJob } from './run-job.ts'

/** What all rounds together may take, in ms: the page waits for them. */
const BUDGET_MS = 4000
/** A program that goes on when the budget is used up is ended after so long, in ms. */
const GRACE_MS = 500
/** An even number, so that neither side was first more often than the other. More make the interval hardly narrower. */
const MOST_ROUNDS = 12
/** Of the budget that is left for rounds, what is planned for: package testing looks for the number of operations first. */
const PLANNED_SHARE = 0.85
/** How much longer a benchmark takes than what is asked of it: that search, and the collections before each try. */
const OVERHEAD = 1.6
/** For which one benchmark runs in one round, in ms. */
const MOST_MS = 200
/** Package evidence gives tests more processors than there are, which makes times depend on who is put off. */
const PROCESSORS = Math.min(4, availableParallelism())

type Side = BesideVersion | 'own'

interface Measuring {
  sandbox: Sandbox
  job: TestJob
  signal: AbortSignal
  /** On the clock of performance.now(). */
  deadline: number
}

/** One execution of one side's binary: all benchmarks. */
interface Execution extends BenchmarkOutput {
  /** It came to its own end, though a benchmark may have failed. */
  ended: boolean
  /** What ended it otherwise, in a sentence. */
  summary: string
  ms: number
}

const NOTHING: Execution = { results: new Map(), failed: new Map(), ended: false, summary: '', ms: 0 }

/**
 * Measures the benchmarks of the binary that `sandbox` has kept, in turn with other versions of the code that are built
 * beside it, and tells what they come to in one event. Nothing else of these runs is told: what they print is for nobody, and
 * what is built beside may be hidden.
 */
export async function measureBenchmarks(
  sandbox: Sandbox,
  { job, beside }: { job: TestJob; beside: readonly Beside[] },
  { signal, emit }: { signal: AbortSignal; emit: (event: RunEvent) => void },
): Promise<void> {
  const began = performance.now()
  emit({ type: 'stage', stage: 'run', state: 'begin' })
  const first = await execute({ sandbox, job, signal, deadline: began + BUDGET_MS }, 'own', '1x')
  const nothing = whyNothing(first, job)
  if (nothing !== null) emit({ type: 'benchmarks', sentence: nothing, benchmarks: [], notes: [] })
  else {
    const built = await buildBeside(sandbox, beside, signal)
    const measuring = { sandbox, job, signal, deadline: performance.now() + BUDGET_MS }
    emit(benchmarksEvent(await measure(measuring, first, built)))
  }
  emit({ type: 'stage', stage: 'run', state: 'end', ms: performance.now() - began })
}

/** Whether code does what it should, if not fast enough; of code without tests nobody can say that it does not. */
export function isWorthMeasuring({ verdict, reason, tests }: VerdictEvent): boolean {
  const isSlow = reason === 'too-slow' || reason === 'too-many-allocations'
  return verdict === 'passed' || isSlow || (verdict === 'void' && tests.total === 0)
}

/** Why there is nothing to measure; null where there is. In an exercise the tests are not the person's to write. */
function whyNothing({ ended, results, failed, summary }: Execution, { rules }: TestJob): string | null {
  if (!ended) return `Nothing was measured: the benchmarks did not come to their end. ${summary}`.trimEnd()
  if (results.size > 0) return null
  const [failure] = failed
  return failure ? failureNote(...failure) : noBenchmarkSentence(rules.imports === null)
}

type Built = { version: BesideVersion; builds: boolean }

async function buildBeside(sandbox: Sandbox, beside: readonly Beside[], signal: AbortSignal): Promise<Built[]> {
  const built: Built[] = []
  for (const { version, job } of beside) {
    if (!sandbox.usable || signal.aborted) break
    const { importPath, goVersion, files, rules, limits } = job
    const ask: Job = {
      type: 'beside',
      beside: version,
      ...{ importPath, goVersion, files, rules, limits, race: false, vetTests: false },
    }
    let builds = false
    for await (const told of sandbox.run(ask, signal)) {
      if (told.type === 'event' && told.event.type === 'ended') builds = told.event.outcome === 'exited'
    }
    built.push({ version, builds })
  }
  return built
}

/** Every side once before the rounds: what does not run is left out, and the time that it takes is known. */
async function measure(measuring: Measuring, first: Execution, built: readonly Built[]): Promise<BenchmarkRounds> {
  const left: BenchmarkRounds['left'] = built
    .filter(({ builds }) => !builds)
    .map(({ version }) => ({ version, why: 'does not compile with these benchmarks' }))
  const sides: Side[] = ['own']
  let onceMs = first.ms
  for (const { version } of built.filter(({ builds }) => builds)) {
    const tried = await execute(measuring, version, '1x')
    if (tried.ended && tried.results.size > 0) sides.push(version)
    else left.push({ version, why: 'does not come to the end of these benchmarks' })
    onceMs = Math.max(onceMs, tried.ms)
  }
  const names = [...first.results.keys()]
  const leftMs = measuring.deadline - performance.now()
  const benchtime = `${timeOfEach({ leftMs, onceMs, executions: sides.length * MOST_ROUNDS, benchmarks: names.length })}ms`
  const rounds = await takeRounds(measuring, sides, benchtime)
  return { names, failed: first.failed, rounds, sides: sides.filter((side) => side !== 'own'), left, onceMs: first.ms }
}

interface Spending {
  leftMs: number
  /** What one execution takes in which every benchmark does one operation. */
  onceMs: number
  executions: number
  benchmarks: number
}

/** For how many whole ms each benchmark is to run, so that all executions fit into the time that is left. */
export function timeOfEach({ leftMs, onceMs, executions, benchmarks }: Spending): number {
  const forOne = ((PLANNED_SHARE * leftMs) / executions - onceMs) / (benchmarks * OVERHEAD)
  return Math.max(1, Math.min(MOST_MS, Math.floor(forOne)))
}

/** In every other round the sides run in the opposite order, so that what slows down steadily is on nobody's side. */
async function takeRounds(measuring: Measuring, sides: readonly Side[], benchtime: string): Promise<Round[]> {
  const rounds: Round[] = []
  let longestMs = 0
  while (rounds.length < MOST_ROUNDS) {
    const began = performance.now()
    if (began + longestMs > measuring.deadline) break
    const round = await takeRound(measuring, rounds.length % 2 === 0 ? sides : sides.toReversed(), benchtime)
    if (round === null) break
    rounds.push(round)
    longestMs = Math.max(longestMs, performance.now() - began)
  }
  return rounds
}

/** Null where a side did not come to its end. */
async function takeRound(measuring: Measuring, sides: readonly Side[], benchtime: string): Promise<Round | null> {
  const round = new Map<Side, ReadonlyMap<string, BenchmarkResult>>()
  for (const side of sides) {
    const { results, ended } = await execute(measuring, side, benchtime)
    if (!ended) return null
    round.set(side, results)
  }
  return round
}

async function execute(
  { sandbox, job, signal, deadline }: Measuring,
  side: Side,
  benchtime: string,
): Promise<Execution> {
  if (!sandbox.repeatable || signal.aborted) return NOTHING
  const began = performance.now()
  const parser = new BenchmarkParser(PROCESSORS)
  const runWallMs = Math.ceil(Math.min(job.limits.runWallMs, Math.max(0, deadline - began) + GRACE_MS))
  const ask: Job = {
    type: 'again',
    limits: { ...job.limits, runWallMs },
    processors: PROCESSORS,
    benchtime,
    ...(side === 'own' ? {} : { beside: side }),
  }
  const onStdout = (bytes: Uint8Array) => parser.push(bytes)
  const { verdict, exitCode } = await runJob(sandbox, job, { signal, emit: () => {}, ask, onStdout })
  const ended = exitCode === 0 || exitCode === 1
  return { ...parser.end(), ended, summary: verdict.summary, ms: performance.now() - began }
}
