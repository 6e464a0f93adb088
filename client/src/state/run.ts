import type {
  Diagnostic,
  Goroutine,
  LoggedEvent,
  Panic,
  Race,
  RunDescription,
  RunEvent,
  Stage,
  TestStatus,
  VerdictEvent,
} from '@sandbox/protocol'
import { assertNever } from './assert-never.ts'

/** Output beyond this is cut in the page; the server's own limit is 1 MiB for a run. */
export const MAX_OUTPUT_CHARS = 1024 * 1024
/** What one test printed, as far as it is kept for its own row. */
export const MAX_TEST_OUTPUT_CHARS = 64 * 1024

export type RunPhase =
  | { type: 'accepted' }
  | { type: 'queued'; position: number }
  | { type: 'running'; stage: Stage | null }
  | { type: 'ended'; verdict: VerdictEvent }

export type StageState = { type: 'running'; beganAt: number } | { type: 'done'; ms: number }

export interface TestRow {
  name: string
  hidden: boolean
  status: TestStatus
  elapsedMs: number | null
  output: string
}

export interface OutputChunk {
  stream: 'stdout' | 'stderr'
  test: string | null
  text: string
}

/** What the tests left behind and nothing proves stuck. */
export interface Leftovers {
  goroutines: Goroutine[]
  total: number
}

export interface GoroutineDump {
  reason: 'deadlock' | 'leak' | 'timeout' | 'panic'
  goroutines: Goroutine[]
  total: number
}

/** Everything the page knows of one run: the fold of its events. */
export interface RunState {
  description: RunDescription
  /** Sequence number of the last event taken in; 0 before the first. */
  seq: number
  /** Milliseconds since the run was accepted, at the last event. */
  at: number
  /** When the run was accepted, in milliseconds since the epoch by this page's clock. */
  acceptedAt: number
  phase: RunPhase
  stages: Partial<Record<Stage, StageState>>
  /** Whether a plan came: before it, the number of tests is not known. */
  planned: boolean
  /** Top-level tests in the order of the plan, each followed by its subtests as they appear. */
  tests: TestRow[]
  diagnostics: Diagnostic[]
  output: OutputChunk[]
  outputChars: number
  outputCut: boolean
  races: Race[]
  panic: Panic | null
  dump: GoroutineDump | null
  leftovers: Leftovers | null
}

/** A run of which no event is known yet. `clockAheadMs` is how far this page's clock is ahead of the server's. */
export function newRun(description: RunDescription, clockAheadMs: number): RunState {
  return {
    description,
    seq: 0,
    at: 0,
    acceptedAt: description.acceptedAt + clockAheadMs,
    phase: { type: 'accepted' },
    stages: {},
    planned: false,
    tests: [],
    diagnostics: [],
    output: [],
    outputChars: 0,
    outputCut: false,
    races: [],
    panic: null,
    dump: null,
    leftovers: null,
  }
}

/** Whether an event is the next one, was taken in before, or leaves a gap that only a resume can close. */
export function orderOf(run: RunState, seq: number): 'next' | 'known' | 'gap' {
  if (seq <= run.seq) return 'known'
  return seq === run.seq + 1 ? 'next' : 'gap'
}

/** The run after one more event. Events that were taken in before change nothing, nor do any after the verdict. */
export function foldRun(run: RunState, { seq, at, event }: LoggedEvent): RunState {
  if (orderOf(run, seq) === 'known' || run.phase.type === 'ended') return run
  return { ...applyEvent(run, event, at), seq, at: Math.max(run.at, at) }
}

function applyEvent(run: RunState, event: RunEvent, at: number): RunState {
  switch (event.type) {
    case 'queued':
      return { ...run, phase: { type: 'queued', position: event.position } }
    case 'started':
      return { ...run, phase: { type: 'running', stage: null } }
    case 'stage':
      return applyStage(run, event, at)
    case 'diagnostics':
      return { ...run, diagnostics: [...run.diagnostics, ...event.diagnostics] }
    case 'plan':
      return { ...run, planned: true, tests: planTests(run.tests, event.tests) }
    case 'test':
      return { ...run, tests: applyTest(run.tests, event) }
    case 'output':
      return applyOutput(run, event)
    case 'race':
      return { ...run, races: mergeRace(run.races, event.race) }
    case 'panic':
      return { ...run, panic: run.panic ?? event.panic }
    case 'goroutines':
      return { ...run, dump: { reason: event.reason, goroutines: event.goroutines, total: event.total } }
    case 'leftovers':
      return { ...run, leftovers: { goroutines: event.goroutines, total: event.total } }
    case 'step':
    case 'answers':
    case 'variant':
      return run
    case 'verdict':
      return { ...run, phase: { type: 'ended', verdict: event }, tests: run.tests.map(endTest) }
    default:
      return assertNever(event)
  }
}

