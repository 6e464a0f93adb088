import type { SolutionsDetail } from '@sandbox/protocol'
import { useEffect, useState } from 'react'
import { assertNever } from '../../state/assert-never.ts'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import controls from '../../ui/controls.module.css'
import { GoBlock } from '../../ui/go-code.tsx'
import { InlineMarkdown, Markdown } from '../../ui/markdown.tsx'
import styles from './solution.module.css'

/** The reference, other designs, why the usual mistakes are mistakes, and the hidden tests: once solved or given up. */
export function Solution({ practice }: { practice: Practice }) {
  const solutions = useStore(practice.records.solutions)
  useEffect(() => {
    if (solutions.type === 'unasked') void practice.records.showSolutions()
  }, [practice, solutions])
  switch (solutions.type) {
    case 'unasked':
    case 'loading':
      return <p className={styles.words}>Loading the solution…</p>
    case 'failed':
      return <p role="alert">The solution could not be loaded. {solutions.sentence}</p>
    case 'closed':
      return <Closed practice={practice} />
    case 'open':
      return <Open detail={solutions.detail} />
    default:
      return assertNever(solutions)
  }
}

function Closed({ practice }: { practice: Practice }) {
  const [asking, setAsking] = useState(false)
  return (
    <div className={styles.closed} data-testid="solution-closed">
      <p>
        The reference, solutions of another design, the usual mistakes with the reason why each is one, and the hidden
        tests open when a run has passed.
      </p>
      <button type="button" className={controls.button} onClick={() => setAsking(true)}>
        Give up and show the solution…
      </button>
      {asking && (
        <ConfirmDialog
          title="Show the solution?"
          action="Show it"
          onConfirm={() => void practice.records.reveal()}
          onClose={() => setAsking(false)}
        >
          Your progress will say that you saw the solution before you solved the exercise. You can still solve it.
        </ConfirmDialog>
      )}
    </div>
  )
}

function Open({ detail }: { detail: SolutionsDetail }) {
  return (
    <div data-testid="solution">
      <Files files={detail.reference.files} />
      <Markdown text={detail.notes} skipTitle />
      <section className={styles.part}>
        <h3>Other designs that pass</h3>
        {detail.alternatives.map(({ name, files }) => (
          <details key={name}>
            <summary>{wordsOf(name)}</summary>
            <Files files={files} />
          </details>
        ))}
      </section>
      <section className={styles.part}>
        <h3>The usual mistakes</h3>
        {detail.wrong.map(({ name, files, what, symptom }) => (
          <details key={name}>
            <summary>
              {wordsOf(name)} <span className={styles.symptom}>shows as {symptom}</span>
            </summary>
            <p>
              <InlineMarkdown text={what} />
            </p>
            <Files files={files} />
          </details>
        ))}
      </section>
      <section className={styles.part}>
        <h3>Hidden tests</h3>
        <details>
          <summary>What they ask for</summary>
          <Files files={detail.hiddenTests} />
        </details>
      </section>
    </div>
  )
}

function Files({ files }: { files: { name: string; text: string }[] }) {
  return files.map(({ name, text }) => (
    <div key={name}>
      <p className={styles.file}>{name}</p>
      <GoBlock text={text} />
    </div>
  ))
}

/** A folder's name as words: `wrong/lock-kept-on-return` is "lock kept on return". */
function wordsOf(name: string): string {
  return (name.split('/').at(-1) ?? name).replaceAll('-', ' ')
}
