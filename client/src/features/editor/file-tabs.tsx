import { SCRATCH } from '@sandbox/protocol'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import type { Desk } from '../../state/desk.ts'
import { type FileMark, fileMarksOf } from '../../state/file-marks.ts'
import { nameProblem } from '../../state/file-name.ts'
import { differsFromStarter, type WorkFile, type Workspace } from '../../state/workspace.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { useRunHere } from '../run/use-shown-run.ts'
import styles from './editor-pane.module.css'

type Asking = { type: 'reset' } | { type: 'delete'; name: string }
type Naming = { type: 'add' } | { type: 'rename'; name: string }

/** One tab for each file, and what can be done with files. */
export function FileTabs(props: { desk: Desk; workspace: Workspace; resetsToo: string; people: ReactNode }) {
  const { desk, workspace, resetsToo, people } = props
  const [asking, setAsking] = useState<Asking | null>(null)
  const [naming, setNaming] = useState<Naming | null>(null)
  const scratch = workspace.exercise === SCRATCH && workspace.files.some(({ role }) => role === 'editable')
  return (
    <>
      <div className={styles.tabs}>
        <Tabs
          desk={desk}
          workspace={workspace}
          onRename={scratch ? (name) => setNaming({ type: 'rename', name }) : null}
        />
        {scratch && !naming && (
          <ScratchActs
            workspace={workspace}
            onName={setNaming}
            onDelete={(name) => setAsking({ type: 'delete', name })}
          />
        )}
        {naming && <NameForm desk={desk} workspace={workspace} naming={naming} onDone={() => setNaming(null)} />}
        <div className={styles.acts}>
          <div className={styles.legendRoom}>
            <Legend desk={desk} />
          </div>
          {!naming && workspace.starter.length > 0 && (
            <button
              type="button"
              className={controls.small}
              disabled={!differsFromStarter(workspace)}
              onClick={() => setAsking({ type: 'reset' })}
            >
              Reset to starter
            </button>
          )}
          {people}
        </div>
      </div>
      {asking && <Ask desk={desk} asking={asking} resetsToo={resetsToo} onClose={() => setAsking(null)} />}
    </>
  )
}

const ROLE_WORDS = {
  editable: '',
  'read-only': 'read-only',
  test: 'test',
  material: '',
  kept: 'as it was run',
} as const

function Tabs(props: { desk: Desk; workspace: Workspace; onRename: ((name: string) => void) | null }) {
  const { desk, workspace, onRename } = props
  const chosen = tabId(workspace.active)
  useEffect(() => {
    // The rail is scrolled by itself: the page stays where it is.
    const tab = document.getElementById(chosen)
    const rail = tab?.parentElement
    if (!tab || !rail) return
    const end = tab.offsetLeft + tab.offsetWidth - rail.offsetLeft
    const least = end - rail.clientWidth
    rail.scrollLeft = Math.min(tab.offsetLeft - rail.offsetLeft, Math.max(rail.scrollLeft, least))
  }, [chosen])
  const shown = useRunHere(desk)
  const marks = useMemo(() => (shown ? fileMarksOf(shown, workspace.files) : NO_MARKS), [shown, workspace.files])
  const press = (event: KeyboardEvent) => {
    const at = workspace.files.findIndex((file) => file.name === workspace.active)
    if (event.key === 'F2' && onRename) onRename(workspace.active)
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = step === 0 ? undefined : workspace.files.at((at + step) % workspace.files.length)
    if (!next) return
    event.preventDefault()
    desk.editing.activateFile(next.name)
    document.getElementById(tabId(next.name))?.focus()
  }
  return (
    <div className={styles.list} role="tablist" aria-label="Files" onKeyDown={press}>
      {workspace.files.map((file) => (
        <button
          key={file.name}
          type="button"
          role="tab"
          id={tabId(file.name)}
          className={styles.tab}
          aria-selected={file.name === workspace.active}
          tabIndex={file.name === workspace.active ? 0 : -1}
          data-testid={`file-${file.name}`}
          title={onRename ? 'Double-click or F2 renames' : undefined}
          onClick={() => desk.editing.activateFile(file.name)}
          onDoubleClick={() => onRename?.(file.name)}
        >
          {file.name}
          {ROLE_WORDS[file.role] && <span className={styles.dim}>{ROLE_WORDS[file.role]}</span>}
          <TabMark mark={marks.get(file.name)} />
          {isChanged(workspace, file) && (
            <span className={styles.dot} title="Differs from the starter">
              <span className={controls.hidden}>changed</span>
            </span>
          )}
        </button>
      ))}
    </div>
  )
}

