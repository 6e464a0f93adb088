import type { BesideVersion, Job, Outcome, RunEvent } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import type { Sandbox, SandboxEvent } from '../sandbox/driver.ts'
import { measureBenchmarks, timeOfEach } from './measure-benchmarks.ts'
import { jobOf, planPackage, type TestJob } from './plan.ts'

test.each([
  ['is shared by all executions of all benchmarks', { leftMs: 3800, onceMs: 15, executions: 24, benchmarks: 1 }, 74],
  ['is shorter where there are many', { leftMs: 3800, onceMs: 25, executions: 36, benchmarks: 10 }, 4],
  ['is at least a millisecond', { leftMs: 100, onceMs: 300, executions: 36, benchmarks: 50 }, 1],
  ['is no longer than is of use', { leftMs: 1e6, onceMs: 1, executions: 12, benchmarks: 1 }, 200],
])('the time of a benchmark %s', (_, spending, ms) => {
  expect(timeOfEach(spending)).toBe(ms)
})

type Side = BesideVersion | 'own'

/** How one execution of a side goes: what it prints, and how it ends. */
type Play = (side: Side, nth: number) => { prints: string; outcome?: Outcome; exitCode?: number }

const JOB: TestJob = (() => {
  const plan = planPackage({ files: [{ name: 'p.go', text: 'package p\n' }], goMod: null })
  if (plan.type === 'rejected') throw new Error(plan.message)
  return jobOf(plan)
})()

const figures = (ns: number) => `BenchmarkX   \t 10\t ${ns} ns/op\t 0 B/op\t 0 allocs/op\n`

/** Measures what a played sandbox runs, beside versions that build unless they are said not to. */
async function played(play: Play, { broken = [] }: { broken?: BesideVersion[] } = {}) {
  const order: string[] = []
  const events: RunEvent[] = []
  let usable = true
  async function* run(job: Job): AsyncGenerator<SandboxEvent> {
    if (job.type === 'format' || !usable) throw new Error('this sandbox cannot take that job')
    const side = job.type === 'test' ? 'own' : (job.beside ?? 'own')
    order.push(job.type === 'beside' ? `build ${side}` : side)
    const nth = order.filter((one) => one === side).length
    const built = broken.some((one) => one === side) ? ('build-failed' as const) : ('exited' as const)
    const {
      prints,
      outcome = 'exited',
      exitCode = 0,
    } = job.type === 'beside' ? { prints: '', outcome: built } : play(side, nth)
    usable = outcome !== 'output-limit'
    if (prints) yield { type: 'bytes', kind: 'stdout', bytes: Buffer.from(prints) }
    const ended = { outcome, stage: 'run' as const, exitCode, signal: null, cpuMs: 0, maxRssBytes: 0, anomalies: [] }
    yield { type: 'event', event: { type: 'ended', ...ended, clean: usable } }
  }
  const sandbox: Sandbox = {
    id: 'played',
    run,
    gone: new Promise(() => {}),
    destroy: async () => {},
    get usable() {
      return usable
    },
    get repeatable() {
      return usable
    },
  }
  const beside = (['previous', 'reference'] as const).map((version) => ({ version, job: JOB }))
  const signal = new AbortController().signal
  await measureBenchmarks(sandbox, { job: JOB, beside }, { signal, emit: (event) => void events.push(event) })
  const [told, ...more] = events.filter((event) => event.type === 'benchmarks')
  if (!told || more.length > 0) throw new Error('benchmarks are told once')
  return { order, told, events }
}

const evenly: Play = (side) => ({ prints: figures(side === 'previous' ? 200 : 100) })

describe('a measurement', () => {
  test('runs the versions in turn, in every other round in the opposite order, and tells nothing but what it came to', async () => {
    const { order, told, events } = await played(evenly)
    const round = ['own', 'previous', 'reference']
    const rounds = Array.from({ length: 6 }, () => [...round, ...round.toReversed()]).flat()
    expect(order).toEqual(['own', 'build previous', 'build reference', 'previous', 'reference', ...rounds])
    expect(told.benchmarks).toMatchObject([
      { rounds: 12, comparisons: [{ outcome: 'faster' }, { version: 'reference', outcome: 'same' }] },
    ])
    expect(events.map(({ type }) => type)).toEqual(['stage', 'benchmarks', 'stage'])
  })

  test('goes on without a version that does not build or does not come to its end', async () => {
    const { told, order } = await played(
      (side) => ({ prints: figures(100), outcome: side === 'reference' ? 'timeout' : 'exited' }),
      { broken: ['previous'] },
    )
    expect(told.notes).toEqual([
      'Your previous version does not compile with these benchmarks.',
      'The reference does not come to the end of these benchmarks.',
    ])
    expect(told.benchmarks[0]).toMatchObject({ rounds: 12, comparisons: [] })
    expect(order.filter((side) => side === 'previous')).toEqual([])
  })

  test('ends with a sandbox that cannot go on, and takes only whole rounds', async () => {
    const { told } = await played((side, nth) => ({
      prints: figures(100),
      outcome: side === 'previous' && nth === 5 ? 'output-limit' : 'exited',
    }))
    expect(told.benchmarks[0]).toMatchObject({
      rounds: 3,
      comparisons: [{ outcome: 'unknown' }, { outcome: 'unknown' }],
    })
    expect(told.notes).toEqual([expect.stringMatching(/^3 rounds could be measured/)])
  })

  test.each([
    [
      'there is no benchmark',
      { prints: 'PASS\n' },
      /^There is no benchmark to measure\. Write one .*`func BenchmarkGet/,
    ],
    [
      'the only one fails',
      { prints: '--- FAIL: BenchmarkX\n    a_test.go:1: no\n', exitCode: 1 },
      /^`BenchmarkX` failed .*: no$/,
    ],
    [
      'the program dies',
      { prints: figures(1), exitCode: 2 },
      /^Nothing was measured: the benchmarks did not come to their end\./,
    ],
  ])('builds nothing where %s, and says so', async (_, execution, sentence) => {
    const { order, told } = await played(() => execution)
    expect(order).toEqual(['own'])
    expect(told).toMatchObject({ sentence: expect.stringMatching(sentence), benchmarks: [], notes: [] })
  })
})
