import { useEffect } from 'react'
import { listOf, othersHere } from '../../state/interview/people.ts'
import { useStore } from '../../state/store.ts'
import { Logo } from '../../ui/icon.tsx'
import { ExerciseColumn } from '../exercises/exercise-column.tsx'
import { ConnectionChip } from '../page/connection-chip.tsx'
import page from '../page/practice-page.module.css'
import { Resizer } from '../page/resizer.tsx'
import { StatusBar } from '../page/status-bar.tsx'
import { ThemeChoice } from '../page/theme-choice.tsx'
import bar from '../page/top-bar.module.css'
import { useFolded } from '../page/use-folded.ts'
import { deskShortcuts, useShortcuts } from '../page/use-shortcuts.ts'
import { ResultsPane } from '../run/results-pane.tsx'
import styles from './interview.module.css'
import { InterviewEditor } from './interview-editor.tsx'
import { KeepingWords } from './keeping-words.tsx'
import { NoRun } from './no-run.tsx'
import { Over } from './over.tsx'
import { RecordedNote } from './recorded-note.tsx'
import type { RolePageProps } from './role-page.ts'
import { RunControls } from './run-controls.tsx'
import { TimeLeft } from './time-left.tsx'
import { useAbsence } from './use-absence.ts'

/** What the candidate has: the exercise, the code, its results, and who is there. */
export default function CandidatePage({ desk, interview, me, onReconnect }: RolePageProps) {
  const [folded, setFolded] = useFolded()
  const isOver = interview.finishedAt !== null
  useShortcuts(isOver ? {} : deskShortcuts(desk))
  useAbsence(desk, interview.recording.leaving && !isOver)
  useEffect(() => {
    document.title = `${interview.title} · Go Practice`
  }, [interview.title])
  const { here } = useStore(desk.people.presence)
  const hosts = othersHere(interview, here, me.member).filter(({ role }) => role === 'interviewer')
  return (
    <div className={page.app}>
      <header className={bar.bar}>
        <h1 className={styles.title}>
          <span className={bar.mark}>
            <Logo />
            <span>Go Practice</span>
          </span>
          <span className={bar.separator} />
          {interview.title}
        </h1>
        <span className={styles.dim}>{hosts.length > 0 ? `with ${listOf(hosts.map(({ name }) => name))}` : ''}</span>
        <ConnectionChip desk={desk} onReconnect={onReconnect} />
        <span className={bar.grow} />
        {!isOver && <TimeLeft desk={desk} />}
        <ThemeChoice desk={desk} />
        {!isOver && <RunControls desk={desk} />}
      </header>
      <main className={folded ? `${page.work} ${page.folded}` : page.work} id="work">
        <aside className={page.exercise} id="exercise" aria-label="Exercise" tabIndex={-1}>
          <ExerciseColumn desk={desk} folded={folded} onFold={setFolded} />
          {!folded && (
            <>
              <RecordedNote recording={interview.recording} />
              <Resizer variable="--left" side="right" label="Resize the exercise column" min={240} max={520} />
            </>
          )}
        </aside>
        <section className={page.editor} id="code" aria-label="Editor" tabIndex={-1}>
          {isOver && (
            <Over words="The interview is over. Thank you: what you wrote is kept, and you can close this page." />
          )}
          <InterviewEditor desk={desk} interview={interview} me={me} />
        </section>
        <section className={page.results} id="results" aria-label="Results" tabIndex={-1}>
          <Resizer variable="--right" side="left" label="Resize the results" min={360} max={760} />
          <ResultsPane desk={desk} empty={<NoRun desk={desk} />} />
        </section>
      </main>
      <StatusBar desk={desk} right={<KeepingWords desk={desk} />} />
    </div>
  )
}