const NO_MARKS: ReadonlyMap<string, FileMark> = new Map()

const MARK_ICONS = {
  error: 'failed',
  race: 'race',
  panic: 'panic',
  blocked: 'blocked',
  advice: 'compile',
} as const

/** What the shown run has to say of a file, so that one finds it without opening each. */
function TabMark({ mark }: { mark: FileMark | undefined }) {
  if (!mark) return null
  return (
    <span className={styles[mark.kind]} title={mark.words} data-testid="file-mark" data-kind={mark.kind}>
      <Icon name={MARK_ICONS[mark.kind]} />
      <span className={controls.hidden}>{mark.words}</span>
    </span>
  )
}

function tabId(name: string): string {
  return `file-tab-${name}`
}

function isChanged(workspace: Workspace, file: WorkFile): boolean {
  const starter = workspace.starter.find((other) => other.name === file.name)
  return file.role === 'editable' && starter !== undefined && starter.text !== file.text
}

function ScratchActs(props: {
  workspace: Workspace
  onName: (naming: Naming) => void
  onDelete: (name: string) => void
}) {
  const { workspace, onName, onDelete } = props
  const { active } = workspace
  return (
    <div className={styles.nameForm}>
      <button
        type="button"
        className={controls.square}
        title="New file"
        aria-label="New file"
        onClick={() => onName({ type: 'add' })}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        className={controls.square}
        title={`Rename ${active}`}
        aria-label={`Rename ${active}`}
        onClick={() => onName({ type: 'rename', name: active })}
      >
        <Icon name="edit" />
      </button>
      <button
        type="button"
        className={controls.square}
        title={`Delete ${active}`}
        aria-label={`Delete ${active}`}
        disabled={workspace.files.length <= 1}
        onClick={() => onDelete(active)}
      >
        <Icon name="x" />
      </button>
    </div>
  )
}

function NameForm(props: { desk: Desk; workspace: Workspace; naming: Naming; onDone: () => void }) {
  const { desk, workspace, naming, onDone } = props
  const current = naming.type === 'rename' ? naming.name : null
  const [name, setName] = useState(current ?? '')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const problem = nameProblem(workspace, name, current)
  const done = () => {
    if (problem) return
    if (current === null) desk.editing.addFile(name)
    else if (current !== name) desk.editing.renameFile(current, name)
    onDone()
  }
  return (
    <form
      className={styles.nameForm}
      onSubmit={(event) => {
        event.preventDefault()
        done()
      }}
    >
      <span className={styles.nameField}>
        <input
          className={controls.input}
          aria-label={current === null ? 'Name of the new file' : `New name of ${current}`}
          aria-invalid={name !== '' && problem !== null}
          aria-describedby="name-problem"
          data-testid="file-name"
          spellCheck={false}
          placeholder="name.go"
          ref={field}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onDone()}
        />
        <span id="name-problem" role="status" className={styles.problem}>
          {name === '' ? '' : problem}
        </span>
      </span>
      <button type="submit" className={controls.small} disabled={problem !== null}>
        {current === null ? 'Add' : 'Rename'}
      </button>
      <button type="button" className={controls.small} onClick={onDone}>
        Cancel
      </button>
    </form>
  )
}

/** What the shapes in the margin mean, while a race shows them. */
function Legend({ desk }: { desk: Desk }) {
  const shown = useRunHere(desk)
  if (!shown || shown.races.length === 0) return null
  return (
    <div className={styles.legend}>
      <span>
        <Icon name="write" />
        write
      </span>
      <span>
        <Icon name="read" />
        read
      </span>
      <span>
        <Icon name="go" />
        created
      </span>
    </div>
  )
}

function Ask(props: { desk: Desk; asking: Asking; resetsToo: string; onClose: () => void }) {
  const { desk, asking, resetsToo, onClose } = props
  if (asking.type === 'delete') {
    return (
      <ConfirmDialog
        title={`Delete ${asking.name}?`}
        action="Delete"
        onConfirm={() => desk.editing.deleteFile(asking.name)}
        onClose={onClose}
      >
        Its text is gone with it; there is no other copy.
      </ConfirmDialog>
    )
  }
  return (
    <ConfirmDialog
      title="Reset to the starter?"
      action="Reset"
      onConfirm={() => desk.editing.resetToStarter()}
      onClose={onClose}
    >
      Your own files go back to how they were at the start{resetsToo}. Undo in the editor brings the text back while
      this page is open.
    </ConfirmDialog>
  )
}
