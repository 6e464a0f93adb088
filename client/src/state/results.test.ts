import { describe, expect, test } from 'vitest'
import {
  compareRaces,
  defaultTab,
  formatAge,
  formatMs,
  ownOutput,
  sortGoroutines,
  stageParts,
  stageWords,
  standingOf,
  statusWord,
  summaryOf,
  tabsOf,
  testLabel,
} from './results.ts'
import { foldedRun, hitCounter, type RecordedRun } from './testdata/recorded.ts'

describe('tabs show what a run has, and the verdict picks the first', () => {
  const cases: [RecordedRun, string[], string][] = [
    ['race', ['story', 'tests', 'output'], 'story'],
    ['deadlock', ['tests', 'goroutines', 'output'], 'goroutines'],
    ['passed', ['next', 'tests'], 'next'],
    ['failed', ['tests', 'output'], 'tests'],
    ['compile-error', ['output'], 'output'],
    ['panic', ['story', 'tests', 'goroutines', 'output'], 'story'],
  ]
  test.each(cases)('%s', (name, names, first) => {
    const run = foldedRun(name)
    const tabs = tabsOf(run, hitCounter())
    expect(tabs.map((tab) => tab.name)).toEqual(names)
    expect(defaultTab(run, tabs)).toBe(first)
  })

  test('races are called by that, with their number where there are several', () => {
    const run = foldedRun('race')
    expect(tabsOf(run, null)[0]).toMatchObject({ label: 'Races', count: '7' })
    expect(tabsOf({ ...run, races: run.races.slice(0, 1) }, null)[0]).toMatchObject({ label: 'Race', count: '' })
  })

  test('while the tests run, the tests', () => {
    const run = foldedRun('race', (event) => event.type === 'race')
    expect(defaultTab(run, tabsOf(run, hitCounter()))).toBe('tests')
  })

  test('what comes next is not told before the pass', () => {
    expect(tabsOf(foldedRun('failed'), hitCounter()).some((tab) => tab.name === 'next')).toBe(false)
    expect(tabsOf(foldedRun('passed'), null).some((tab) => tab.name === 'next')).toBe(false)
  })
})

describe('the sentence before the verdict', () => {
  test('counts the tests that have reported', () => {
    const run = foldedRun('race', (event) => event.type === 'race')
    expect(summaryOf(run)).toMatch(/^Running: 1 of 14 tests have reported and none has failed\.$/)
  })

  test('names the stage of the build', () => {
    const run = foldedRun('race', (event) => event.type === 'stage' && event.stage === 'link')
    expect(summaryOf(run)).toBe('Running: linking.')
    expect(standingOf(run)).toBe('running')
  })

  test('tells the place in the queue', () => {
    const run = { ...foldedRun('race'), phase: { type: 'queued', position: 3 } as const }
    expect(summaryOf(run)).toBe('Waiting: position 3 in the queue.')
    expect(standingOf(run)).toBe('queued')
  })

  test('is the server’s own after it', () => {
    expect(summaryOf(foldedRun('race'))).toMatch(/^Race: `Hit` changes `c\.total` at hits\.go:29/)
  })
})

describe('the stages', () => {
  test('of an ended run are told with the total', () => {
    const run = foldedRun('race')
    const words = stageWords(run, stageParts(run, 0))
    expect(words.text).toMatch(/^compile \d+ ms · link \d+ ms · run \d+ ms$/)
    expect(words.skipped).toBe('')
    expect(words.total).toMatch(/ in all/)
  })

  test('that a build error skipped are named as skipped', () => {
    const run = foldedRun('compile-error')
    expect(stageWords(run, stageParts(run, 0)).skipped).toBe('link and run skipped')
  })

  test('grow while they run', () => {
    const run = foldedRun('race', (event) => event.type === 'stage' && event.stage === 'run')
    const [, , now] = stageParts(run, 400)
    expect(now).toMatchObject({ stage: 'run', state: 'now', ms: 400 })
  })
})

test('blocked goroutines of the candidate come first, the runtime’s own are left out', () => {
  const shown = sortGoroutines(foldedRun('deadlock').dump?.goroutines ?? [])
  expect(shown.map((goroutine) => goroutine.role)).toEqual(['candidate', 'test', 'test'])
  expect(shown[0]).toMatchObject({ state: 'select', site: { file: 'handshake.go', line: 21 } })
})

test('races are new, remaining or fixed since the run before', () => {
  const race = foldedRun('race')
  const passed = foldedRun('passed')
  const [first] = race.races
  expect(compareRaces(race, null).isNew(first?.id ?? '')).toBe(false)
  expect(compareRaces(race, passed).isNew(first?.id ?? '')).toBe(true)
  expect(compareRaces(passed, race).fixed).toBe(7)
  expect(compareRaces(foldedRun('compile-error'), race).fixed).toBe(0)
})

test('a test’s own output is without the lines that frame it', () => {
  const output =
    '=== RUN   TestA\n    a_test.go:7: got 3\n\t=== RUNNER\n    --- FAIL: TestA/x (0.00s)\n--- FAIL: TestA (0.00s)\n'
  expect(ownOutput(output)).toBe('    a_test.go:7: got 3\n\t=== RUNNER')
})

test('times are short and plain', () => {
  expect([0.2, 12.4, 999, 1000, 9960, 12_400].map(formatMs)).toEqual([
    '<1 ms',
    '12 ms',
    '999 ms',
    '1.0 s',
    '10.0 s',
    '12 s',
  ])
  expect([400, 59_000, 240_000, 7_200_000].map(formatAge)).toEqual(['0 s', '59 s', '4 min', '2 h'])
})

test('a subtest is named by all that stands after its test', () => {
  expect(testLabel('TestA/a/b')).toEqual({ parent: 'TestA/', own: 'a/b' })
  expect(testLabel('TestA')).toEqual({ parent: '', own: 'TestA' })
})

test('a test that never began is not run once the run has ended', () => {
  expect([statusWord('waiting', false), statusWord('waiting', true)]).toEqual(['waiting', 'not run'])
})
