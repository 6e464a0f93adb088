import { type Act, type ExerciseSummary, type Interview, SCRATCH, type SourceFile } from '@sandbox/protocol'
import { useState } from 'react'
import { linkedExercises } from '../../state/interview/panel-guide.ts'
import { momentText } from '../../state/interview/panel-times.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { ExerciseSearch } from './exercise-search.tsx'
import styles from './exercise-shelf.module.css'
import { ScratchForm } from './scratch-form.tsx'

/** What can be handed to the candidate: linked exercises, any other one, a file of one's own; and what can go wrong around it. */
export function ExerciseShelf(props: {
  interview: Interview
  /** Slugs that the question links to, the best first. */
  linked: readonly string[]
  exercises: readonly ExerciseSummary[]
  faults: readonly { id: string; title: string }[]
  act: (act: Act) => void
  onOpenExercise: (exercise: string) => void
}) {
  const { interview, linked, exercises, faults, act, onOpenExercise } = props
  const [form, setForm] = useState<'search' | 'scratch' | null>(null)
  const open = (exercise: string, files?: SourceFile[]) => {
    act(files ? { type: 'opened', exercise, files } : { type: 'opened', exercise })
    setForm(null)
    onOpenExercise(exercise)
  }
  const toggle = (which: 'search' | 'scratch') => setForm(form === which ? null : which)
  return (
    <section aria-label="Exercises" className={styles.shelf}>
      <h4 className={styles.label}>Exercises</h4>
      <div className={styles.row}>
        {linkedExercises(interview, linked).map(({ openedAt, ...one }) => (
          <LinkedExercise
            key={one.slug}
            {...one}
            title={titleOf(exercises, one.slug)}
            before={openedAt === null ? '' : ` Opened at ${momentText(interview, openedAt)}.`}
            onOpen={() => open(one.slug)}
          />
        ))}
        <button
          type="button"
          className={controls.link}
          aria-expanded={form === 'search'}
          onClick={() => toggle('search')}
        >
          Another
        </button>
        <button
          type="button"
          className={controls.link}
          aria-expanded={form === 'scratch'}
          onClick={() => toggle('scratch')}
        >
          Own file
        </button>
      </div>
      {form === 'search' && <ExerciseSearch exercises={exercises} current={interview.exercise} onOpen={open} />}
      {form === 'scratch' && <ScratchForm onOpen={(file) => open(SCRATCH, [file])} />}
      <FaultChoice faults={faults} fault={interview.fault} act={act} />
    </section>
  )
}

function titleOf(exercises: readonly ExerciseSummary[], slug: string): string {
  return exercises.find((one) => one.slug === slug)?.title ?? slug
}

function LinkedExercise(props: {
  slug: string
  title: string
  open: boolean
  /** When it was opened last, as a sentence; empty where it was not. */
  before: string
  onOpen: () => void
}) {
  const { slug, title, open, before, onOpen } = props
  return (
    <button
      type="button"
      className={open ? styles.open : styles.exercise}
      aria-pressed={open}
      data-testid="linked-exercise"
      title={open ? `${title}. The candidate works on it.${before}` : `Hand over: ${title}.${before}`}
      onClick={() => !open && onOpen()}
    >
      {open && <Icon name="right" />}
      {slug}
      {open && <span className={controls.hidden}>, open</span>}
    </button>
  )
}

/** The exercise's faults: what goes wrong around the candidate's code from now on. */
function FaultChoice(props: {
  faults: readonly { id: string; title: string }[]
  fault: string | null
  act: (act: Act) => void
}) {
  const { faults, fault, act } = props
  if (faults.length === 0) return null
  return (
    <label className={styles.fault}>
      <span>Fault</span>
      <select
        value={fault ?? ''}
        onChange={(event) => act({ type: 'fault', fault: event.target.value === '' ? null : event.target.value })}
      >
        <option value="">none: everything around the code works</option>
        {faults.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <span className={styles.hint}>The candidate is told what goes wrong from now on.</span>
    </label>
  )
}
