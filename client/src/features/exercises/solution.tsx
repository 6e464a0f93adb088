import type { ExerciseDetail, SolutionsDetail } from '@sandbox/protocol'
import { lazy, Suspense, useEffect, useState } from 'react'
import { assertNever } from '../../state/assert-never.ts'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import controls from '../../ui/controls.module.css'
import { InlineMarkdown, Markdown } from '../../ui/markdown.tsx'
import { NextPanel } from '../run/next-panel.tsx'
import styles from './solution.module.css'
import { HIDDEN_TESTS, REFERENCE, wordsOf } from './solution-entries.ts'

/** With Monaco's comparison, which the page has long loaded when somebody has solved an exercise. */
const SolutionViewer = lazy(() => import('./solution-viewer.tsx'))

/** The reference, other designs, why the usual mistakes are mistakes, and the hidden tests: once solved or given up. */
export function Solution({ practice, exercise }: { practice: Practice; exercise: ExerciseDetail }) {
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
      return <Open practice={practice} exercise={exercise} detail={solutions.detail} />
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

function Open(props: { practice: Practice; exercise: ExerciseDetail; detail: SolutionsDetail }) {
  const { practice, exercise, detail } = props
  const [shown, setShown] = useState<string | null>(null)
  return (
    <div data-testid="solution">
      <button type="button" className={controls.primary} onClick={() => setShown(REFERENCE)}>
        Compare the reference with your code
      </button>
      <div className={styles.notes}>
        <Markdown text={detail.notes} skipTitle />
      </div>
      {detail.alternatives.length > 0 && (
        <section className={styles.part}>
          <h3>Other designs that pass</h3>
          {detail.alternatives.map(({ name }) => (
            <p key={name}>
              <EntryButton name={name} onShow={setShown} />
            </p>
          ))}
        </section>
      )}
      <section className={styles.part}>
        <h3>The usual mistakes</h3>
        {detail.wrong.map(({ name, what, symptom }) => (
          <div key={name} className={styles.mistake}>
            <EntryButton name={name} onShow={setShown} />
            <span className={styles.symptom}>shows as {symptom}</span>
            <p>
              <InlineMarkdown text={what} />
            </p>
          </div>
        ))}
      </section>
      {detail.hiddenTests.length > 0 && (
        <section className={styles.part}>
          <h3>Hidden tests</h3>
          <button type="button" className={controls.link} onClick={() => setShown(HIDDEN_TESTS)}>
            What they ask for
          </button>
        </section>
      )}
      <section className={styles.part}>
        <NextPanel detail={exercise} />
      </section>
      {shown !== null && (
        <Suspense fallback={null}>
          <SolutionViewer practice={practice} detail={detail} first={shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </div>
  )
}

function EntryButton({ name, onShow }: { name: string; onShow: (name: string) => void }) {
  return (
    <button type="button" className={controls.link} onClick={() => onShow(name)}>
      {wordsOf(name)}
    </button>
  )
}
