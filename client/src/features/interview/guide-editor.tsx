import type { Guide } from '@sandbox/protocol'
import { useState } from 'react'
import { checkDraft, formName, formOf, type GuideDraft, type Place } from '../../state/interview/guide-draft.ts'
import controls from '../../ui/controls.module.css'
import { EditForm } from './edit-form.tsx'
import styles from './guide-editor.module.css'
import { GuideOutline } from './guide-outline.tsx'

const NOTHING_WRONG: ReadonlyMap<Place, string> = new Map()

/**
 * Edits an interview’s own copy of its guide. What is wrong is said at its field and never thrown away; it is saved only when
 * nothing is wrong.
 */
export function GuideEditor(props: {
  guide: Guide
  /** Fails with a sentence for the page; the draft stays then. */
  onSave: (guide: Guide) => Promise<void>
}) {
  const { guide, onSave } = props
  const [draft, setDraft] = useState<GuideDraft>(guide)
  const [base, setBase] = useState(guide)
  const [place, setPlace] = useState<Place>('')
  const [outcome, setOutcome] = useState<Saving>(null)
  const checked = checkDraft(draft)
  const problems = checked.type === 'bad' ? checked.problems : NOTHING_WRONG
  const change = (next: GuideDraft) => {
    setDraft(next)
    setOutcome(null)
  }
  const take = () => {
    setDraft(guide)
    setBase(guide)
    setPlace('')
  }
  const save = async () => {
    if (checked.type === 'bad') return
    setOutcome('saving')
    try {
      await onSave(checked.guide)
      setBase(checked.guide)
      setOutcome('saved')
    } catch (error) {
      setOutcome({ problem: error instanceof Error ? error.message : String(error) })
    }
  }
  return (
    <section className={styles.editor} aria-label="Edit the guide">
      <header className={styles.bar}>
        <h2>Edit the guide</h2>
        <span className={styles.hint}>of this interview only</span>
        <span className={styles.grow} />
        <Outcome outcome={outcome} wrong={problems.size} dirty={draft !== base} />
        <button type="button" className={controls.button} disabled={draft === base} onClick={() => change(base)}>
          Undo all
        </button>
        <button
          type="button"
          className={controls.primary}
          disabled={problems.size > 0 || draft === base || outcome === 'saving'}
          onClick={() => void save()}
        >
          Save
        </button>
      </header>
      {!isSame(guide, base) && !isSame(guide, draft) && <Elsewhere onTake={take} />}
      <Problems draft={draft} problems={problems} onGo={setPlace} />
      <div className={styles.columns}>
        <GuideOutline draft={draft} place={place} problems={problems} onGo={setPlace} onChange={change} />
        <div className={styles.form} data-testid="guide-form">
          <EditForm draft={draft} place={place} problems={problems} onChange={change} />
        </div>
      </div>
    </section>
  )
}

/** The server sends a guide back as new objects: they are compared by what they say. */
function isSame(a: Guide, b: Guide): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

type Saving = 'saving' | 'saved' | { problem: string } | null

function Outcome({ outcome, wrong, dirty }: { outcome: Saving; wrong: number; dirty: boolean }) {
  if (outcome !== null && typeof outcome === 'object')
    return (
      <span className={styles.problem} role="alert">
        {outcome.problem} Your changes are still here.
      </span>
    )
  const words = wrong > 0 ? mistakes(wrong) : outcome === 'saved' ? 'Saved' : dirty ? 'Not saved yet' : ''
  return (
    <span className={styles.hint} role="status">
      {outcome === 'saving' ? 'Saving…' : words}
    </span>
  )
}

function mistakes(count: number): string {
  return count === 1 ? 'One mistake to put right' : `${count} mistakes to put right`
}

/** Another interviewer has saved the guide while this draft was open. */
function Elsewhere({ onTake }: { onTake: () => void }) {
  return (
    <p className={controls.note} role="status">
      <span />
      <span>Somebody else has saved this guide in the meantime. Saving yours replaces theirs.</span>
      <button type="button" className={controls.small} onClick={onTake}>
        Drop mine and take theirs
      </button>
    </p>
  )
}

const MAX_SHOWN = 5

/** What is wrong, each a press away from its field. */
function Problems(props: { draft: GuideDraft; problems: ReadonlyMap<Place, string>; onGo: (place: Place) => void }) {
  const { draft, problems, onGo } = props
  if (problems.size === 0) return null
  return (
    <ul className={styles.problems}>
      {[...problems].slice(0, MAX_SHOWN).map(([place, words]) => (
        <li key={place}>
          <button type="button" className={controls.link} onClick={() => onGo(formOf(place))}>
            {formName(draft, formOf(place))}: {words}
          </button>
        </li>
      ))}
      {problems.size > MAX_SHOWN && <li>and {problems.size - MAX_SHOWN} more</li>}
    </ul>
  )
}
