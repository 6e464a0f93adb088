import {
  type Access,
  countGoroutines,
  type Diagnostic,
  type FailureReason,
  type Frame,
  type Goroutine,
  type Race,
  type RunEvent,
  type Timings,
  type Verdict,
  type WaitFor,
} from '@sandbox/protocol'
import { emptyVerdict } from '../../src/runs/endings.ts'
import type { Judged } from '../../src/runs/local-judge.ts'
import { printable } from './printable.ts'

/** What `npm run judge -- --json` prints. Times are milliseconds; lines are 1-based, 0 where they are not shown. */
export interface JudgeReport {
  verdict: Verdict
  /** Why it failed, where it is more than a test of behaviour that says so. */
  reason: FailureReason | null
  summary: string
  others: Verdict[]
  tests: { name: string; status: TestStatus; elapsedMs: number | null; hidden: boolean; output: string }[]
  races: { test: string | null; count: number; accesses: AccessReport[] }[]
  goroutines: (Goroutine & { reason: string })[]
  /** Goroutines that the tests left behind and that can never end, by the place where they were started. */
  leaks: LeakReport[]
  /** Who waits for whom, of the dump that `goroutines` come from; null where nothing is waited for. */
  waitFor: WaitFor | null
  /** What the tests left behind without proof that it can never end. `goroutines` may be fewer than `total`. */
  leftovers: Leftovers
  panics: { message: string; test: string | null }[]
  diagnostics: Diagnostic[]
  answers: AnswerReport[]
  /** What the tests made of each variant. */
  variants: VariantReport[]
  /** What the scheduler did, in one sentence and in sums; null where nobody asked. */
  trace: Omit<Extract<RunEvent, { type: 'timeline' }>, 'type'> | null
  /** Other schedules that were tried after the first run had passed; the first that failed ended it. */
  sweep: { schedules: number; failed: number }
  /** What a closer look found; empty without `--insight profile`. */
  profiles: ProfileReport[]
  /** What the benchmarks came to beside other versions of the code; null without `--insight benchmarks`. */
  benchmarks: Omit<Extract<RunEvent, { type: 'benchmarks' }>, 'type'> | null
  timings: Timings
}

interface LeakReport {
  count: number
  /** Where they were started, and where they wait. */
  created: Place
  site: Place
  state: string
  tests: string[]
  /** What they wait for and why that does not come. */
  told: string
}

type Place = { file: string | null; line: number | null; function: string | null }

type ProfileReport = Omit<Extract<RunEvent, { type: 'profile' }>, 'type'>
type AnswerReport = Extract<RunEvent, { type: 'answers' }>['answers'][number]
type VariantReport = Omit<Extract<RunEvent, { type: 'variant' }>, 'type'>

type TestAction = Extract<RunEvent, { type: 'test' }>['action']

/** `unfinished` began and did not end; `not-run` did not begin. */
type TestStatus = 'passed' | 'failed' | 'skipped' | 'unfinished' | 'not-run'

type Leftovers = { goroutines: Goroutine[]; total: number }

interface AccessReport {
  kind: 'read' | 'write'
  file: string | null
  line: number | null
  function: string | null
  goroutine: string
  stack: Frame[]
  created: { file: string | null; line: number | null; function: string | null; stack: Frame[] } | null
}

const STATUS = {
  run: 'unfinished',
  pause: 'unfinished',
  cont: 'unfinished',
  pass: 'passed',
  fail: 'failed',
  skip: 'skipped',
} as const satisfies Record<TestAction, TestStatus>

