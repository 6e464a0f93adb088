import {
  countGoroutines,
  type ExerciseDetail,
  type FailureReason,
  type Goroutine,
  type Mode,
  type Stage,
  type TestStatus,
  type Timings,
  type Verdict,
} from '@sandbox/protocol'
import { assertNever } from './assert-never.ts'
import { isStuck } from './marks.ts'
import type { RunState, TestRow } from './run.ts'

export type TabName =
  | 'story'
  | 'profile'
  | 'timeline'
  | 'benchmarks'
  | 'next'
  | 'answers'
  | 'variants'
  | 'tests'
  | 'measure'
  | 'goroutines'
  | 'output'

export interface Tab {
  name: TabName
  label: string
  /** Short count beside the label, for example `2` or `7/9`. */
  count: string
  /** The count tells of something bad. */
  bad: boolean
}

/** Everything a badge can say: a verdict, or how far a run without one is. */
export type Standing = Verdict | 'running' | 'queued'

/** What of an exercise decides which tabs its runs have. */
export type TabContent = Pick<ExerciseDetail, 'followUps' | 'modes' | 'variants'>

/** The tabs that have something to show, in their fixed order. */
export function tabsOf(run: RunState, exercise: TabContent | null): Tab[] {
  const passed = verdictOf(run) === 'passed' && !run.description.insight
  const tabs: Tab[] = []
  if (run.profiles.length > 0) tabs.push({ name: 'profile', label: 'Profile', count: '', bad: false })
  if (run.timeline) tabs.push({ name: 'timeline', label: 'Timeline', count: '', bad: false })
  if (run.benchmarks) tabs.push({ name: 'benchmarks', label: 'Benchmarks', count: '', bad: false })
  if (passed && exercise && exercise.followUps.length > 0)
    tabs.push({ name: 'next', label: 'What next', count: '', bad: false })
  if (run.races.length > 0) tabs.push({ name: 'story', ...raceLabel(run.races.length) })
  else if (run.panic) tabs.push({ name: 'story', label: 'Panic', count: '', bad: false })
  if (run.answers.length > 0) tabs.push({ name: 'answers', label: 'Answers', ...answerCount(run) })
  if (exercise && variantsBegan(run, exercise)) {
    tabs.push({ name: 'variants', label: 'Variants', ...variantCount(run, exercise) })
  }
  if (began(run, testRows(run))) tabs.push({ name: 'tests', label: 'Tests', ...testCount(testRows(run)) })
  if (began(run, measuredRows(run))) {
    tabs.push({ name: 'measure', label: 'Measured', ...testCount(measuredRows(run)) })
  }
  if (run.dump || run.leftovers) {
    const count = countGoroutines(sortGoroutines(run.dump?.goroutines ?? [])) + (run.leftovers?.total ?? 0)
    tabs.push({ name: 'goroutines', label: 'Goroutines', count: String(count), bad: false })
  }
  const printed = run.output.some((chunk) => ownOutput(chunk.text) !== '')
  if (run.diagnostics.length > 0 || printed) {
    tabs.push({ name: 'output', label: printed ? 'Output' : 'Messages', ...messageCount(run) })
  }
  return tabs
}

function raceLabel(races: number): Pick<Tab, 'label' | 'count' | 'bad'> {
  return races === 1 ? { label: 'Race', count: '', bad: false } : { label: 'Races', count: String(races), bad: false }
}

/** Tests of behaviour. */
export function testRows(run: RunState): TestRow[] {
  return run.tests.filter(({ mode }) => mode !== 'measure')
}

/** Tests that measure. */
export function measuredRows(run: RunState): TestRow[] {
  return run.tests.filter(({ mode }) => mode === 'measure')
}

/** Before the verdict every planned test is worth a row; a run that ended in the build has no tests to show. */
function began(run: RunState, rows: TestRow[]): boolean {
  return rows.length > 0 && (run.phase.type !== 'ended' || rows.some((row) => row.status !== 'waiting'))
}

