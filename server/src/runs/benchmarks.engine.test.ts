import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunEvent } from '@sandbox/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadCatalogue } from '../exercises/catalogue.ts'
import { TREE } from '../sandbox/contract.ts'
import { type LocalJudge, openLocalJudge } from './local-judge.ts'
import { type Plan, planExercise, planPackage } from './plan.ts'

const EXERCISES = fileURLToPath(new URL('../../../exercises', import.meta.url))

const TESTS = `package p

import "testing"

func Test(t *testing.T) {}

func BenchmarkSum(b *testing.B) {
	for b.Loop() {
		Sum(2000)
	}
}
`
const sum = (body: string) =>
  `package p\n\nfunc Sum(n int) (sum int) {\n\tfor i := range n {\n\t\t${body}\n\t}\n\treturn sum\n}\n`
const FAST = sum('sum += i')
const SLOW = sum('for j := range 4 {\n\t\t\tsum += i ^ j\n\t\t}')

describe.each(['bubblewrap', 'docker'] as const)('benchmarks in %s', (driver) => {
  let judge: LocalJudge
  beforeAll(async () => {
    judge = await openLocalJudge({ prefer: driver, tree: TREE, progress: () => {} })
  })
  afterAll(() => judge.close())

  const told = async (plan: Plan) => {
    const { events, verdict } = await judge.judge(plan)
    const found = events.filter(
      (event): event is Extract<RunEvent, { type: 'benchmarks' }> => event.type === 'benchmarks',
    )
    return { events, verdict, benchmarks: found[0], times: found.length }
  }
  const compared = (text: string, before: string | null, tests = TESTS) =>
    told(
      planPackage(
        {
          files: [
            { name: 'p.go', text },
            { name: 'p_test.go', text: tests },
          ],
          goMod: null,
        },
        'benchmarks',
        before === null ? null : [{ name: 'p.go', text: before }],
      ),
    )

  test('code that does a quarter of the work is faster than its previous version, and the other way round', async () => {
    const { benchmarks, verdict, times } = await compared(FAST, SLOW)
    expect(verdict.verdict).toBe('passed')
    expect(times).toBe(1)
    expect(benchmarks?.benchmarks).toMatchObject([
      { name: 'BenchmarkSum', comparisons: [{ version: 'previous', outcome: 'faster' }] },
    ])
    expect(benchmarks?.sentence).toMatch(/^`BenchmarkSum`: .* times as fast as your previous version \(95 %: /)
    const back = await compared(SLOW, FAST)
    expect(back.benchmarks?.benchmarks[0]?.comparisons[0]?.outcome).toBe('slower')
  })

  test('without a benchmark one sentence says what to write', async () => {
    const { benchmarks } = await compared(FAST, SLOW, 'package p\n\nimport "testing"\n\nfunc Test(t *testing.T) {}\n')
    expect(benchmarks).toMatchObject({
      sentence: expect.stringContaining('func BenchmarkGet(b *testing.B)'),
      benchmarks: [],
    })
  })

  test('a benchmark that dies, and a previous version that does not compile, are told', async () => {
    const dying = await compared(FAST, null, TESTS.replace('Sum(2000)', 'panic("boom")'))
    expect(dying.benchmarks?.sentence).toMatch(/^Nothing was measured: .*boom/)
    const broken = await compared(FAST, 'package p\n')
    expect(broken.benchmarks?.notes).toEqual(['Your previous version does not compile with these benchmarks.'])
    expect(broken.benchmarks?.benchmarks).toHaveLength(1)
  })

  test('the figures of the reference come, its code does not, and no other binary lies where code could read it', async () => {
    const { exercises } = await loadCatalogue(EXERCISES)
    const exercise = exercises.get('log-encoder')
    if (!exercise) throw new Error('there is no exercise log-encoder')
    const spy = `package logline_test

import (
	"path/filepath"
	"testing"
)

func BenchmarkSpy(b *testing.B) {
	for b.Loop() {
	}
	binaries, _ := filepath.Glob("/tmp/*/*.test")
	b.ReportMetric(float64(len(binaries)), "ns/op")
}
`
    const text = await readFile(join(exercise.dir, 'starter/logger.go'), 'utf8')
    const spied = {
      ...exercise,
      visibleTests: [...exercise.visibleTests, { name: 'spy_test.go', text: spy }],
      hiddenTests: [],
    }
    const files = [{ name: 'logger.go', text }]
    const plan = planExercise(spied, { exercise: 'log-encoder', files, snapshot: 's', insight: 'benchmarks' })
    const { benchmarks, events } = await told(plan)
    const versions = benchmarks?.benchmarks.map(({ comparisons }) => comparisons.map(({ version }) => version))
    expect(versions).toEqual([0, 1, 2, 3].map(() => ['starter', 'reference']))
    // In every round: its own.
    expect(benchmarks?.benchmarks.find(({ name }) => name === 'BenchmarkSpy')?.figures.nanoseconds).toEqual({
      median: 1,
      low: 1,
      high: 1,
    })
    const [reference] = exercise.reference
    const line = reference?.text.split('\n').find((one) => one.length > 40) ?? ''
    expect(JSON.stringify(events)).not.toContain(line)
  })
})