/** One object of everything that a run told. */
export function toReport({ events: all, verdict }: Pick<Judged, 'events' | 'verdict'>): JudgeReport {
  const schedules = all.filter((event) => event.type === 'schedule')
  // A schedule that shows something tells its own tests, output and evidence.
  const events = all.slice(all.findLastIndex((event) => event.type === 'schedule' && event.evidence) + 1)
  return {
    verdict: verdict.verdict,
    reason: verdict.reason ?? null,
    summary: verdict.summary,
    others: verdict.others,
    tests: testsOf(events),
    races: racesOf(events),
    goroutines: events.flatMap((event) =>
      event.type === 'goroutines' ? event.goroutines.map((goroutine) => ({ ...goroutine, reason: event.reason })) : [],
    ),
    leaks: leaksOf(events),
    waitFor: events.findLast((event) => event.type === 'goroutines')?.waitFor ?? null,
    leftovers: leftoversOf(events),
    panics: events.flatMap((event) =>
      event.type === 'panic' ? [{ message: event.panic.message, test: event.panic.test }] : [],
    ),
    diagnostics: all.flatMap((event) => (event.type === 'diagnostics' ? event.diagnostics : [])),
    answers: events.flatMap((event) => (event.type === 'answers' ? event.answers : [])),
    variants: events.flatMap(variantReport),
    trace: traceOf(events),
    sweep: { schedules: schedules.length, failed: schedules.filter(({ evidence }) => evidence).length },
    profiles: events.flatMap(profileReport),
    benchmarks: benchmarksOf(events),
    timings: verdict.timings,
  }
}

/** The report of a command that judged nothing: `rejected` for what its caller can mend, `internal-error` where it failed. */
export function reportOfNothing(verdict: 'rejected' | 'internal-error', sentence: string): JudgeReport {
  return toReport({ events: [], verdict: emptyVerdict(verdict, sentence) })
}

function traceOf(events: RunEvent[]): JudgeReport['trace'] {
  const event = events.findLast((one) => one.type === 'timeline')
  return event ? { sentence: event.sentence, totals: event.totals } : null
}

function benchmarksOf(events: RunEvent[]): JudgeReport['benchmarks'] {
  const event = events.findLast((one) => one.type === 'benchmarks')
  return event ? { sentence: event.sentence, benchmarks: event.benchmarks, notes: event.notes } : null
}

function variantReport(event: RunEvent): VariantReport[] {
  if (event.type !== 'variant') return []
  const { type: _, ...variant } = event
  return [variant]
}

function profileReport(event: RunEvent): ProfileReport[] {
  if (event.type !== 'profile') return []
  const { type: _, ...profile } = event
  return [profile]
}

function leaksOf(events: RunEvent[]): LeakReport[] {
  const told = events.findLast((event) => event.type === 'goroutines' && event.reason === 'leak')
  const leaks = new Map<string, LeakReport>()
  for (const one of told?.type === 'goroutines' ? told.goroutines : []) {
    const { state, test, created, site } = one
    const key = JSON.stringify([state, place(created), place(site), one.told])
    const leak = leaks.get(key) ?? {
      count: 0,
      created: place(created),
      site: place(site),
      state,
      tests: [],
      told: one.told,
    }
    leaks.set(key, leak)
    leak.count++
    if (test !== null && !leak.tests.includes(test)) leak.tests.push(test)
  }
  return [...leaks.values()]
}

function leftoversOf(events: RunEvent[]): Leftovers {
  const told = events.find((event) => event.type === 'leftovers')
  return { goroutines: told?.goroutines ?? [], total: told?.total ?? 0 }
}

/** A race is told when it is seen and again when it is known how often it happened: the last word counts. */
function racesOf(events: RunEvent[]): JudgeReport['races'] {
  const races = new Map<string, Race>()
  for (const event of events) if (event.type === 'race') races.set(event.race.id, event.race)
  return [...races.values()].map(raceReport)
}

function testsOf(events: RunEvent[]): JudgeReport['tests'] {
  const tests = new Map<string, JudgeReport['tests'][number]>()
  const test = (name: string, hidden: boolean) => {
    const known = tests.get(name) ?? { name, status: 'not-run' as const, elapsedMs: null, hidden, output: '' }
    tests.set(name, known)
    return known
  }
  for (const event of events) {
    if (event.type === 'plan') for (const planned of event.tests) test(planned.name, planned.hidden)
    if (event.type === 'output' && event.test !== null) test(event.test, false).output += event.text
    if (event.type !== 'test') continue
    const told = test(event.name, event.hidden)
    told.status = STATUS[event.action]
    told.elapsedMs = event.elapsedMs ?? told.elapsedMs
  }
  return [...tests.values()]
}

function raceReport(race: Race): JudgeReport['races'][number] {
  return { test: race.test, count: race.count, accesses: race.accesses.map(accessReport) }
}

