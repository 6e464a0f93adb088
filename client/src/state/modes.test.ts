import type { RunEvent } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { defaultTab, measuredMessage, measuredRows, progressWord, reasonWord, summaryOf, tabsOf } from './results.ts'
import { foldRun, newRun, type RunState } from './run.ts'
import { foldedRun, recordedDetail, recordedRun } from './testdata/recorded.ts'
import { variantRows } from './variants.ts'

const isStep = (index: number) => (event: RunEvent) => event.type === 'step' && event.index === index

function told(run: RunState, events: RunEvent[]): RunState {
  return events.reduce((now, event) => foldRun(now, { seq: now.seq + 1, at: now.at + 1, event }), run)
}

describe('a run of several steps', () => {
  test('says which step goes on, of how many', () => {
    const run = foldedRun('measured', isStep(2))
    expect(progressWord(run)).toBe('measurements 2/2')
    expect(summaryOf(run)).toBe('Running: step 2 of 2, measurements.')
    expect(summaryOf(told(run, [{ type: 'stage', stage: 'compile', state: 'begin' }]))).toBe(
      'Running: step 2 of 2, measurements, compiling.',
    )
  })

  test('keeps the tests of an earlier step apart from those that measure', () => {
    const run = foldedRun('measured')
    expect(run.tests.map(({ name, mode }) => `${mode} ${name}`)).toEqual([
      'race TestVisible',
      'race TestHidden',
      'measure TestAllocations',
      'measure TestTime',
    ])
    const tabs = tabsOf(run, recordedDetail('measured'))
    expect(tabs.map(({ name, count }) => `${name} ${count}`)).toEqual(expect.arrayContaining(['tests 2/2']))
    expect(defaultTab(run, tabs)).toBe('measure')
    expect(reasonWord(run)).toBe('too many allocations')
    expect(measuredRows(run).map((row) => measuredMessage(row.output))[0]).toMatch(
      /^\d+ allocations per call, at most 2/,
    )
  })

  test('forgets what a step said whose sandbox was lost, and nothing of the steps before', () => {
    const { logged } = recordedRun('measured')
    const again = logged.map(({ event }) => event).find(isStep(2))
    const lost = foldedRun(
      'measured',
      (event) => event.type === 'output' && event.text.includes('allocations per call'),
    )
    if (!again) throw new Error('the recording has a second step')
    const run = told(lost, [again])
    expect(lost.tests.some(({ mode }) => mode === 'measure')).toBe(true)
    expect(run.tests.map(({ mode, status }) => `${mode} ${status}`)).toEqual(['race passed', 'race passed'])
    expect(run.stages).toEqual({})
    expect(JSON.stringify(run.output)).not.toContain('allocations per call')
    expect(told(run, [again]).tests).toEqual(run.tests)
  })

  test('forgets everything when it starts a second time', () => {
    const lost = foldedRun('race', (event) => event.type === 'race')
    const run = told(lost, [{ type: 'started' }])
    expect(lost.races).toHaveLength(1)
    expect(run).toMatchObject({ races: [], tests: [], output: [], stages: {}, acceptedAt: lost.acceptedAt })
  })
})

describe('variants', () => {
  const { variants: counts } = recordedDetail('tested')
  const rows = (run: RunState) =>
    variantRows(run, counts).map(({ kind, number, standing }) => `${kind} ${number} ${standing}`)

  test('are told apart: accepted, caught with what is wrong, missed without', () => {
    const run = foldedRun('tested')
    expect(rows(run)).toEqual([
      'right 1 accepted',
      'right 2 accepted',
      'wrong 1 caught',
      'wrong 2 missed',
      'wrong 3 missed',
    ])
    expect(variantRows(run, counts).map(({ what }) => what)).toEqual([null, null, 'Counts one too many.', null, null])
    expect(reasonWord(run)).toBe('missed bug')
    expect(defaultTab(run, tabsOf(run, recordedDetail('tested')))).toBe('variants')
  })

  test('that are right and refused are a false alarm, with its evidence among the tests', () => {
    const run = foldedRun('refused')
    expect(rows(run).slice(0, 2)).toEqual(['right 1 refused', 'right 2 refused'])
    expect(reasonWord(run)).toBe('false alarm')
    expect(run.tests.map(({ name, status }) => `${name} ${status}`)).toEqual(['TestOne failed'])
  })

  test('wait, run, and stay untried when the run ends before them', () => {
    const run = foldedRun('tested', isStep(2))
    expect(rows(run).slice(0, 3)).toEqual(['right 1 accepted', 'right 2 running', 'wrong 1 waiting'])
    const verdict = recordedRun('tested').logged.at(-1)?.event
    if (!verdict) throw new Error('the recording ends')
    expect(rows(told(run, [verdict]))[1]).toBe('right 2 not-tried')
  })
})

test('a run without steps tells of its only one as ever', () => {
  const { description } = recordedRun('race')
  expect(newRun(description, 0).step).toBeNull()
  expect(progressWord(foldedRun('race', (event) => event.type === 'stage' && event.stage === 'run'))).toBe('run')
})
