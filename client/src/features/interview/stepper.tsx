import styles from './stepper.module.css'

/** A number with one less and one more beside it. Null: there is none yet. */
export function Stepper(props: {
  label: string
  value: number | null
  most: number
  onChange: (value: number) => void
  /** Said instead of the number, for example `2 of 3`. */
  words?: string | undefined
}) {
  const { label, value, most, onChange, words } = props
  return (
    <fieldset className={styles.stepper}>
      <legend>{label}</legend>
      <button
        type="button"
        aria-label={`One less: ${label}`}
        disabled={value === null || value <= 0}
        onClick={() => onChange((value ?? 0) - 1)}
      >
        −
      </button>
      <output aria-live="off">{words ?? value ?? '–'}</output>
      <button
        type="button"
        aria-label={`One more: ${label}`}
        disabled={value !== null && value >= most}
        onClick={() => onChange(Math.min(most, (value ?? -1) + 1))}
      >
        +
      </button>
    </fieldset>
  )
}
