import type { RunEvent } from '@sandbox/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TREE } from '../sandbox/contract.ts'
import { type Judged, type LocalJudge, openLocalJudge } from './local-judge.ts'
import { planPackage } from './plan.ts'

let judge: LocalJudge

beforeAll(async () => {
  judge = await openLocalJudge({ prefer: 'bubblewrap', tree: TREE, progress: () => {} })
})
afterAll(() => judge.close())

/** Runs a test whose behaviour depends on GOMAXPROCS, and tries so many other schedules unless one shows something. */
function explored(body: string, schedules: number): Promise<Judged> {
  const text = `package p

import (
	"runtime"
	"sync"
	"testing"
)

var racy int

func processors() int { return runtime.GOMAXPROCS(0) }

func race() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { racy++ })
	}
	wg.Wait()
}

func Test(t *testing.T) {
	${body}
}
`
  let asked = 0
  const exploring = { budgetMs: Number.POSITIVE_INFINITY, isAwaited: () => asked++ === schedules }
  return judge.judge(planPackage({ files: [{ name: 'p_test.go', text }], goMod: null }), { exploring })
}

const pick = <T extends RunEvent['type']>(events: RunEvent[], type: T) =>
  events.filter((event): event is Extract<RunEvent, { type: T }> => event.type === type)

test('a run that passes is told at once, tried under other schedules, and passes still', async () => {
  const { events, verdict } = await explored('_ = race', 5)
  expect(pick(events, 'result')).toMatchObject([{ verdict: 'passed' }])
  const schedules = pick(events, 'schedule')
  expect(schedules.map(({ processors, seed, verdict }) => [processors, seed, verdict])).toEqual([
    [4, 1, 'passed'],
    [1, 0, 'passed'],
    [1, 2, 'passed'],
    [2, 0, 'passed'],
    [2, 3, 'passed'],
  ])
  expect(verdict.summary).toBe(
    'Passed: 1 of 1 test, no race seen, and no goroutine left behind; the same under 5 other schedules.',
  )
})

test('a race that only another schedule shows is the verdict, with its story', async () => {
  const { events, verdict } = await explored('if processors() == 8 { race() }', 100)
  expect(pick(events, 'result')).toMatchObject([{ verdict: 'passed' }])
  expect(pick(events, 'schedule').map(({ evidence }) => evidence)).toEqual([false, false, false, false, false, true])
  expect(events.findIndex(({ type }) => type === 'race')).toBeGreaterThan(
    events.findLastIndex(({ type }) => type === 'schedule'),
  )
  expect(verdict).toMatchObject({ verdict: 'race', tests: { passed: 0, failed: 1, total: 1 } })
  expect(verdict.summary).toMatch(
    / The first run had passed; the last of 6 other schedules showed this, with GOMAXPROCS=8\.$/,
  )
})

test.each([
  ['failed', 't.Error("one is too few")'],
  ['deadlock', 'select {}'],
  ['panic', 'panic("one")'],
])('what another schedule shows is the verdict: %s', async (wanted, statement) => {
  const { verdict } = await explored(`if processors() == 1 { ${statement} }`, 100)
  expect(verdict.verdict).toBe(wanted)
  expect(verdict.summary).toMatch(
    /The first run had passed; the last of 2 other schedules showed this, with GOMAXPROCS=1\.$/,
  )
})

// On a busy machine the scheduler alone shows it too, once in a while: what it never does is to show it in every tenth round.
test('tests that another schedule makes endless are a timeout, found after the schedules that prove nothing by it', async () => {
  const { events, verdict } = await explored('if processors() < 4 { for { runtime.Gosched() } }', 100)
  expect(pick(events, 'schedule').map(({ processors, seed, evidence }) => [processors, seed > 0, evidence])).toEqual([
    [4, true, false],
    [1, false, false],
    [4, false, false],
    [2, false, true],
  ])
  expect(verdict.summary).toMatch(
    /^Timeout: the tests ran longer than [\d.]+ s of CPU time; Test was still running.* at p_test\.go:22\. The first run had passed; the last of 4 other schedules showed this, with GOMAXPROCS=2\.$/,
  )
})

test('goroutines that are made to give way show again and again what the scheduler hardly ever does', async () => {
  const { verdict } = await explored(
    `const rounds = 200
	twice := 0
	for range rounds {
		var mu sync.Mutex
		var wg sync.WaitGroup
		sold := 0
		take := func() { mu.Lock(); sold++; mu.Unlock() }
		isFree := func() bool { mu.Lock(); defer mu.Unlock(); return sold == 0 }
		for range 2 {
			wg.Go(func() { if isFree() { take() } })
		}
		wg.Wait()
		if sold > 1 { twice++ }
	}
	if twice > rounds/10 { panic("sold twice") }`,
    200,
  )
  expect(verdict.summary).toMatch(/sold twice.*with GOMAXPROCS=\d and goroutines made to give way\.$/)
})

test('a run that fails is not tried again', async () => {
  const { events, verdict } = await explored('t.Error("no")', 100)
  expect([verdict.verdict, pick(events, 'result').length, pick(events, 'schedule').length]).toEqual(['failed', 0, 0])
})
