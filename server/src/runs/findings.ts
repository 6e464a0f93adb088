import type { Diagnostic, FailureReason, Goroutine, Race, SupervisorEvent, Timings, WaitFor } from '@sandbox/protocol'
import type { LastWords } from '../reports/panic.ts'
import type { Sources } from '../reports/sources.ts'

export type Ended = Extract<SupervisorEvent, { type: 'ended' }>
export type Plan = Extract<SupervisorEvent, { type: 'plan' }>['tests']
type EvidenceStatus = NonNullable<Extract<SupervisorEvent, { type: 'evidence' }>['status']>
export type Rejected = Extract<SupervisorEvent, { type: 'rejected' }>
export type LeftOut = Extract<SupervisorEvent, { type: 'left-out' }>
export type DumpReason = Extract<SupervisorEvent, { type: 'dump' }>['reason']

/** What the evidence channel said at the end of all tests. */
export interface Finished {
  races: number
  goroutines: number
  leaked: number
}

/** A dump of the run with the reason it was taken for. */
export interface TakenDump {
  reason: DumpReason
  goroutines: Goroutine[]
  total: number
  waitFor: WaitFor
}

/** What one test came to on the evidence channel: `null` has begun and not ended. */
export type TestEvidence = EvidenceStatus | null

/** What a test logged. `place` is `pool_test.go:12`, null where the line is hidden or there is none. */
export interface Message {
  place: string | null
  text: string
  /** It was only logged, and failed nothing. */
  isLog: boolean
}

/** What the test events, which are for display only, add to a failure that the evidence proves. */
export interface Displayed {
  /** Tests and subtests with a `fail` event, in the order of the events. */
  failed: ReadonlySet<string>
  /** First logged line by test or subtest; `race detected …` of package testing is left out. */
  messages: ReadonlyMap<string, Message>
  /** Tests and subtests that began or went on and did not end. */
  running: ReadonlySet<string>
}

/** Everything known of one run: what the verdict and its sentence are made of. */
export interface Findings {
  sources: Sources
  limits: { buildWallMs: number; runWallMs: number; runCpuMs: number; memoryBytes: number; outputBytes: number }
  /** False where the run was built without the race detector. */
  raceDetector: boolean
  /** What the failure of a test means, by its name, where it is more than `failed`. */
  reasons: Readonly<Record<string, FailureReason>>
  ended: Ended | null
  /** CPU time of the test binary; null where it did not run or was not told. */
  runCpuMs: number | null
  rejected: Rejected | null
  diagnostics: Diagnostic[]
  /** Files that the build constraints keep out, in the words of the supervisor. */
  leftOut: LeftOut[]
  plan: Plan
  tests: ReadonlyMap<string, TestEvidence>
  finished: Finished | null
  /** Somebody else wrote on the evidence channel. */
  forged: boolean
  races: Race[]
  /** Race reports begun, those that could not be read included. */
  raceReports: number
  /** Live goroutines at which the race detector gave up. */
  goroutineLimit: number | null
  lastWords: LastWords
  dumps: readonly TakenDump[]
  displayed: Displayed
  timings: Timings
}

/**
 * Planned tests that failed: by evidence, or by testing's own word and a failing exit. The latter tells what is found
 * after the last cleanup, where evidence ends: a panic, a race, an example's wrong output.
 */
export function failedTests(findings: Findings): string[] {
  const failing = findings.ended?.exitCode !== 0
  return findings.plan
    .map(({ name }) => name)
    .filter((name) => findings.tests.get(name) === 'failed' || (failing && findings.displayed.failed.has(name)))
}

/** What the first failed test says of the run, where it is more than `failed`. */
export function reasonOf(findings: Findings): FailureReason | null {
  const [first] = failedTests(findings)
  return (first ? findings.reasons[first] : null) ?? null
}

/** Planned tests that began and did not end. */
export function unfinishedTests(findings: Findings): string[] {
  return findings.plan
    .map(({ name }) => name)
    .filter((name) => findings.tests.get(name) === null || findings.tests.get(name) === 'unfinished')
}

/**
 * The only subtest of a test that was still running and had none running below it, or the test itself. Stacks have
 * functions, not subtests, and the subtests of a table share one: of several that ran nobody can tell which it is.
 */
export function runningWithin({ displayed }: Findings, test: string): string {
  const below = [...displayed.running].filter((name) => name.startsWith(`${test}/`))
  const leaves = below.filter((name) => !below.some((other) => other.startsWith(`${name}/`)))
  return leaves.length === 1 && leaves[0] ? leaves[0] : test
}

/** Package synctest's panic after a bubble's main function returned: the test is over, and goroutines that it started are not. */
export function bubbleHasExited({ lastWords }: Pick<Findings, 'lastWords'>): boolean {
  return lastWords.meaning === 'deadlock' && (lastWords.panic?.message.includes('has exited') ?? false)
}

/**
 * Whether the test whose bubble has exited had failed by then. Its goroutines stayed because it gave up: what it says
 * comes first. A parent of subtests is failed by the panic itself, so that the message is asked for as well.
 */
export function failedBeforeItsBubble(findings: Findings): boolean {
  const { lastWords, displayed, forged, tests } = findings
  const test = lastWords.panic?.test
  if (!test || forged || !bubbleHasExited(findings) || tests.get(test) !== 'failed') return false
  return failingLast(displayed, test).some((name) => displayed.messages.get(name)?.isLog === false)
}

/** The subtest of a test that failed last, with the tests around it. Package testing tells of the innermost one first. */
function failingLast({ failed }: Displayed, test: string): string[] {
  const chain: string[] = []
  const within = [...failed].filter((name) => name === test || name.startsWith(`${test}/`))
  for (const name of within.toReversed()) {
    const around = chain.at(-1)
    if (around !== undefined && !name.startsWith(`${around}/`)) break
    chain.push(name)
  }
  return chain
}

/** Planned tests that passed, as far as evidence goes, and were not contradicted by a failure or a panic of theirs. */
export function passedTests(findings: Findings): string[] {
  const contradicted = new Set(failedTests(findings))
  const { panic } = findings.lastWords
  if (panic?.test && findings.ended?.exitCode !== 0) contradicted.add(panic.test)
  return findings.plan
    .map(({ name }) => name)
    .filter((name) => findings.tests.get(name) === 'passed' && !contradicted.has(name))
}