function variantsBegan(run: RunState, { modes }: TabContent): boolean {
  return modes.includes('variants') && (run.variants.length > 0 || run.step?.mode === 'variants')
}

function testCount(rows: TestRow[]): { count: string; bad: boolean } {
  const { passed, total, failed } = countTests(rows)
  return { count: `${passed}/${total}`, bad: failed > 0 }
}

function answerCount({ answers }: RunState): { count: string; bad: boolean } {
  const right = answers.filter((one) => one.right).length
  return { count: `${right}/${answers.length}`, bad: right < answers.length }
}

function variantCount(run: RunState, { variants }: TabContent): { count: string; bad: boolean } {
  const well = run.variants.filter(({ kind, caught }) => caught === (kind === 'wrong')).length
  return { count: `${well}/${variants.right + variants.wrong}`, bad: well < run.variants.length }
}

function messageCount(run: RunState): { count: string; bad: boolean } {
  const count = run.diagnostics.length
  return { count: count > 0 ? String(count) : '', bad: run.diagnostics.some((one) => one.severity === 'error') }
}

/** The tab that the verdict asks for, where a person has not chosen one. */
export function defaultTab(run: RunState, tabs: Tab[]): TabName | null {
  const reason = run.phase.type === 'ended' ? run.phase.verdict.reason : undefined
  const looked: TabName[] = run.description.insight ? ['profile', 'timeline', 'benchmarks'] : []
  const wanted = [...looked, ...(reason ? REASON_TABS[reason] : []), ...wantedTabs(standingOf(run), run.step?.mode)]
  return wanted.find((name) => tabs.some((tab) => tab.name === name)) ?? tabs[0]?.name ?? null
}

/** Where the evidence of a failure stands that is more than a failed test. */
const REASON_TABS: Record<FailureReason, TabName[]> = {
  'too-slow': ['measure'],
  'too-many-allocations': ['measure'],
  'wrong-answers': ['answers'],
  'missed-bug': ['variants'],
  'false-alarm': ['variants'],
}

/** What is to be watched of a step that goes on. */
const STEP_TABS: Record<Mode, TabName[]> = {
  race: [],
  measure: ['measure'],
  questions: ['answers'],
  variants: ['variants'],
}

function wantedTabs(standing: Standing, mode: Mode | undefined): TabName[] {
  switch (standing) {
    case 'race':
    case 'panic':
      return ['story', 'tests']
    case 'deadlock':
    case 'leak':
    case 'timeout':
      return ['goroutines', 'tests', 'output']
    case 'passed':
      return ['next', 'answers', 'variants', 'tests']
    case 'compile-error':
    case 'rejected':
    case 'output-limit':
      return ['output', 'tests']
    case 'failed':
    case 'out-of-memory':
    case 'cancelled':
    case 'void':
    case 'internal-error':
      return ['tests', 'output']
    case 'running':
    case 'queued':
      return [...(mode ? STEP_TABS[mode] : []), 'tests', 'output']
    default:
      return assertNever(standing)
  }
}

/** What the badge of a run says. */
export function standingOf(run: RunState): Standing {
  switch (run.phase.type) {
    case 'ended':
      return run.phase.verdict.verdict
    case 'queued':
      return 'queued'
    case 'accepted':
    case 'running':
      return 'running'
    default:
      return assertNever(run.phase)
  }
}

export function verdictOf(run: RunState): Verdict | null {
  return run.phase.type === 'ended' ? run.phase.verdict.verdict : null
}

const REASON_WORDS: Record<FailureReason, string> = {
  'too-slow': 'too slow',
  'too-many-allocations': 'too many allocations',
  'wrong-answers': 'wrong answers',
  'missed-bug': 'missed bug',
  'false-alarm': 'false alarm',
}

/** Why a run is `failed`, in words, where it is more than a failed test. */
export function reasonWord(run: RunState): string | null {
  const reason = run.phase.type === 'ended' ? run.phase.verdict.reason : undefined
  return reason ? REASON_WORDS[reason] : null
}

