import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Job, SupervisorEvent } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { emptyVerdict } from '../../src/runs/endings.ts'
import { Interpreter } from '../../src/runs/interpreter.ts'
import { DEFAULT_LIMITS } from '../../src/sandbox/limits.ts'
import { printReport, toReport } from './judge-report.ts'

type TestJob = Extract<Job, { type: 'test' }>

const RUNS = join(import.meta.dirname, '../../src/runs/testdata')
const BYTE_KINDS = ['stdout', 'stderr', 'race', 'dump'] as const

/** The report of a recorded run. */
function reportOf(program: string) {
  const interpreter = new Interpreter({ job: testJobOf(program), now: () => 0 })
  const lines = readFileSync(join(RUNS, 'recorded', `${program}.jsonl`), 'utf8')
    .trim()
    .split('\n')
  const events = lines.flatMap((line) => {
    const value: Record<string, string> = JSON.parse(line)
    const kind = BYTE_KINDS.find((name) => name in value)
    if (!kind) return interpreter.push({ type: 'event', event: SupervisorEvent.parse(value) })
    return interpreter.push({ type: 'bytes', kind, bytes: Buffer.from(value[kind] ?? '', 'latin1') })
  })
  return { events, report: toReport({ events, verdict: interpreter.finish() }) }
}

function testJobOf(program: string): TestJob {
  const folder = join(RUNS, 'programs', program)
  const files = readdirSync(folder).map((name): TestJob['files'][number] => {
    const owner = name.endsWith('_test.go') ? 'judge' : 'candidate'
    return { name, text: readFileSync(join(folder, name), 'utf8'), owner }
  })
  const importPath = `sandbox/${/^package (\w+)/m.exec(files[0]?.text ?? '')?.[1]}`
  const rules = { imports: null, strict: true }
  const limits = DEFAULT_LIMITS
  return { type: 'test', importPath, goVersion: '1.26', files, rules, race: true, vetTests: false, limits }
}

test('a race that was told twice is printed once, with its last count', () => {
  const { events, report } = reportOf('race-waitgroup')
  const told = events.flatMap((event) => (event.type === 'race' ? [event.race.id] : []))
  expect(told.length).toBeGreaterThan(new Set(told).size)
  expect(report.races).toHaveLength(new Set(told).size)
  expect(Math.max(...report.races.map(({ count }) => count))).toBeGreaterThan(1)
  expect(printReport(report).match(/^race: /gm)).toHaveLength(report.races.length * 2)
})

test('creation stacks end with the program’s own frames', () => {
  const { report } = reportOf('race-waitgroup')
  const stacks = report.races.flatMap(({ accesses }) => accesses.map(({ created }) => created?.stack ?? []))
  expect(stacks.flat().length).toBeGreaterThan(0)
  for (const stack of stacks) expect(stack.at(-1)?.function).not.toMatch(/^testing\./)
})

test('no line of package testing is given for where a test was started', () => {
  expect(printReport(reportOf('deadlock-locks').report)).toContain('sync.Mutex.Lock')
  expect(printReport(reportOf('deadlock-locks').report)).not.toContain('testing.go')
})

test('a test that began is unfinished, one that never began was not run', () => {
  const stopped = reportOf('deadlock-subtest').report
  expect(stopped.tests.map(({ status }) => status)).not.toContain('not-run')
  const unbuilt = reportOf('compile-error').report
  expect(unbuilt.tests.map(({ status }) => status)).toEqual(unbuilt.tests.map(() => 'not-run'))
  expect(unbuilt.tests.length).toBeGreaterThan(0)
  expect(printReport(unbuilt)).toContain('not run    Test')
})

test('leaked goroutines are one leak by where they were started and stand, with what they wait for', () => {
  const { report } = reportOf('leak')
  const leaked = report.goroutines.filter(({ reason }) => reason === 'leak')
  expect(leaked.length).toBeGreaterThan(0)
  expect(report.leaks.reduce((sum, { count }) => sum + count, 0)).toBe(leaked.length)
  expect(report.leaks.map(({ created, told }) => [created.line === null, told === ''])).toEqual(
    report.leaks.map(() => [false, false]),
  )
  expect(reportOf('deadlock-cycle').report.leaks).toEqual([])
})

test('a deadlock’s report says who waits for whom', () => {
  const { waitFor, goroutines } = reportOf('deadlock-cycle').report
  expect(waitFor?.cycle).toHaveLength(2)
  expect(goroutines.filter(({ id }) => waitFor?.cycle.includes(id)).map(({ told }) => told)).toEqual([
    expect.stringMatching(/^waits for `to\.mu` at bank\.go:17, which goroutine \d+ has locked at bank\.go:14$/),
    expect.stringMatching(/^waits for `to\.mu` at bank\.go:17, which goroutine \d+ has locked at bank\.go:14$/),
  ])
  expect(reportOf('passed').report.waitFor).toBeNull()
})

test('what benchmarks came to is told as it is, in a line each for a person', () => {
  const always = (value: number) => ({ median: value, low: value, high: value })
  const figures = { nanoseconds: always(412), bytes: always(48), allocations: always(1) }
  const told = {
    sentence: 'It is faster.',
    benchmarks: [
      {
        name: 'BenchmarkGet',
        rounds: 12,
        figures,
        comparisons: [
          { version: 'reference' as const, figures, speed: null, outcome: 'unknown' as const, sentence: 'unknown' },
        ],
      },
    ],
    notes: ['A note.'],
  }
  const { events, report } = reportOf('passed')
  expect(report.benchmarks).toBeNull()
  const verdict = emptyVerdict('passed', 'Passed.')
  const looked = toReport({ events: [...events, { type: 'benchmarks', ...told }], verdict })
  expect(looked.benchmarks).toEqual(told)
  expect(printReport(looked)).toContain(
    'It is faster.\nBenchmarkGet  412 ns/op  48 B/op  1 allocs/op\n  unknown\nA note.\n',
  )
})
