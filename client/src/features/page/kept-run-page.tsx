import { useEffect } from 'react'
import type { KeptDesk } from '../../state/kept-desk.ts'
import { pathOf } from '../../state/route.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Logo } from '../../ui/icon.tsx'
import { EditorPane } from '../editor/editor-pane.tsx'
import { ExerciseColumn } from '../exercises/exercise-column.tsx'
import { KeptNote } from '../run/kept-note.tsx'
import { ResultsPane } from '../run/results-pane.tsx'
import { Jumps } from './jumps.tsx'
import styles from './practice-page.module.css'
import { Resizer } from './resizer.tsx'
import status from './status-bar.module.css'
import { ThemeChoice } from './theme-choice.tsx'
import bar from './top-bar.module.css'
import { useFolded } from './use-folded.ts'
import { deskShortcuts, useShortcuts } from './use-shortcuts.ts'
import { useTheme } from './use-theme.ts'

/** A run that somebody kept: the exercise, the code as it was, the results. `onOpen` leaves for another page of ours. */
export function KeptRunPage({ desk, onOpen }: { desk: KeptDesk; onOpen: (path: string) => void }) {
  const [folded, setFolded] = useFolded()
  const { 'next-area': nextArea } = deskShortcuts(desk)
  useShortcuts(nextArea ? { 'next-area': nextArea } : {})
  useTheme(desk)
  const page = useStore(desk.page)
  const opened = useStore(desk.opened)
  const exercise = opened?.run.description.exercise ?? null
  useEffect(() => {
    document.title = exercise ? `A run of ${exercise} · Go Practice` : 'Go Practice'
  }, [exercise])
  return (
    <div className={styles.app}>
      <KeptBar desk={desk} exercise={exercise} onOpen={onOpen} />
      <Jumps desk={desk} />
      <main className={folded ? `${styles.work} ${styles.folded}` : styles.work} id="work">
        <aside className={styles.exercise} id="exercise" aria-label="Exercise" tabIndex={-1}>
          <ExerciseColumn desk={desk} folded={folded} onFold={setFolded} />
        </aside>
        <section className={styles.editor} id="code" aria-label="Code" tabIndex={-1}>
          {page.type === 'missing' || page.type === 'failed' ? (
            <NotThere sentence={page.type === 'failed' ? page.sentence : null} />
          ) : (
            <EditorPane desk={desk} />
          )}
        </section>
        <section className={styles.results} id="results" aria-label="Results" tabIndex={-1}>
          <Resizer variable="--right" side="left" label="Resize the results" min={360} max={760} />
          {opened && <KeptNote desk={desk} opened={opened} />}
          <ResultsPane desk={desk} empty={null} />
        </section>
      </main>
      <footer className={status.bar}>
        <span>Read-only: the code and the results of one run, as they were</span>
      </footer>
    </div>
  )
}

function KeptBar(props: { desk: KeptDesk; exercise: string | null; onOpen: (path: string) => void }) {
  const { desk, exercise, onOpen } = props
  const copy = () => {
    const path = desk.copy()
    if (path) onOpen(path)
  }
  return (
    <header className={bar.bar}>
      <h1 className={controls.hidden}>{exercise ? `A run of ${exercise}` : 'A run'}</h1>
      <a className={bar.mark} href="/">
        <Logo />
        <span>Go Practice</span>
      </a>
      {exercise && (
        <>
          <span className={bar.separator} />
          <a href={pathOf(exercise)}>{exercise}</a>
        </>
      )}
      <span className={bar.grow} />
      <ThemeChoice desk={desk} />
      {exercise && (
        <button
          type="button"
          className={controls.primary}
          data-testid="open-copy"
          title="Where you have a draft of this exercise, the copy lies beside it and you choose"
          onClick={copy}
        >
          Open in editor as a copy
        </button>
      )}
    </header>
  )
}

/** A link that opens nothing, or a server that does not answer. */
function NotThere({ sentence }: { sentence: string | null }) {
  return (
    <div className={styles.trouble} data-testid="missing">
      <h2>{sentence ? 'The run could not be loaded' : 'This run is not kept any more'}</h2>
      <p>{sentence ?? 'Whoever kept it has deleted it, or it was kept long enough. Was the link copied whole?'}</p>
      <a href="/">To the exercises</a>
    </div>
  )
}
