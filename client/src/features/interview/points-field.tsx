import { type KeyboardEvent, useState } from 'react'
import styles from './stepper.module.css'

/** Points that are typed or stepped; emptied, they are taken back. The first step begins in the middle of the scale. */
export function PointsField(props: {
  label: string
  value: number | null
  most: number
  disabled?: boolean
  onChange: (value: number | null) => void
}) {
  const { label, value, most, disabled = false, onChange } = props
  const [text, setText] = useState<string | null>(null)
  const put = (next: number | null) => {
    const bounded = next === null ? null : Math.max(0, Math.min(most, next))
    setText(null)
    if (bounded !== value) onChange(bounded)
  }
  const step = (by: 1 | -1) => put(value === null ? Math.ceil(most / 2) : value + by)
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter') put(typed(text, value))
    else if (event.key === 'Escape') setText(null)
    else if (event.key === 'ArrowUp') step(1)
    else if (event.key === 'ArrowDown') step(-1)
    else return
    event.preventDefault()
  }
  return (
    <span className={styles.stepper}>
      <button
        type="button"
        aria-label={`One less for ${label}`}
        disabled={disabled || value === 0}
        onClick={() => step(-1)}
      >
        −
      </button>
      <input
        aria-label={`${label}, of ${most}`}
        inputMode="numeric"
        placeholder="–"
        disabled={disabled}
        value={text ?? value ?? ''}
        onChange={(event) => setText(event.target.value.replace(/\D/g, '').slice(0, 3))}
        onKeyDown={press}
        onBlur={() => put(typed(text, value))}
      />
      <button
        type="button"
        aria-label={`One more for ${label}`}
        disabled={disabled || value === most}
        onClick={() => step(1)}
      >
        +
      </button>
    </span>
  )
}

function typed(text: string | null, value: number | null): number | null {
  if (text === null) return value
  return text === '' ? null : Number(text)
}
