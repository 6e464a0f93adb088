import {
  type Collection,
  type Diagnostic,
  type Escape,
  type Goroutine,
  type LoggedEvent,
  type Mode,
  mostTellingFirst,
  type Panic,
  type Race,
  type RunDescription,
  type RunEvent,
  type Stage,
  type TestStatus,
  type VerdictEvent,
  type WaitFor,
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

/** The tests once more under another schedule. */
export type TriedSchedule = Omit<Extract<RunEvent, { type: 'schedule' }>, 'type'>

/** A profile of a closer look, or the reason why there is none. */
export type TakenProfile = Omit<Extract<RunEvent, { type: 'profile' }>, 'type'>

export type StageState = { type: 'running'; beganAt: number } | { type: 'done'; ms: number }

/** A part of a run in a sandbox of its own. */
export type RunStep = Pick<Extract<RunEvent, { type: 'step' }>, 'mode' | 'label' | 'index' | 'of'>

/** How an answer was judged. */
export type JudgedAnswer = Extract<RunEvent, { type: 'answers' }>['answers'][number]

/** How the candidate's tests dealt with one variant. */
export type TriedVariant = Omit<Extract<RunEvent, { type: 'variant' }>, 'type'>

export interface TestRow {
  name: string
  /** The kind of step that it ran in: the same name may stand in two of them. */
  mode: Mode
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

/** What the scheduler did, in one sentence and in sums; null where it could not be read. The timeline itself is fetched. */
export type TimelineNews = Omit<Extract<RunEvent, { type: 'timeline' }>, 'type'>

/** What benchmarks came to, or in its sentence why there is nothing. */
export type BenchmarkNews = Omit<Extract<RunEvent, { type: 'benchmarks' }>, 'type'>

export interface GoroutineDump {
  reason: 'deadlock' | 'leak' | 'timeout' | 'panic'
  goroutines: Goroutine[]
  total: number
  /** Null where nothing is waited for, or the run could not note it. */
  waitFor: WaitFor | null
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
  /** The step that goes on; null in a run of one. */
  step: RunStep | null
  /** The run as it was when its step began: a step whose sandbox was lost is told again from there. */
  beforeStep: RunState | null
  /** In the step that goes on. */
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
  timeline: TimelineNews | null
  benchmarks: BenchmarkNews | null
  answers: JudgedAnswer[]
  variants: TriedVariant[]
  schedules: TriedSchedule[]
  profiles: TakenProfile[]
  /** What goes to the heap; null where the compiler was not asked. */
  escapes: { list: Escape[]; total: number } | null
  /** What the garbage collector did; null where it did nothing or was not watched. */
  collections: { sentence: string; list: Collection[]; total: number } | null
  /** The result stands, and other schedules are being tried: one of them may still overturn it. */
  exploring: boolean
}

/** A run of which no event is known yet. `clockAheadMs` is how far this page's clock is ahead of the server's. */
export function newRun(description: RunDescription, clockAheadMs: number): RunState {
  return {
    description,
    seq: 0,
    at: 0,
    acceptedAt: description.acceptedAt + clockAheadMs,
    phase: { type: 'accepted' },
    step: null,
    beforeStep: null,
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
    timeline: null,
    benchmarks: null,
    answers: [],
    variants: [],
    schedules: [],
    profiles: [],
    escapes: null,
    collections: null,
    exploring: false,
  }
}

/** Whether no event can follow. */
export function isOver(run: RunState): boolean {
  return run.phase.type === 'ended' && !run.exploring
}

/** Whether an event is the next one, was taken in before, or leaves a gap that only a resume can close. */
export function orderOf(run: RunState, seq: number): 'next' | 'known' | 'gap' {
  if (seq <= run.seq) return 'known'
  return seq === run.seq + 1 ? 'next' : 'gap'
}

/** The run after one more event. Events that were taken in before change nothing, nor do any after the verdict. */
export function foldRun(run: RunState, { seq, at, event }: LoggedEvent): RunState {
  if (orderOf(run, seq) === 'known' || isOver(run)) return run
  return { ...applyEvent(run, event, at), seq, at: Math.max(run.at, at) }
}

function applyEvent(run: RunState, event: RunEvent, at: number): RunState {
  switch (event.type) {
    case 'queued':
      return { ...run, phase: { type: 'queued', position: event.position } }
    case 'started':
      return { ...startAfresh(run), phase: { type: 'running', stage: null } }
    case 'stage':
      return applyStage(run, event, at)
    case 'diagnostics':
      return { ...run, diagnostics: [...run.diagnostics, ...event.diagnostics] }
    case 'plan':
      return { ...run, planned: true, tests: planTests(run.tests, event.tests, modeOf(run)) }
    case 'test':
      return { ...run, tests: applyTest(run.tests, event, modeOf(run)) }
    case 'output':
      return applyOutput(run, event)
    case 'race':
      return { ...run, races: mergeRace(run.races, event.race) }
    case 'panic':
      return { ...run, panic: run.panic ?? event.panic }
    case 'goroutines':
      return { ...run, dump: dumpOf(event) }
    case 'leftovers':
      return { ...run, leftovers: { goroutines: event.goroutines, total: event.total } }
    case 'timeline':
      return { ...run, timeline: { sentence: event.sentence, totals: event.totals } }
    case 'benchmarks':
      return { ...run, benchmarks: benchmarksOf(event) }
    case 'step':
      return applyStep(run, event)
    case 'answers':
      return { ...run, answers: event.answers }
    case 'variant':
      return { ...run, variants: [...run.variants, variantOf(event)] }
    case 'result':
      return { ...endRun(run, { ...event, type: 'verdict' }), exploring: true }
    case 'schedule':
      return applySchedule(run, event)
    case 'profile':
      return { ...run, profiles: [...run.profiles.filter(({ kind }) => kind !== event.kind), profileOf(event)] }
    case 'escapes':
      return { ...run, escapes: { list: event.escapes, total: event.total } }
    case 'collections':
      return { ...run, collections: { sentence: event.sentence, list: event.collections, total: event.total } }
    case 'verdict':
      return endRun(run, event)
    default:
      return assertNever(event)
  }
}

/** Told a second time, a run begins again: what its lost sandbox said does not count. */
function startAfresh(run: RunState): RunState {
  return newRun(run.description, run.acceptedAt - run.description.acceptedAt)
}

function applyStep(run: RunState, { mode, label, index, of }: RunStep): RunState {
  const before =
    run.step?.index === index && run.beforeStep ? run.beforeStep : { ...run, tests: run.tests.map(endTest) }
  const phase: RunPhase = { type: 'running', stage: null }
  // The one before this one's is of no use any more.
  return { ...before, phase, stages: {}, step: { mode, label, index, of }, beforeStep: { ...before, beforeStep: null } }
}

function variantOf({ type: _, ...variant }: Extract<RunEvent, { type: 'variant' }>): TriedVariant {
  return variant
}

function benchmarksOf({ type: _, ...benchmarks }: Extract<RunEvent, { type: 'benchmarks' }>): BenchmarkNews {
  return benchmarks
}

function modeOf(run: RunState): Mode {
  return run.step?.mode ?? 'race'
}

function profileOf({ type: _, ...profile }: Extract<RunEvent, { type: 'profile' }>): TakenProfile {
  return profile
}

/**
 * The verdict has the times of all steps, so that those of the last one are dropped. What other schedules took is not part
 * of what a person waited for.
 */
function endRun(run: RunState, { timings, ...verdict }: VerdictEvent): RunState {
  const tests = run.tests.map(endTest)
  const stages = run.step ? {} : run.stages
  const total = run.phase.type === 'ended' ? run.phase.verdict.timings.total : timings.total
  const phase: RunPhase = { type: 'ended', verdict: { ...verdict, timings: { ...timings, total } } }
  return { ...run, phase, tests, stages, beforeStep: null, exploring: false }
}

function dumpOf(event: Extract<RunEvent, { type: 'goroutines' }>): GoroutineDump {
  const { reason, goroutines, total, waitFor = null } = event
  return { reason, goroutines, total, waitFor }
}

/** Evidence that follows is of this schedule, and so are the tests and the output that come with it. */
function applySchedule(run: RunState, { type: _, ...schedule }: Extract<RunEvent, { type: 'schedule' }>): RunState {
  const schedules = [...run.schedules, schedule]
  if (!schedule.evidence) return { ...run, schedules }
  const { phase, at, stages, exploring, seq } = run
  return { ...startAfresh(run), phase, at, stages, exploring, seq, schedules }
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

function planTests(all: TestRow[], planned: { name: string; hidden: boolean }[], mode: Mode): TestRow[] {
  const known = all.filter((row) => row.mode === mode)
  const rows = planned.map(
    ({ name, hidden }): TestRow =>
      known.find((row) => row.name === name) ?? { name, mode, hidden, status: 'waiting', elapsedMs: null, output: '' },
  )
  const ofStep = known.filter((row) => !rows.includes(row)).reduce(insertRow, rows)
  return [...all.filter((row) => row.mode !== mode), ...ofStep]
}

const STATUS_AFTER = {
  run: 'running',
  pause: 'running',
  cont: 'running',
  pass: 'passed',
  fail: 'failed',
  skip: 'skipped',
} as const satisfies Record<string, TestStatus>

function applyTest(tests: TestRow[], event: Extract<RunEvent, { type: 'test' }>, mode: Mode): TestRow[] {
  const status = STATUS_AFTER[event.action]
  const elapsedMs = event.elapsedMs ?? null
  const isIt = (row: TestRow) => row.name === event.name && row.mode === mode
  if (tests.some(isIt)) {
    return tests.map((row) => (isIt(row) ? { ...row, status, elapsedMs: elapsedMs ?? row.elapsedMs } : row))
  }
  return insertRow(tests, { name: event.name, mode, hidden: event.hidden, status, elapsedMs, output: '' })
}

/** A subtest stands after the last row of its family: that of the nearest name above it that has a row. */
function insertRow(tests: TestRow[], row: TestRow): TestRow[] {
  // The name of a subtest may hold slashes of its own, so what is left of one need not be a test.
  for (let cut = row.name.lastIndexOf('/'); cut > 0; cut = row.name.lastIndexOf('/', cut - 1)) {
    const parent = row.name.slice(0, cut)
    const isFamily = ({ name, mode }: TestRow) =>
      mode === row.mode && (name === parent || name.startsWith(`${parent}/`))
    const family = tests.findLastIndex(isFamily)
    if (family >= 0) return tests.toSpliced(family + 1, 0, row)
  }
  return [...tests, row]
}

function applyOutput(run: RunState, event: Extract<RunEvent, { type: 'output' }>): RunState {
  const tests = event.test === null ? run.tests : addTestOutput(run.tests, event.test, event.text, modeOf(run))
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

function addTestOutput(tests: TestRow[], name: string, text: string, mode: Mode): TestRow[] {
  return tests.map((row) =>
    row.name === name && row.mode === mode
      ? { ...row, output: (row.output + text).slice(0, MAX_TEST_OUTPUT_CHARS) }
      : row,
  )
}

/** Neighbours of one origin become one chunk, so that a chatty program does not become a thousand elements. */
function appendChunk(output: OutputChunk[], chunk: OutputChunk): OutputChunk[] {
  const last = output.at(-1)
  if (!last || last.stream !== chunk.stream || last.test !== chunk.test) return [...output, chunk]
  return [...output.slice(0, -1), { ...last, text: last.text + chunk.text }]
}

/** The first is the one that the verdict's sentence is about. */
function mergeRace(races: Race[], race: Race): Race[] {
  return races.some((known) => known.id === race.id)
    ? races.map((known) => (known.id === race.id ? race : known))
    : mostTellingFirst([...races, race])
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