function applyStage(run: RunState, event: Extract<RunEvent, { type: 'stage' }>, at: number): RunState {
  const began = run.stages[event.stage]
  const beganAt = began?.type === 'running' ? began.beganAt : at
  const stage: StageState =
    event.state === 'begin' ? { type: 'running', beganAt: at } : { type: 'done', ms: event.ms ?? at - beganAt }
  const stages = { ...run.stages, [event.stage]: stage }
  return { ...run, stages, phase: { type: 'running', stage: currentStage(stages) } }
}

/** Vet runs beside compile and link: what a person waits for is the other one. */
function currentStage(stages: RunState['stages']): Stage | null {
  const order: Stage[] = ['run', 'link', 'compile', 'load', 'vet']
  return order.find((stage) => stages[stage]?.type === 'running') ?? null
}

function planTests(known: TestRow[], planned: { name: string; hidden: boolean }[]): TestRow[] {
  const rows = planned.map(
    ({ name, hidden }): TestRow =>
      known.find((row) => row.name === name) ?? { name, hidden, status: 'waiting', elapsedMs: null, output: '' },
  )
  return known.filter((row) => !rows.includes(row)).reduce(insertRow, rows)
}

const STATUS_AFTER = {
  run: 'running',
  pause: 'running',
  cont: 'running',
  pass: 'passed',
  fail: 'failed',
  skip: 'skipped',
} as const satisfies Record<string, TestStatus>

function applyTest(tests: TestRow[], event: Extract<RunEvent, { type: 'test' }>): TestRow[] {
  const status = STATUS_AFTER[event.action]
  const elapsedMs = event.elapsedMs ?? null
  if (tests.some((row) => row.name === event.name)) {
    return tests.map((row) =>
      row.name === event.name ? { ...row, status, elapsedMs: elapsedMs ?? row.elapsedMs } : row,
    )
  }
  return insertRow(tests, { name: event.name, hidden: event.hidden, status, elapsedMs, output: '' })
}

/** A subtest stands after the last row of its family: that of the nearest name above it that has a row. */
function insertRow(tests: TestRow[], row: TestRow): TestRow[] {
  // The name of a subtest may hold slashes of its own, so what is left of one need not be a test.
  for (let cut = row.name.lastIndexOf('/'); cut > 0; cut = row.name.lastIndexOf('/', cut - 1)) {
    const parent = row.name.slice(0, cut)
    const family = tests.findLastIndex(({ name }) => name === parent || name.startsWith(`${parent}/`))
    if (family >= 0) return tests.toSpliced(family + 1, 0, row)
  }
  return [...tests, row]
}

function applyOutput(run: RunState, event: Extract<RunEvent, { type: 'output' }>): RunState {
  const tests = event.test === null ? run.tests : addTestOutput(run.tests, event.test, event.text)
  const room = MAX_OUTPUT_CHARS - run.outputChars
  if (room <= 0) return { ...run, tests, outputCut: true }
  const text = event.text.slice(0, room)
  return {
    ...run,
    tests,
    output: appendChunk(run.output, { stream: event.stream, test: event.test, text }),
    outputChars: run.outputChars + text.length,
    outputCut: run.outputCut || text.length < event.text.length,
  }
}

function addTestOutput(tests: TestRow[], name: string, text: string): TestRow[] {
  return tests.map((row) =>
    row.name === name ? { ...row, output: (row.output + text).slice(0, MAX_TEST_OUTPUT_CHARS) } : row,
  )
}

/** Neighbours of one origin become one chunk, so that a chatty program does not become a thousand elements. */
function appendChunk(output: OutputChunk[], chunk: OutputChunk): OutputChunk[] {
  const last = output.at(-1)
  if (!last || last.stream !== chunk.stream || last.test !== chunk.test) return [...output, chunk]
  return [...output.slice(0, -1), { ...last, text: last.text + chunk.text }]
}

function mergeRace(races: Race[], race: Race): Race[] {
  return races.some((known) => known.id === race.id)
    ? races.map((known) => (known.id === race.id ? race : known))
    : [...races, race]
}

/** After the verdict nothing runs any more. A test that never began stays as it was: waiting. */
function endTest(row: TestRow): TestRow {
  return row.status === 'running' ? { ...row, status: 'unfinished' } : row
}

/** Milliseconds since the run was accepted; never less than its last event says. */
export function elapsedSince(run: RunState, now: number): number {
  return Math.max(run.at, now - run.acceptedAt)
}

/** How long the run has taken so far, in milliseconds. */
export function elapsedOf(run: RunState, now: number): number {
  return run.phase.type === 'ended' ? run.at : elapsedSince(run, now)
}
