import { useEffect, useState } from 'react'
import { type InterviewOffice, replayPath, reportPath } from '../../state/interview/office.ts'
import { useStore } from '../../state/store.ts'
import { Logo } from '../../ui/icon.tsx'
import { TabList } from '../../ui/tab-list.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ConnectionChip } from '../page/connection-chip.tsx'
import page from '../page/practice-page.module.css'
import { Resizer } from '../page/resizer.tsx'
import { StatusBar } from '../page/status-bar.tsx'
import { ThemeChoice } from '../page/theme-choice.tsx'
import bar from '../page/top-bar.module.css'
import { useNarrow } from '../page/use-narrow.ts'
import { deskShortcuts, useShortcuts } from '../page/use-shortcuts.ts'
import { ResultsPane } from '../run/results-pane.tsx'
import { useRuns } from '../run/use-shown-run.ts'
import { ClockBar, ClockTimes } from './clock-bar.tsx'
import { EditGuide } from './edit-guide.tsx'
import { FinishButton } from './finish-button.tsx'
import styles from './interview.module.css'
import { InterviewEditor } from './interview-editor.tsx'
import frame from './interviewer-page.module.css'
import { KeepingWords } from './keeping-words.tsx'
import { LeftColumn } from './left-column.tsx'
import { LinkPopover } from './link-popover.tsx'
import { NoRun } from './no-run.tsx'
import { Over } from './over.tsx'
import type { RolePageProps } from './role-page.ts'
import { RunControls } from './run-controls.tsx'
import { RunStrip } from './run-strip.tsx'
import { Scorecard } from './scorecard.tsx'
import { useEvidence } from './use-evidence.ts'
import { VerdictBar } from './verdict-bar.tsx'
import { WaitingCandidates } from './waiting-candidates.tsx'

const TICK_MS = 1000

type Right = 'scorecard' | 'results'

/** What an interviewer has: the guide, the candidate's code, the scorecard, the clock and the runs. */
export default function InterviewerPage(props: RolePageProps & { office: InterviewOffice }) {
  const { desk, interview, me, office, onReconnect } = props
  const [right, setRight] = useState<Right>('scorecard')
  const [isEditing, setEditing] = useState(false)
  const isNarrow = useNarrow('(max-width: 1360px)')
  const isOver = interview.finishedAt !== null
  const { shown } = useRuns(desk)
  useNow(TICK_MS, !isOver)
  const at = desk.at()
  const act = desk.act.bind(desk)
  const shownPage = useStore(desk.page)
  const detail = shownPage.type === 'exercise' ? shownPage.detail : null
  const showRun = (run: string) => {
    void desk.openRun(run)
    setRight('results')
  }
  const evidence = useEvidence(desk, interview, showRun)
  useShortcuts(isOver ? {} : deskShortcuts(desk))
  useTitle(interview.candidate)
  return (
    <div className={frame.app}>
      <header className={bar.bar}>
        <h1 className={styles.title}>
          <a className={`${bar.mark} ${styles.home}`} href="/interview" title="All my interviews">
            <Logo />
            <span>Go Practice</span>
          </a>
          <span className={bar.separator} />
          {interview.candidate}
        </h1>
        <ConnectionChip desk={desk} onReconnect={onReconnect} />
        <span className={bar.grow} />
        {!isNarrow && <ClockTimes interview={interview} at={at} act={act} />}
        <span className={bar.grow} />
        <ThemeChoice desk={desk} />
        {!interview.alone && <LinkPopover office={office} interviewKey={desk.key} />}
        {!isOver && <FinishButton act={act} />}
        {!isOver && <RunControls desk={desk} />}
      </header>
      <div>
        <ClockBar interview={interview} at={at} act={act} hints={detail?.hints.length} times={isNarrow} />
        <WaitingCandidates desk={desk} interview={interview} />
      </div>
      {isEditing && interview.guide ? (
        <EditGuide
          guide={interview.guide}
          onSave={(guide) => office.saveGuide(desk.key, guide)}
          onClose={() => setEditing(false)}
        />
      ) : (
        <main className={right === 'results' ? `${frame.work} ${frame.wide}` : frame.work} id="work">
          <LeftColumn desk={desk} interview={interview} me={me} at={at} onEdit={() => setEditing(true)} />
          <section className={page.editor} id="code" aria-label="Editor" tabIndex={-1}>
            {isOver && (
              <Over words="The interview is over: the code cannot be changed any more.">
                <a href={replayPath(desk.key)}>Replay</a>
                <a href={reportPath(desk.key)}>Report</a>
              </Over>
            )}
            <InterviewEditor desk={desk} interview={interview} me={me} />
            <VerdictBar
              desk={desk}
              interview={interview}
              isOpen={right === 'results'}
              onOpen={() => setRight('results')}
            />
          </section>
          <section className={page.results} id="results" aria-label="Scorecard and results" tabIndex={-1}>
            <Resizer variable="--right" side="left" label="Resize the right column" min={300} max={760} />
            <TabList<Right> label="Scorecard and results" id="right" items={RIGHT} active={right} onChoose={setRight} />
            <div className={frame.panel} role="tabpanel" id="right-panel" aria-labelledby={`right-tab-${right}`}>
              {right === 'scorecard' ? (
                <Scorecard interview={interview} me={me.member} act={act} {...evidence} />
              ) : (
                <ResultsPane desk={desk} empty={<NoRun desk={desk} />} />
              )}
            </div>
          </section>
        </main>
      )}
      <RunStrip interview={interview} at={at} shown={shown?.description.id ?? null} onShow={showRun} />
      <StatusBar desk={desk} right={<KeepingWords desk={desk} />} />
    </div>
  )
}

const RIGHT = [
  { name: 'scorecard' as const, label: 'Scorecard' },
  { name: 'results' as const, label: 'Results' },
]

function useTitle(candidate: string): void {
  useEffect(() => {
    document.title = `${candidate} · Interview`
  }, [candidate])
}
