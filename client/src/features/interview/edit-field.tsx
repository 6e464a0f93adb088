import { type ReactNode, useId } from 'react'
import styles from './guide-editor.module.css'

interface FieldProps {
  label: string
  problem: string | undefined
  /** The place of the field in the guide, by which it is found. */
  place: string
}

/** Ties a label, a field and what is wrong with it together. */
function Field(
  props: FieldProps & {
    children: (aid: {
      id: string
      'aria-invalid': boolean
      'aria-describedby'?: string
      'data-place': string
    }) => ReactNode
  },
) {
  const { label, problem, place, children } = props
  const id = useId()
  const wrong = problem !== undefined
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': wrong,
        'data-place': place,
        ...(wrong && { 'aria-describedby': `${id}-problem` }),
      })}
      {wrong && (
        <p id={`${id}-problem`} className={styles.problem}>
          {problem}
        </p>
      )}
    </div>
  )
}

/** A line, or several where `rows` is more than 1. */
export function TextField(props: FieldProps & { value: string; rows?: number; onChange: (value: string) => void }) {
  const { value, rows = 1, onChange, ...field } = props
  return (
    <Field {...field}>
      {(aid) =>
        rows === 1 ? (
          <input {...aid} value={value} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <textarea {...aid} rows={rows} value={value} onChange={(event) => onChange(event.target.value)} />
        )
      }
    </Field>
  )
}

/** A whole number; NaN while there is none. */
export function NumberField(props: FieldProps & { value: number; onChange: (value: number) => void }) {
  const { value, onChange, ...field } = props
  return (
    <Field {...field}>
      {(aid) => (
        <input
          {...aid}
          type="number"
          min={0}
          value={Number.isNaN(value) ? '' : value}
          onChange={(event) => onChange(event.target.value === '' ? Number.NaN : Number(event.target.value))}
        />
      )}
    </Field>
  )
}
