import type { SolutionsDetail } from '@sandbox/protocol'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import { fileNamed } from '../../state/workspace.ts'
import controls from '../../ui/controls.module.css'
import { GoBlock } from '../../ui/go-code.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { useScheme } from '../editor/use-scheme.ts'
import { type Beside, besideAtFirst, entriesOf, REFERENCE, type SolutionEntry } from './solution-entries.ts'
import styles from './solution-viewer.module.css'

const ChangesView = lazy(async () => ({ default: (await import('../editor/code-editor.tsx')).ChangesView }))

interface ViewerProps {
  practice: Practice
  detail: SolutionsDetail
  /** Name of the entry that is shown first. */
  first: string
  onClose: () => void
}

/** The solutions over the page, wide enough to read two texts beside each other. */
export default function SolutionViewer({ practice, detail, first, onClose }: ViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const [name, setName] = useState(first)
  const entries = entriesOf(detail)
  const entry = entries.find((one) => one.name === name) ?? entries[0]
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="solution-title"
      data-testid="solution-viewer"
      onClose={onClose}
    >
      <Entries entries={entries} name={name} onChoose={setName} />
      {entry && <Entry key={entry.name} practice={practice} entry={entry} detail={detail} />}
      <form method="dialog" className={styles.close}>
        <button type="submit" className={controls.square} aria-label="Close the solutions" title="Close (Escape)">
          <Icon name="x" />
        </button>
      </form>
    </dialog>
  )
}

function Entries(props: { entries: SolutionEntry[]; name: string; onChoose: (name: string) => void }) {
  const { entries, name, onChoose } = props
  const groups = [...new Set(entries.map(({ group }) => group))]
  return (
    <nav className={styles.entries} aria-label="Solutions">
      {groups.map((group) => (
        <section key={group}>
          <h3>{group}</h3>
          {entries
            .filter((entry) => entry.group === group)
            .map((entry) => (
              <button
                key={entry.name}
                type="button"
                aria-current={entry.name === name ? 'true' : undefined}
                data-testid="solution-entry"
                onClick={() => onChoose(entry.name)}
              >
                {entry.title}
              </button>
            ))}
        </section>
      ))}
    </nav>
  )
}

function Entry({ practice, entry, detail }: { practice: Practice; entry: SolutionEntry; detail: SolutionsDetail }) {
  const workspace = useStore(practice.workspace)
  const scheme = useScheme(practice)
  const [fileName, setFileName] = useState(entry.files[0]?.name ?? '')
  const [beside, setBeside] = useState<Beside>(besideAtFirst(entry))
  const file = entry.files.find((one) => one.name === fileName)
  const texts: Record<Beside, string | null> = {
    yours: (workspace && fileNamed(workspace, fileName)?.text) ?? null,
    reference:
      entry.name === REFERENCE ? null : (detail.reference.files.find((one) => one.name === fileName)?.text ?? null),
  }
  const other = texts[beside] ?? texts.yours ?? texts.reference
  const isMistake = entry.group === 'Mistakes'
  return (
    <article className={styles.entry}>
      <header className={styles.head}>
        <h2 id="solution-title">{entry.title}</h2>
        {entry.symptom !== null && <span className={controls.chip}>shows as {entry.symptom}</span>}
        {entry.files.length > 1 && (
          <select
            className={controls.input}
            aria-label="File"
            value={fileName}
            onChange={(event) => setFileName(event.target.value)}
          >
            {entry.files.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        )}
        {texts.yours !== null && texts.reference !== null && <BesideChoice beside={beside} onChoose={setBeside} />}
      </header>
      {entry.text !== '' && (
        <section className={styles.text} tabIndex={0} aria-label="Why">
          <Markdown text={entry.text} skipTitle />
        </section>
      )}
      {file && other !== null && (
        <>
          <div className={styles.sides}>
            <span>− {beside === 'yours' || texts.reference === null ? 'your code' : 'the reference'}</span>
            <span>+ {isMistake ? 'the mistake' : entry.title.toLowerCase()}</span>
          </div>
          <div className={styles.diff} data-testid="solution-diff">
            <Suspense fallback={<GoBlock text={file.text} />}>
              <ChangesView key={`${fileName} ${beside}`} before={other} now={file.text} scheme={scheme} beside />
            </Suspense>
          </div>
        </>
      )}
      {file && other === null && (
        <div className={styles.code}>
          <GoBlock text={file.text} />
        </div>
      )}
    </article>
  )
}

const BESIDE_WORDS: Record<Beside, string> = { yours: 'your code', reference: 'the reference' }

function BesideChoice({ beside, onChoose }: { beside: Beside; onChoose: (beside: Beside) => void }) {
  return (
    <fieldset className={styles.beside}>
      <legend className={controls.hidden}>Compare with</legend>
      <span aria-hidden="true">against</span>
      {(['yours', 'reference'] as const).map((one) => (
        <label key={one}>
          <input type="radio" name="beside" checked={one === beside} onChange={() => onChoose(one)} />
          {BESIDE_WORDS[one]}
        </label>
      ))}
    </fieldset>
  )
}
