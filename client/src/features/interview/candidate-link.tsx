import type { LinkInfo } from '@sandbox/protocol'
import { useState } from 'react'
import controls from '../../ui/controls.module.css'
import styles from './candidate-link.module.css'
import { LinkField } from './copy-field.tsx'

/** Hours for which a link can be made. */
const LIFETIMES = [
  { hours: 24, label: 'a day' },
  { hours: 24 * 7, label: 'a week' },
  { hours: 24 * 30, label: '30 days' },
] as const

/** The candidate’s link: to copy, to replace, to end. Both end the one before and send away who came by it. */
export function CandidateLink(props: {
  info: Pick<LinkInfo, 'candidateKey' | 'candidateExpiresAt'>
  /** Fails with a sentence for the page. */
  onRenew: (hours: number) => Promise<void>
  onRevoke: () => Promise<void>
}) {
  const { info, onRenew, onRevoke } = props
  const { candidateKey: key = null, candidateExpiresAt: until = null } = info
  const [hours, setHours] = useState<number>(LIFETIMES[1].hours)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const change = async (what: () => Promise<void>) => {
    setBusy(true)
    try {
      await what()
      setProblem(null)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className={styles.link} aria-label="Candidate’s link">
      {key === null ? (
        <p>There is no candidate’s link now: nobody new can come in as the candidate.</p>
      ) : (
        <>
          <LinkField label="The candidate’s link" linkKey={key} />
          <p>{until === null ? 'It works until you end it.' : `It works until ${momentText(until)}.`}</p>
        </>
      )}
      <div className={styles.row}>
        <label>
          For{' '}
          <select className={controls.input} value={hours} onChange={(event) => setHours(Number(event.target.value))}>
            {LIFETIMES.map((one) => (
              <option key={one.hours} value={one.hours}>
                {one.label}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          className={controls.button}
          disabled={busy}
          onClick={() => void change(() => onRenew(hours))}
        >
          {key === null ? 'Make a link' : 'Replace the link'}
        </button>
        {key !== null && (
          <button type="button" className={controls.stop} disabled={busy} onClick={() => void change(onRevoke)}>
            End the link
          </button>
        )}
      </div>
      {key !== null && <p>Replacing or ending it sends away the candidate who came in by it.</p>}
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}

/** `22 November 2026 at 14:05`, in the reader’s time zone. */
function momentText(at: number): string {
  return new Date(at).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' })
}
