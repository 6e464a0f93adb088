import type { RunEvent } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { elapsedOf, elapsedSince, foldRun, MAX_OUTPUT_CHARS, newRun, orderOf, type RunState } from './run.ts'
import { foldedRun, recordedRun } from './testdata/recorded.ts'

describe('a recorded race', () => {
  const run = foldedRun('race')

  test('ends with its verdict', () => {
    expect(run.phase).toMatchObject({ type: 'ended', verdict: { verdict: 'race', others: ['failed'] } })
  })

  test('has every test of the plan, with its status and its own output', () => {
    expect(run.tests).toHaveLength(14)
    const racing = run.tests.find((row) => row.name === 'TestHitsFromManyGoroutines')
    expect(racing).toMatchObject({ hidden: false, status: 'failed' })
    expect(racing?.output).toContain('--- FAIL: TestHitsFromManyGoroutines')
    expect(run.tests.filter((row) => row.hidden)).toHaveLength(10)
  })

  test('keeps races apart by their sites', () => {
    expect(run.races).toHaveLength(7)
    expect(new Set(run.races.map((race) => race.id)).size).toBe(7)
  })

  test('has those in the candidate’s own lines first, whenever they were reported: the sentence is about the first', () => {
    const { description, logged } = recordedRun('race')
    const ownLines = (one: RunState) =>
      one.races.map(({ accesses }) => accesses.filter(({ site }) => site?.origin === 'candidate').length)
    expect(ownLines(run)).toEqual([2, 2, 2, 2, 1, 1, 0])
    const hidden = logged.filter(({ event }) => event.type === 'race' && event.race.id.startsWith('sandbox/'))
    const others = logged.filter((one) => !hidden.includes(one))
    const turned = [...hidden, ...others].map((one, index) => ({ ...one, seq: index + 1 }))
    const late = turned.reduce((state, event) => foldRun(state, event), newRun(description, 0))
    expect(ownLines(late)).toEqual([2, 2, 2, 2, 1, 1, 0])
    expect(late.races[0]?.id).toBe('hits.go:29 | hits.go:29')
  })

  test('knows how long the stages took', () => {
    expect(run.stages.compile).toEqual({ type: 'done', ms: expect.any(Number) })
    expect(run.stages.run).toMatchObject({ type: 'done' })
  })
})

test('tests that never began stay waiting after a build error, one that was cut off is unfinished', () => {
  expect(foldedRun('compile-error').tests.map((row) => row.status)).toEqual(Array(14).fill('waiting'))
  const panicked = foldedRun('panic').tests
  expect(panicked.map((row) => row.status)).toEqual(['failed', 'waiting'])
})

test('events that come twice change nothing, and nothing comes after the verdict', () => {
  const { description, logged } = recordedRun('failed')
  const once = logged.reduce((run, event) => foldRun(run, event), newRun(description, 0))
  const twice = logged.flatMap((event) => [event, event]).reduce((run, e) => foldRun(run, e), newRun(description, 0))
  expect(twice).toEqual(once)
  const late = { seq: once.seq + 1, at: 9000, event: { type: 'queued', position: 1 } as const }
  expect(foldRun(once, late)).toBe(once)
})

test('a missing event is a gap', () => {
  const run = foldRun(newRun(recordedRun('race').description, 0), { seq: 1, at: 1, event: { type: 'started' } })
  expect([orderOf(run, 1), orderOf(run, 2), orderOf(run, 3)]).toEqual(['known', 'next', 'gap'])
})

test('the stage that is waited for is the one a run shows, vet only where nothing else goes on', () => {
  const compiling = foldedRun('race', (event) => event.type === 'stage' && event.stage === 'compile')
  expect(compiling.phase).toEqual({ type: 'running', stage: 'compile' })
  const running = foldedRun('race', (event) => event.type === 'stage' && event.stage === 'run')
  expect(running.phase).toEqual({ type: 'running', stage: 'run' })
})