function accessReport(access: Access): AccessReport {
  const { created } = access
  return {
    kind: access.kind,
    ...place(access.site),
    goroutine: access.goroutine,
    stack: access.stack,
    created: created && { ...place(created.site), stack: withoutTesting(created.stack) },
  }
}

/** Every creation stack ends in the frames with which package testing runs a test: they are the same in all of them. */
function withoutTesting(stack: Frame[]): Frame[] {
  const last = stack.findLastIndex(({ function: name }) => !name.startsWith('testing.'))
  return last < 0 ? stack : stack.slice(0, last + 1)
}

function place(site: Frame | null): Place {
  return { file: site?.file ?? null, line: site?.line ?? null, function: site?.function ?? null }
}

/** The report as a person reads it in a terminal: the sentence, the evidence, the times. */
export function printReport(report: JudgeReport): string {
  const lines = [report.summary, '']
  for (const { file, line, column, severity, message } of report.diagnostics) {
    lines.push(`${severity === 'advice' ? 'advice: ' : ''}${file}:${line}:${column}: ${message}`)
  }
  for (const test of report.tests)
    lines.push(`${test.status.replace('-', ' ').padEnd(10)} ${test.name}${test.hidden ? ' (hidden)' : ''}`)
  for (const { id, right } of report.answers) lines.push(`${right ? 'right' : 'wrong'}      ${id}`)
  for (const { kind, name, caught, verdict, what } of report.variants)
    lines.push(`${caught ? 'caught  ' : 'accepted'}   ${kind} ${name} (${verdict})${what ? `: ${what}` : ''}`)
  for (const race of report.races) lines.push('', ...raceLines(race))
  const shown = report.goroutines.filter(({ role, site }) => role !== 'runtime' && site !== null)
  lines.push(...shown.map(goroutineLine))
  lines.push(...leftoverLines(report.leftovers))
  if (report.profiles.length > 0) lines.push('', ...report.profiles.flatMap(profileLines))
  if (report.benchmarks) lines.push('', ...benchmarkLines(report.benchmarks))
  if (report.trace) lines.push('', report.trace.sentence)
  const { compile, vet, link, run, total } = report.timings
  const ms = (value: number) => `${Math.round(value)} ms`
  lines.push('', `compile ${ms(compile)} · vet ${ms(vet)} · link ${ms(link)} · run ${ms(run)} · ${ms(total)} in all`)
  return printable(`${lines.join('\n')}\n`)
}

function benchmarkLines({ sentence, benchmarks, notes }: NonNullable<JudgeReport['benchmarks']>): string[] {
  const figures = benchmarks.flatMap(({ name, figures: { nanoseconds, bytes, allocations }, comparisons }) => [
    `${name}  ${nanoseconds.median} ns/op  ${bytes.median} B/op  ${allocations.median} allocs/op`,
    ...comparisons.map((comparison) => `  ${comparison.sentence}`),
  ])
  return [sentence, ...figures, ...notes]
}

/** The sentence of each measure. */
function profileLines({ kind, sentence, profile }: ProfileReport): string[] {
  const sentences = profile ? profile.measures.map((measure) => measure.sentence) : [sentence]
  return sentences.map((text) => `${kind.padEnd(10)} ${text}`)
}

function raceLines(race: JudgeReport['races'][number]): string[] {
  return race.accesses.map(({ kind, file, line, function: name, created }) => {
    const from = created?.file ? `, in a goroutine started at ${created.file}:${created.line}` : ''
    return `race: ${kind} at ${file ?? 'unknown'}:${line ?? 0} in ${name ?? 'unknown'}${from}`
  })
}

function goroutineLine({ id, state, leaked, site, created }: Goroutine): string {
  const at = site ? ` at ${site.file}:${site.line}` : ''
  // Package testing's line says nothing of what it was started for.
  const started = created && created.origin !== 'go' ? `, started at ${created.file}:${created.line}` : ''
  return `goroutine ${id}: ${state}${leaked ? ' (leaked)' : ''}${at}${started}`
}

function leftoverLines({ goroutines, total }: Leftovers): string[] {
  const rest = total - countGoroutines(goroutines)
  const lines = goroutines.map((goroutine) => `left over: ${goroutineLine(goroutine)}`)
  return rest > 0 ? [...lines, `left over: ${rest} more`] : lines
}