const STAGE_WORDS = {
  load: 'reading the code',
  compile: 'compiling',
  vet: 'vetting',
  link: 'linking',
  run: 'running the tests',
} as const satisfies Record<Stage, string>

/** What a run does now, in a word or two for the Cancel button. */
export function progressWord(run: RunState): string {
  if (run.phase.type === 'queued') return `${ordinal(run.phase.position)} in line`
  const stage = run.phase.type === 'running' && run.phase.stage ? run.phase.stage : 'starting'
  if (!run.step || run.phase.type !== 'running') return stage
  const { label, index, of } = run.step
  return `${label} ${index}/${of}`
}

function ordinal(position: number): string {
  return position === 1 ? 'next' : `${position}.`
}

/** The one sentence over the evidence. */
export function summaryOf(run: RunState): string {
  const { phase } = run
  switch (phase.type) {
    case 'accepted':
      return 'Running: waiting for a sandbox.'
    case 'queued':
      return phase.position === 1 ? 'Waiting: next in the queue.' : `Waiting: position ${phase.position} in the queue.`
    case 'running':
      return runningSentence(run, phase.stage)
    case 'ended':
      return phase.verdict.summary
    default:
      return assertNever(phase)
  }
}

function runningSentence(run: RunState, stage: Stage | null): string {
  const { step } = run
  if (!step) return stage === 'run' ? testsSentence(run) : `Running: ${STAGE_WORDS[stage ?? 'load']}.`
  const doing = stage === null ? '' : `, ${STAGE_WORDS[stage]}`
  return `Running: step ${step.index} of ${step.of}, ${step.label}${doing}.`
}

function testsSentence({ tests, description }: RunState): string {
  const { total, failed, passed, skipped } = countTests(tests)
  if (description.insight === 'benchmarks' && passed + skipped === total)
    return 'Running: the benchmarks of all versions take turns, for about five seconds.'
  if (total === 0) return 'Running: the tests begin.'
  const reported = passed + failed + skipped
  const outcome = failed === 0 ? 'none has failed' : `${failed} ${failed === 1 ? 'has' : 'have'} failed`
  return `Running: ${reported} of ${total} tests have reported and ${outcome}.`
}

/** Top-level tests only: what a plan counts. */
export function countTests(rows: TestRow[]): { passed: number; failed: number; skipped: number; total: number } {
  const top = rows.filter((row) => !row.name.includes('/'))
  const count = (status: string) => top.filter((row) => row.status === status).length
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), total: top.length }
}

export interface StagePart {
  stage: Stage
  state: 'done' | 'now' | 'todo'
  /** Share of the bar, in milliseconds; for what is still to come, what such a stage usually takes. */
  weight: number
  ms: number | null
}

/** Stages of the bar: load and vet are short or run beside, and are told in words only. */
const BAR_STAGES = ['compile', 'link', 'run'] as const
const USUAL_MS = { compile: 35, link: 180, run: 120 } as const

/** The bar under the sentence. `elapsedMs` is the time since the last event, for the stage that goes on. */
export function stageParts(run: RunState, elapsedMs: number): StagePart[] {
  const ended = run.phase.type === 'ended'
  return BAR_STAGES.map((stage) => {
    const state = run.stages[stage]
    if (state?.type === 'done') return { stage, state: 'done', weight: Math.max(state.ms, 1), ms: state.ms }
    if (state?.type === 'running' && !ended) {
      const ms = Math.max(run.at - state.beganAt + elapsedMs, 1)
      return { stage, state: 'now', weight: Math.max(ms, USUAL_MS[stage] / 4), ms }
    }
    const ms = ended && run.phase.type === 'ended' ? run.phase.verdict.timings[stage] : 0
    return ms > 0
      ? { stage, state: 'done', weight: ms, ms }
      : { stage, state: 'todo', weight: USUAL_MS[stage], ms: null }
  })
}

