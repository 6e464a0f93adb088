import { MAX_EXPORT_BYTES } from '@sandbox/protocol'
import { useState } from 'react'
import { type Imported, type InterviewOffice, interviewPath, replayPath } from '../../state/interview/office.ts'
import styles from './interview-home.module.css'

const TOO_LARGE = `It has more than ${MAX_EXPORT_BYTES / 1024 / 1024} MiB.`

/** Makes an interview of a file that was exported. What is wrong with it is said with its place. */
export function ImportForm({ source, onMade }: { source: InterviewOffice; onMade: () => void }) {
  const [outcome, setOutcome] = useState<Imported | 'busy' | null>(null)
  const bring = async (file: File) => {
    // What is too large is not even read: a page that reads a gigabyte ends.
    if (file.size > MAX_EXPORT_BYTES) return setOutcome({ type: 'refused', problems: [TOO_LARGE] })
    setOutcome('busy')
    try {
      const made = await source.bring(await file.text())
      setOutcome(made)
      if (made.type === 'made') onMade()
    } catch (error) {
      setOutcome({ type: 'refused', problems: [error instanceof Error ? error.message : String(error)] })
    }
  }
  return (
    <section className={styles.card} aria-labelledby="import">
      <h2 id="import">Import</h2>
      <label className={styles.file}>
        <span className={styles.caption}>An interview that was exported, here or elsewhere (.json)</span>
        <input
          type="file"
          accept=".json,application/json"
          disabled={outcome === 'busy'}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            if (file) void bring(file)
            event.target.value = ''
          }}
        />
      </label>
      <div role="status">{outcome !== null && <Outcome outcome={outcome} />}</div>
    </section>
  )
}

function Outcome({ outcome }: { outcome: Imported | 'busy' }) {
  if (outcome === 'busy') return <p className={styles.facts}>The file is read…</p>
  if (outcome.type === 'made')
    return (
      <p className={styles.row}>
        It is in your list.
        <a href={replayPath(outcome.key)}>Replay</a>
        <a href={interviewPath(outcome.key)}>Open</a>
      </p>
    )
  return (
    <div className={styles.problem} role="alert">
      <p>The file was not imported:</p>
      <ul>
        {outcome.problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  )
}
