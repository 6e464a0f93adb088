import { useRef, useState } from 'react'
import { interviewPath } from '../../state/interview/office.ts'
import controls from '../../ui/controls.module.css'
import { MODIFIER } from '../run/shortcuts.ts'
import styles from './copy-field.module.css'

/** The whole address that a link's key opens, as it is sent. */
export function LinkField({ label, linkKey }: { label: string; linkKey: string }) {
  return <CopyField label={label} value={new URL(interviewPath(linkKey), location.href).href} />
}

/** An address to be copied. Where the browser does not let pages copy, it is selected for the person to do so. */
function CopyField({ label, value }: { label: string; value: string }) {
  const field = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState<{ of: string; words: string } | null>(null)
  const copy = async () => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setSaid({ of: value, words: 'Copied' })
    } catch {
      setSaid({ of: value, words: `Press ${MODIFIER} C` })
    }
  }
  return (
    <div className={styles.field}>
      <input ref={field} readOnly aria-label={label} value={value} onFocus={(event) => event.target.select()} />
      <button type="button" className={controls.button} aria-label={`Copy: ${label}`} onClick={() => void copy()}>
        Copy
      </button>
      <span role="status">{said?.of === value ? said.words : ''}</span>
    </div>
  )
}