test('a subtest stands below its parent', () => {
  const { description } = recordedRun('panic')
  const names = [
    'TestA',
    'TestB',
    'TestA/one',
    'TestA/one/deep',
    'TestA/two',
    'TestB/one',
    'TestA/日本/語',
    'TestA/#00',
  ]
  const run = names.reduce(
    (state, name, index) =>
      foldRun(state, { seq: index + 1, at: 0, event: { type: 'test', name, action: 'run', hidden: false } }),
    newRun(description, 0),
  )
  expect(run.tests.map((row) => row.name)).toEqual([
    'TestA',
    'TestA/one',
    'TestA/one/deep',
    'TestA/two',
    'TestA/日本/語',
    'TestA/#00',
    'TestB',
    'TestB/one',
  ])
})

test('output is kept up to its cap, and the cut is told', () => {
  const { description } = recordedRun('panic')
  const text = 'x'.repeat(MAX_OUTPUT_CHARS - 1)
  const output = (seq: number, more: string) =>
    ({ seq, at: 0, event: { type: 'output', stream: 'stdout', test: null, text: more } }) as const
  const full = foldRun(newRun(description, 0), output(1, text))
  expect(full.outputCut).toBe(false)
  const cut = foldRun(full, output(2, 'yz'))
  expect(cut.outputCut).toBe(true)
  expect(cut.output).toEqual([{ stream: 'stdout', test: null, text: `${text}y` }])
})

test('a run has taken as long as the server’s clock says, however late this page came and however wrong its clock is', () => {
  const { description, logged } = recordedRun('race')
  const hourAhead = 3_600_000
  const run = logged.slice(0, 3).reduce(foldRun, newRun(description, hourAhead))
  const acceptedHere = description.acceptedAt + hourAhead
  expect(elapsedOf(run, acceptedHere + 12_000)).toBe(12_000)
  expect(elapsedOf(run, acceptedHere)).toBe(run.at)
  const ended = logged.reduce(foldRun, newRun(description, hourAhead))
  expect(elapsedOf(ended, acceptedHere + 12_000)).toBe(ended.at)
  expect(elapsedSince(ended, acceptedHere + 12_000)).toBe(12_000)
})

describe('other schedules', () => {
  const { description, logged } = recordedRun('passed')
  const last = logged.at(-1)
  if (last?.event.type !== 'verdict') throw new Error('a recorded run ends with its verdict')
  const verdict = last.event
  const before = logged.slice(0, -1).reduce((run, event) => foldRun(run, event), newRun(description, 0))
  const told = (run: RunState, event: RunEvent) => foldRun(run, { seq: run.seq + 1, at: run.at + 1000, event })
  const schedule = (index: number, evidence = false): RunEvent => ({
    type: 'schedule',
    index,
    processors: 1,
    seed: 0,
    verdict: evidence ? 'race' : 'passed',
    summary: evidence ? 'Race: somewhere.' : '',
    evidence,
    ms: 90,
  })
  const exploring = told(told(before, { ...verdict, type: 'result' }), schedule(1))

  test('leave a result as it stands while they are tried, and the time that it took', () => {
    expect(exploring).toMatchObject({ phase: { type: 'ended', verdict: { verdict: 'passed' } }, exploring: true })
    expect(exploring.tests).toEqual(told(before, verdict).tests)
    const late = { ...verdict, timings: { ...verdict.timings, total: 99_000 } }
    const ended = told(exploring, late)
    expect(ended).toMatchObject({ phase: { verdict: { timings: { total: verdict.timings.total } } }, exploring: false })
    expect(ended.schedules.map(({ verdict }) => verdict)).toEqual(['passed'])
  })

  test('that show something bring tests and output of their own', () => {
    const found = told(exploring, schedule(2, true))
    expect([found.tests, found.output, found.schedules.length]).toEqual([[], [], 2])
    const failed = told(told(found, { type: 'plan', tests: [{ name: 'TestA', hidden: false }] }), {
      ...verdict,
      verdict: 'race',
    })
    expect(failed).toMatchObject({ phase: { verdict: { verdict: 'race' } }, exploring: false })
    expect(failed.tests.map(({ name }) => name)).toEqual(['TestA'])
  })
})
