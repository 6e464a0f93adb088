import { type ReactNode, useMemo } from 'react'
import type { Desk } from '../../state/desk.ts'
import { fixedLeaks } from '../../state/leaks.ts'
import {
  compareRaces,
  defaultTab,
  measuredRows,
  type Tab,
  type TabName,
  tabsOf,
  testRows,
} from '../../state/results.ts'
import type { RunState } from '../../state/run.ts'
import { useStore } from '../../state/store.ts'
import { standingKey } from '../../state/view.ts'
import { TabCount, TabList } from '../../ui/tab-list.tsx'
import { BenchmarksPanel } from '../benchmarks/benchmarks-panel.tsx'
import { GoroutinesPanel } from '../goroutines/goroutines-panel.tsx'
import { PanicPanel } from '../goroutines/panic-panel.tsx'
import { ProfilePanel } from '../profile/profile-panel.tsx'
import { RaceStory } from '../race/race-story.tsx'
import { TimelinePanel } from '../timeline/timeline-panel.tsx'
import { AnswersPanel } from './answers-panel.tsx'
import { MeasuredPanel } from './measured-panel.tsx'
import { NextPanel } from './next-panel.tsx'
import { NothingRun } from './nothing-run.tsx'
import { OutputPanel } from './output-panel.tsx'
import styles from './results-pane.module.css'
import { type SourceLine, sourceOf } from './source.ts'
import { TestsPanel } from './tests-panel.tsx'
import { useRuns } from './use-shown-run.ts'
import { VariantsPanel } from './variants-panel.tsx'
import { VerdictHeader } from './verdict-header.tsx'

/** The verdict in one sentence, then the evidence for it; `empty` stands there before the first run. */
export function ResultsPane({ desk, empty }: { desk: Desk; empty: ReactNode }) {
  const { runs, shown } = useRuns(desk)
  const { sandbox } = useStore(desk.session)
  if (sandbox && !sandbox.ready && (!shown || shown.phase.type === 'ended')) {
    return (
      <>
        <NothingRun sandbox={sandbox} />
        {shown && <RunResults key={shown.description.id} desk={desk} run={shown} runs={runs} />}
      </>
    )
  }
  if (!shown) return empty
  return <RunResults desk={desk} run={shown} runs={runs} />
}

function RunResults({ desk, run, runs }: { desk: Desk; run: RunState; runs: RunState[] }) {
  const page = useStore(desk.page)
  const view = useStore(desk.view)
  const detail = page.type === 'exercise' ? page.detail : null
  const tabs = tabsOf(run, detail)
  const chosen = view.tab?.for === standingKey(run) && tabs.some((tab) => tab.name === view.tab?.name)
  const active = chosen && view.tab ? view.tab.name : defaultTab(run, tabs)
  const index = runs.indexOf(run)
  // A closer look sees no races: nothing is fixed by it.
  const before = runs.slice(0, index).findLast(({ description }) => !description.insight) ?? null
  const races = useMemo(() => compareRaces(run, before), [run, before])
  const leaks = useMemo(() => fixedLeaks(run, runs), [run, runs])
  return (
    <>
      <VerdictHeader desk={desk} run={run} runs={runs} fixed={{ races: races.fixed, leaks }} />
      {tabs.length > 0 && (
        <TabList<TabName>
          label="Results"
          id="results"
          items={tabs.map((tab) => ({ name: tab.name, label: <TabLabel tab={tab} /> }))}
          active={active}
          onChoose={(name) => desk.viewing.chooseTab(name, run)}
        />
      )}
      {active && (
        <div
          className={styles.body}
          role="tabpanel"
          id="results-panel"
          aria-labelledby={`results-tab-${active}`}
          tabIndex={0}
        >
          <Panel name={active} desk={desk} run={run} runs={runs} isNew={races.isNew} before={index} />
        </div>
      )}
    </>
  )
}

function TabLabel({ tab }: { tab: Tab }) {
  return (
    <>
      {tab.label}
      <TabCount count={tab.count} bad={tab.bad} />
    </>
  )
}

interface PanelProps {
  name: TabName
  desk: Desk
  run: RunState
  runs: RunState[]
  isNew: (race: string) => boolean
  /** Number of the run before this one; 0 where there is none. */
  before: number
}

function Panel({ name, desk, run, runs, isNew, before }: PanelProps) {
  const page = useStore(desk.page)
  const detail = page.type === 'exercise' ? page.detail : null
  const source: SourceLine = useMemo(() => sourceOf(run, detail), [run, detail])
  const open = (file: string, line: number) => desk.openPlace(run, file, line)
  switch (name) {
    case 'story':
      return run.races.length > 0 ? (
        <RaceStory desk={desk} run={run} source={source} isNew={isNew} before={before} />
      ) : (
        run.panic && <PanicPanel panic={run.panic} source={source} onOpen={open} />
      )
    case 'profile':
      return <ProfilePanel desk={desk} run={run} runs={runs} />
    case 'timeline':
      return <TimelinePanel desk={desk} run={run} source={source} onOpen={open} />
    case 'benchmarks':
      return run.benchmarks && <BenchmarksPanel news={run.benchmarks} onOpen={open} />
    case 'tests':
      return <TestsPanel run={run} rows={testRows(run)} source={source} onOpen={open} />
    case 'measure':
      return <MeasuredPanel run={run} rows={measuredRows(run)} measured={detail?.measureTests ?? []} />
    case 'answers':
      return detail && <AnswersPanel run={run} detail={detail} />
    case 'variants':
      return detail && <VariantsPanel run={run} counts={detail.variants} />
    case 'goroutines':
      return <GoroutinesPanel run={run} runs={runs} source={source} onOpen={open} />
    case 'output':
      return <OutputPanel run={run} source={source} onOpen={open} />
    case 'next':
      return detail && <NextPanel detail={detail} />
  }
}
