import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './editor-pane.module.css'

/** What a person has to know or decide about the code, above it. */
export function EditorNotices({ practice }: { practice: Practice }) {
  const { theirs } = useStore(practice.draft)
  const { notice } = useStore(practice.session)
  const problem = useStore(practice.formatProblem)
  const first = problem?.diagnostics[0]
  return (
    <div className={styles.notices} aria-live="polite">
      {theirs && (
        <div className={controls.note} data-testid="draft-conflict">
          <Icon name="edit" />
          <span>Another tab has changed this draft.</span>
          <button type="button" className={controls.small} onClick={() => practice.settleDraft('theirs')}>
            Take its version
          </button>
          <button type="button" className={controls.small} onClick={() => practice.settleDraft('mine')}>
            Keep mine
          </button>
        </div>
      )}
      {notice && (
        <div className={controls.note} data-testid="notice">
          <Icon name="panic" />
          <span>{notice}</span>
          <button
            type="button"
            className={controls.small}
            aria-label="Dismiss"
            onClick={() => practice.dismissNotice()}
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
              onClick={() => practice.openPlace(null, problem.file, first.line)}
            >
              Go to line {first.line}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
