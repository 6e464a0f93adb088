import type { ReactNode } from 'react'
import type { Desk } from '../../state/desk.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './editor-pane.module.css'

/** What a person has to know or decide about the code, above it; `children` come first. */
export function EditorNotices({ desk, children }: { desk: Desk; children?: ReactNode }) {
  const { notice } = useStore(desk.session)
  const problem = useStore(desk.editing.formatProblem)
  const first = problem?.diagnostics[0]
  return (
    <div className={styles.notices} aria-live="polite">
      {children}
      {notice && (
        <div className={controls.note} data-testid="notice">
          <Icon name="panic" />
          <span>{notice}</span>
          <button
            type="button"
            className={controls.small}
            aria-label="Dismiss"
            onClick={() => desk.runs.dismissNotice()}
          >
            <Icon name="x" />
          </button>
        </div>
      )}
      {problem && (
        <div className={controls.note} data-testid="format-problem">
          <Icon name="compile" />
          <span>Not formatted, the file does not parse{first ? `: ${first.message}` : '.'}</span>
          {first && first.line > 0 && (
            <button
              type="button"
              className={controls.small}
              onClick={() => desk.openPlace(null, problem.file, first.line)}
            >
              Go to line {first.line}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