/** The words beside the bar. */
export function stageWords(run: RunState, parts: StagePart[]): { text: string; skipped: string; total: string } {
  const done = parts.filter((part) => part.ms !== null)
  const text = done.map((part) => `${part.stage} ${formatMs(part.ms ?? 0)}`).join(' · ')
  if (run.phase.type !== 'ended') return { text, skipped: '', total: '' }
  const skipped = parts.filter((part) => part.state === 'todo').map((part) => part.stage)
  return {
    text,
    skipped: skipped.length > 0 ? `${joinWords(skipped)} skipped` : '',
    total: totalWords(run.phase.verdict.timings),
  }
}

/** Waiting that a person would otherwise take for slow work. */
const WORTH_TELLING_MS = 100

/** A run that nobody timed to its end, because the server was gone, has no total. */
function totalWords(timings: Timings): string {
  return timings.total > 0 ? `${formatMs(timings.total)} in all${waitWords(timings)}` : ''
}

function waitWords(timings: Timings): string {
  const waits = [
    { word: 'queue', ms: timings.queue },
    { word: 'sandbox', ms: timings.sandbox },
  ].filter((wait) => wait.ms >= WORTH_TELLING_MS)
  return waits.length === 0 ? '' : `, ${waits.map((wait) => `${formatMs(wait.ms)} ${wait.word}`).join(', ')}`
}

function joinWords(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** `12 ms`, `0.9 s`, `12 s`. */
export function formatMs(ms: number): string {
  if (ms < 1) return '<1 ms'
  if (ms < 1000) return `${Math.round(ms)} ms`
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`
}

/** `12 s`, `4 min`, `2 h`: how long ago something was. */
export function formatAge(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}

/** Goroutines worth showing: ours first, what nothing can wake before what merely waits; the runtime's own left out. */
export function sortGoroutines(goroutines: Goroutine[]): Goroutine[] {
  const shown = goroutines.filter((goroutine) => goroutine.role !== 'runtime')
  const weight = (one: Goroutine) =>
    (one.leaked ? 0 : 4) + (isStuck(one.state, one.leaked) ? 0 : 2) + (one.role === 'candidate' ? 0 : 1)
  return shown.toSorted((a, b) => weight(a) - weight(b) || a.id - b.id)
}

/** The races of a run against those of the run before it: which are new, and how many are gone. */
export function compareRaces(
  run: RunState,
  before: RunState | null,
): { isNew: (id: string) => boolean; fixed: number } {
  const old = new Set(before?.races.map((race) => race.id))
  const now = new Set(run.races.map((race) => race.id))
  const conclusive = verdictOf(run) === 'passed' || verdictOf(run) === 'race'
  return {
    isNew: (id) => before !== null && !old.has(id),
    fixed: conclusive ? [...old].filter((id) => !now.has(id)).length : 0,
  }
}

const FRAMING = /^\s*(=== (RUN|PAUSE|CONT|NAME)\b|--- (PASS|FAIL|SKIP|BENCH): )|^(PASS|FAIL)$/

/** What a test printed itself: the lines with which `go test` frames it say only what its row says already. */
export function ownOutput(output: string): string {
  return output
    .split('\n')
    .filter((line) => !FRAMING.test(line))
    .join('\n')
    .trimEnd()
}

/** A test's own name, and the family it belongs to: `TestX/` and `case`. */
export function testLabel(name: string): { parent: string; own: string } {
  const cut = name.indexOf('/') + 1
  return { parent: name.slice(0, cut), own: name.slice(cut) }
}

/** How a test stands, in the words of every list of tests. */
export function statusWord(status: TestStatus, ended: boolean): string {
  if (status === 'waiting' && ended) return 'not run'
  return status === 'unfinished' ? 'did not finish' : status
}

/** What a measuring test says, without the place in a file that may not be read. */
export function measuredMessage(output: string): string {
  return ownOutput(output).replace(/^\s*(?:\w+_test\.go:\d+|hidden test): /gm, '')
}
