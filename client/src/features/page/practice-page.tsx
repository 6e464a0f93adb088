import { useEffect, useState } from 'react'
import type { Practice } from '../../state/practice.ts'
import { standingOf } from '../../state/results.ts'
import { useStore } from '../../state/store.ts'
import { wordOf } from '../../ui/badge.tsx'
import controls from '../../ui/controls.module.css'
import { EditorPane } from '../editor/editor-pane.tsx'
import { ExerciseColumn } from '../exercises/exercise-column.tsx'
import { ResultsPane } from '../run/results-pane.tsx'
import { shortcutOf } from '../run/shortcuts.ts'
import { useRuns } from '../run/use-shown-run.ts'
import { Jumps } from './jumps.tsx'
import styles from './practice-page.module.css'
import { Resizer } from './resizer.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { useNarrow } from './use-narrow.ts'

/** The whole page: exercise, editor, results. */
export function PracticePage({ practice, onReconnect }: { practice: Practice; onReconnect: () => void }) {
  const [finding, setFinding] = useState(false)
  const [folded, setFolded] = useFolded()
  useShortcuts(practice, setFinding)
  useTheme(practice)
  useTitle(practice)
  const page = useStore(practice.page)
  return (
    <div className={styles.app}>
      <TopBar practice={practice} finding={finding} onFind={setFinding} onReconnect={onReconnect} />
      <Jumps practice={practice} />
      <main className={folded ? `${styles.work} ${styles.folded}` : styles.work} id="work">
        <aside className={styles.exercise} id="exercise" aria-label="Exercise" tabIndex={-1}>
          <ExerciseColumn practice={practice} folded={folded} onFold={setFolded} />
          {!folded && <Resizer variable="--left" side="right" label="Resize the exercise column" min={240} max={520} />}
        </aside>
        <section className={styles.editor} id="code" aria-label="Editor" tabIndex={-1}>
          {page.type === 'missing' || page.type === 'failed' ? (
            <Trouble practice={practice} />
          ) : (
            <EditorPane practice={practice} />
          )}
        </section>
        <section className={styles.results} id="results" aria-label="Results" tabIndex={-1}>
          <Resizer variable="--right" side="left" label="Resize the results" min={360} max={760} />
          <ResultsPane practice={practice} />
        </section>
      </main>
      <StatusBar practice={practice} />
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

/** On a narrow screen the left column starts folded; on the narrowest everything is stacked and nothing folds. */
function useFolded(): [boolean, (folded: boolean) => void] {
  const narrow = useNarrow('(max-width: 1200px)')
  const stacked = useNarrow('(max-width: 720px)')
  const [chosen, setChosen] = useState<{ folded: boolean; narrow: boolean } | null>(null)
  const folded = chosen && chosen.narrow === narrow ? chosen.folded : narrow
  return [folded && !stacked, (next) => setChosen({ folded: next, narrow })]
}

/** What takes the keyboard inside an area: the editor's input, else the chosen tab. */
const EDITOR_INPUT = '.monaco-editor .native-edit-context, .monaco-editor textarea'
const CHOSEN_TAB = '[role="tab"][tabindex="0"]'

const AREAS = ['exercise', 'code', 'results']

function useShortcuts(practice: Practice, setFinding: (open: boolean) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event)
      if (!shortcut) return
      event.preventDefault()
      event.stopPropagation()
      if (shortcut === 'run') practice.run()
      else if (shortcut === 'profile') practice.run({ insight: 'profile' })
      else if (shortcut === 'timeline') practice.run({ insight: 'timeline' })
      else if (shortcut === 'format') practice.editing.format()
      else if (shortcut === 'search') setFinding(true)
      else if (shortcut === 'next-exercise') void practice.openNext()
      else focusNextArea()
    }
    // While capturing: the editor has commands of its own on the same keys.
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [practice, setFinding])
}

function focusNextArea(): void {
  const at = AREAS.findIndex((id) => document.getElementById(id)?.contains(document.activeElement))
  const area = document.getElementById(AREAS[(at + 1) % AREAS.length] ?? '')
  const inner = area?.querySelector<HTMLElement>(EDITOR_INPUT) ?? area?.querySelector<HTMLElement>(CHOSEN_TAB)
  const target = inner ?? area
  target?.focus()
}

function useTheme(practice: Practice): void {
  const theme = useStore(practice.theme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
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
