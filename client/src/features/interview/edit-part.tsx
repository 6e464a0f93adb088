import type { GuidePart } from '@sandbox/protocol'
import type { GuideDraft } from '../../state/interview/guide-draft.ts'
import { NumberField, TextField } from './edit-field.tsx'
import type { ProblemAt } from './edit-question.tsx'
import styles from './guide-editor.module.css'

/** A part’s own texts and minutes. */
export function EditPart(props: {
  part: GuidePart
  place: string
  problemAt: ProblemAt
  onChange: (part: GuidePart) => void
}) {
  const { part, place, problemAt, onChange } = props
  const at = (field: string) => ({ place: `${place}/${field}`, problem: problemAt(`${place}/${field}`) })
  return (
    <>
      <div className={styles.line}>
        <TextField
          label="Title"
          value={part.title}
          {...at('title')}
          onChange={(title) => onChange({ ...part, title })}
        />
        <NumberField
          label="Minutes"
          value={part.minutes}
          {...at('minutes')}
          onChange={(minutes) => onChange({ ...part, minutes })}
        />
      </div>
      <TextField
        label="What it is to find out"
        rows={2}
        value={part.objective}
        {...at('objective')}
        onChange={(objective) => onChange({ ...part, objective })}
      />
    </>
  )
}

/** What holds for the whole guide. */
export function EditWhole(props: { draft: GuideDraft; problemAt: ProblemAt; onChange: (draft: GuideDraft) => void }) {
  const { draft, problemAt, onChange } = props
  const at = (field: string) => ({ place: field, problem: problemAt(field) })
  const planned = draft.parts.reduce((sum, { minutes }) => sum + minutes, 0)
  return (
    <>
      <TextField
        label="Title"
        value={draft.title}
        {...at('title')}
        onChange={(title) => onChange({ ...draft, title })}
      />
      <div className={styles.line}>
        <NumberField
          label="Minutes in all"
          value={draft.minutes}
          {...at('minutes')}
          onChange={(minutes) => onChange({ ...draft, minutes })}
        />
        <NumberField
          label="Kept for the candidate at the end"
          value={draft.keptMinutes}
          {...at('keptMinutes')}
          onChange={(keptMinutes) => onChange({ ...draft, keptMinutes })}
        />
        <NumberField
          label="Points to pass"
          value={draft.passing}
          {...at('passing')}
          onChange={(passing) => onChange({ ...draft, passing })}
        />
      </div>
      <p className={styles.hint}>
        The parts take {planned} minutes; what is left of the whole is the reserve. The kept minutes are those of the
        last part. What a section’s points come to stays as it is, so that interviews can be compared.
      </p>
    </>
  )
}
