import { useEffect, useState } from 'react'
import type { Practice } from '../../state/practice.ts'
import { standingOf } from '../../state/results.ts'
import { useStore } from '../../state/store.ts'
import { wordOf } from '../../ui/badge.tsx'
import controls from '../../ui/controls.module.css'
import { DraftNotice } from '../editor/draft-notice.tsx'
import { EditorPane } from '../editor/editor-pane.tsx'
import { ExerciseColumn } from '../exercises/exercise-column.tsx'
import { ProgressFacts } from '../exercises/progress-facts.tsx'
import { Solution } from '../exercises/solution.tsx'
import { ResultsPane } from '../run/results-pane.tsx'
import { useRuns } from '../run/use-shown-run.ts'
import { Jumps } from './jumps.tsx'
import { NoRun } from './no-run.tsx'
import styles from './practice-page.module.css'
import { DraftWords, RunsElsewhere } from './practice-status.tsx'
import { Resizer } from './resizer.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useFolded } from './use-folded.ts'
import { deskShortcuts, useShortcuts } from './use-shortcuts.ts'
import { useTheme } from './use-theme.ts'

/** The whole page: exercise, editor, results. */
export function PracticePage({ practice, onReconnect }: { practice: Practice; onReconnect: () => void }) {
  const [finding, setFinding] = useState(false)
  const [folded, setFolded] = useFolded()
  useShortcuts({
    ...deskShortcuts(practice),
    search: () => setFinding(true),
    'next-exercise': () => void practice.openNext(),
  })
  useTheme(practice)
  useTitle(practice)
  const page = useStore(practice.page)
  const draft = useStore(practice.drafts.state)
  const progress = useStore(practice.records.progress)
  return (
    <div className={styles.app}>
      <TopBar practice={practice} finding={finding} onFind={setFinding} onReconnect={onReconnect} />
      <Jumps desk={practice} />
      <main className={folded ? `${styles.work} ${styles.folded}` : styles.work} id="work">
        <aside className={styles.exercise} id="exercise" aria-label="Exercise" tabIndex={-1}>
          <ExerciseColumn
            desk={practice}
            folded={folded}
            onFold={setFolded}
            facts={({ slug }) => <ProgressFacts progress={progress.get(slug)} />}
            solution={(detail) => <Solution practice={practice} exercise={detail} />}
          />
          {!folded && <Resizer variable="--left" side="right" label="Resize the exercise column" min={240} max={520} />}
        </aside>
        <section className={styles.editor} id="code" aria-label="Editor" tabIndex={-1}>
          {page.type === 'missing' || page.type === 'failed' ? (
            <Trouble practice={practice} />
          ) : (
            <EditorPane
              desk={practice}
              other={draft.other}
              resetsToo={draft.savedAt ? ', and the draft with them' : ''}
              notices={<DraftNotice practice={practice} />}
            />
          )}
        </section>
        <section className={styles.results} id="results" aria-label="Results" tabIndex={-1}>
          <Resizer variable="--right" side="left" label="Resize the results" min={360} max={760} />
          <ResultsPane desk={practice} empty={<NoRun practice={practice} />} />
        </section>
      </main>
      <StatusBar
        desk={practice}
        left={<RunsElsewhere practice={practice} />}
        right={<DraftWords practice={practice} />}
      />
    </div>
  )
}

/** An address that names nothing, or a server that does not answer. */
function Trouble({ practice }: { practice: Practice }) {
  const page = useStore(practice.page)
  if (page.type === 'missing') {
    return (
      <div className={styles.trouble} data-testid="missing">
        <h2>There is no exercise “{page.what}”</h2>
        <p>Its name may have changed. The list over this text has every exercise; scratch takes code of your own.</p>
      </div>
    )
  }
  return (
    <div className={styles.trouble} data-testid="failed">
      <h2>The exercise could not be loaded</h2>
      <p>{page.type === 'failed' ? page.sentence : ''}</p>
      <button type="button" className={controls.button} onClick={() => void practice.start()}>
        Try again
      </button>
    </div>
  )
}

function useTitle(practice: Practice): void {
  const { shown } = useRuns(practice)
  const workspace = useStore(practice.workspace)
  const standing = shown ? `${wordOf(standingOf(shown))} · ` : ''
  const title = workspace ? `${standing}${workspace.exercise} · Go Practice` : 'Go Practice'
  useEffect(() => {
    document.title = title
  }, [title])
}
