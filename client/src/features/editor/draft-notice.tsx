import { SERVER_VERSION } from '../../state/draft-sync.ts'
import { COPY_VERSION, otherKey } from '../../state/drafts.ts'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import { differingFiles, draftFiles, fileNamed } from '../../state/workspace.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './editor-pane.module.css'

/** What another tab, or one that was closed, has written: offered with a look at both, never taken unasked. */
export function DraftNotice({ practice }: { practice: Practice }) {
  const { other, refused } = useStore(practice.drafts.state)
  const { changes } = useStore(practice.view)
  const workspace = useStore(practice.workspace)
  if (!other || !workspace) return null
  const names = differingFiles(draftFiles(workspace), other.draft.files)
  const compared = changes === 'other-version'
  const compare = () => {
    const first = names.includes(workspace.active) ? workspace.active : names.find((name) => fileNamed(workspace, name))
    if (!compared && first) practice.editing.activateFile(first)
    practice.viewing.showChanges(compared ? null : 'other-version')
  }
  return (
    <div className={`${controls.note} ${styles.conflict}`} data-testid="draft-conflict">
      <Icon name="edit" />
      <span>
        {compared
          ? 'Lines with − are only in the other version, lines with + only in yours.'
          : `${originWords(other.key, workspace.exercise)} (${listWords(names)}, ${timeOf(other.savedAt)}). ${refused ? 'The browser did not keep yours.' : 'Both versions are kept.'}`}
      </span>
      <button type="button" className={controls.small} aria-pressed={compared} onClick={compare}>
        {compared ? 'Back to the editor' : 'Compare'}
      </button>
      <button
        type="button"
        className={controls.small}
        title="The other version stays with the tab that wrote it"
        onClick={() => practice.settleDraft('mine')}
      >
        Keep mine
      </button>
      <button type="button" className={controls.small} onClick={() => practice.settleDraft('other')}>
        Take theirs
      </button>
    </div>
  )
}

/** Where the other version is from. */
function originWords(key: string, exercise: string): string {
  if (key === otherKey(exercise, SERVER_VERSION)) return 'You changed this exercise in another browser too'
  if (key === otherKey(exercise, COPY_VERSION)) return 'The copy of the kept run differs from your draft'
  return 'Another tab changed this exercise too'
}

/** Files named in a sentence; the rest are counted. */
const MAX_NAMED = 2

function listWords(names: string[]): string {
  const rest = names.length - MAX_NAMED
  return names.slice(0, MAX_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

function timeOf(epochMs: number): string {
  return new Date(epochMs).toLocaleTimeString('en-GB')
}
