import type { Access, Diagnostic, Frame, Goroutine, Race, RunEvent, Timings, Verdict } from '@sandbox/protocol'
import type { Judged } from '../../src/runs/local-judge.ts'

/** What `npm run judge -- --json` prints. Times are milliseconds; lines are 1-based, 0 where they are not shown. */
export interface JudgeReport {
  verdict: Verdict
  summary: string
  others: Verdict[]
  tests: { name: string; status: string; elapsedMs: number | null; hidden: boolean; output: string }[]
  races: { test: string | null; count: number; accesses: AccessReport[] }[]
  goroutines: (Goroutine & { reason: string })[]
  panics: { message: string; test: string | null }[]
  diagnostics: Diagnostic[]
  timings: Timings
}

interface AccessReport {
  kind: 'read' | 'write'
  file: string | null
  line: number | null
  function: string | null
  goroutine: string
  stack: Frame[]
  created: { file: string | null; line: number | null; function: string | null; stack: Frame[] } | null
}

const STATUS = { pass: 'passed', fail: 'failed', skip: 'skipped' } as const

/** One object of everything that a run told. */
export function toReport({ events, verdict }: Judged): JudgeReport {
  return {
    verdict: verdict.verdict,
    summary: verdict.summary,
    others: verdict.others,
    tests: testsOf(events),
    races: events.flatMap((event) => (event.type === 'race' ? [raceReport(event.race)] : [])),
    goroutines: events.flatMap((event) =>
      event.type === 'goroutines' ? event.goroutines.map((goroutine) => ({ ...goroutine, reason: event.reason })) : [],
    ),
    panics: events.flatMap((event) =>
      event.type === 'panic' ? [{ message: event.panic.message, test: event.panic.test }] : [],
    ),
    diagnostics: events.flatMap((event) => (event.type === 'diagnostics' ? event.diagnostics : [])),
    timings: verdict.timings,
  }
}

function testsOf(events: RunEvent[]): JudgeReport['tests'] {
  const tests = new Map<string, JudgeReport['tests'][number]>()
  const test = (name: string, hidden: boolean) => {
    const known = tests.get(name) ?? { name, status: 'unfinished', elapsedMs: null, hidden, output: '' }
    tests.set(name, known)
    return known
  }
  for (const event of events) {
    if (event.type === 'plan') for (const planned of event.tests) test(planned.name, planned.hidden)
    if (event.type === 'output' && event.test !== null) test(event.test, false).output += event.text
    if (event.type !== 'test') continue
    const told = test(event.name, event.hidden)
    if (event.action in STATUS) told.status = STATUS[event.action as keyof typeof STATUS]
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
    created: created && { ...place(created.site), stack: created.stack },
  }
}

function place(site: Frame | null): { file: string | null; line: number | null; function: string | null } {
  return { file: site?.file ?? null, line: site?.line ?? null, function: site?.function ?? null }
}

/** The report as a person reads it in a terminal: the sentence, the evidence, the times. */
export function printReport(report: JudgeReport): string {
  const lines = [report.summary, '']
  for (const { file, line, column, severity, message } of report.diagnostics) {
    lines.push(`${severity === 'advice' ? 'advice: ' : ''}${file}:${line}:${column}: ${message}`)
  }
  for (const test of report.tests) lines.push(`${test.status.padEnd(10)} ${test.name}${test.hidden ? ' (hidden)' : ''}`)
  for (const race of report.races) lines.push('', ...raceLines(race))
  for (const goroutine of report.goroutines) lines.push(...goroutineLines(goroutine))
  const { compile, vet, link, run, total } = report.timings
  const ms = (value: number) => `${Math.round(value)} ms`
  lines.push('', `compile ${ms(compile)} · vet ${ms(vet)} · link ${ms(link)} · run ${ms(run)} · ${ms(total)} in all`)
  return `${lines.join('\n')}\n`
}

function raceLines(race: JudgeReport['races'][number]): string[] {
  return race.accesses.map(({ kind, file, line, function: name, created }) => {
    const from = created?.file ? `, in a goroutine started at ${created.file}:${created.line}` : ''
    return `race: ${kind} at ${file ?? 'unknown'}:${line ?? 0} in ${name ?? 'unknown'}${from}`
  })
}

function goroutineLines(goroutine: JudgeReport['goroutines'][number]): string[] {
  if (goroutine.role === 'runtime' || goroutine.site === null) return []
  const started = goroutine.created ? `, started at ${goroutine.created.file}:${goroutine.created.line}` : ''
  const leaked = goroutine.leaked ? ' (leaked)' : ''
  return [
    `goroutine ${goroutine.id}: ${goroutine.state}${leaked} at ${goroutine.site.file}:${goroutine.site.line}${started}`,
  ]
}
