import type { OwnInterview } from '@sandbox/protocol'
import { useState } from 'react'
import {
  exportPath,
  type InterviewOffice,
  interviewPath,
  replayPath,
  reportPath,
} from '../../state/interview/office.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import controls from '../../ui/controls.module.css'
import styles from './interview-home.module.css'

/** This person’s interviews, the newest first: to go in, to look back at, to keep, to delete. */
export function OwnInterviews(props: {
  list: readonly OwnInterview[]
  source: InterviewOffice
  onChanged: () => void
}) {
  const { list, source, onChanged } = props
  const [doomed, setDoomed] = useState<OwnInterview | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const remove = ({ key }: OwnInterview) =>
    source.remove(key).then(
      () => {
        setProblem(null)
        onChanged()
      },
      (error: Error) => setProblem(error.message),
    )
  if (list.length === 0) return <p className={styles.none}>None yet. Those that you make or import are listed here.</p>
  return (
    <>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <ul className={styles.list}>
        {list
          .toSorted((a, b) => b.madeAt - a.madeAt)
          .map((one) => (
            <Item key={one.key} interview={one} onDelete={() => setDoomed(one)} />
          ))}
      </ul>
      {doomed && (
        <ConfirmDialog
          title={`Delete the interview with ${doomed.candidate}?`}
          action="Delete"
          onConfirm={() => void remove(doomed)}
          onClose={() => setDoomed(null)}
        >
          Code, runs, notes and scores are gone for everybody, and both links open nothing any more. Export it first if
          you want to keep it.
        </ConfirmDialog>
      )}
    </>
  )
}

function Item({ interview, onDelete }: { interview: OwnInterview; onDelete: () => void }) {
  const { key, title, candidate, alone, madeAt, finishedAt, deletesAt } = interview
  return (
    <li data-testid="own-interview">
      <p>
        <b>{candidate}</b> {title}
        {alone && <span className={controls.chip}>alone</span>}
        <span className={controls.chip}>{finishedAt === null ? 'not finished' : 'finished'}</span>
      </p>
      <p className={styles.facts}>
        Made on {dayText(madeAt)}. It will be deleted on {dayText(deletesAt)}.
      </p>
      <p className={styles.row}>
        <a href={interviewPath(key)}>Open</a>
        <a href={replayPath(key)}>Replay</a>
        <a href={reportPath(key)}>Report</a>
        <a href={exportPath(key)} download>
          Export
        </a>
        <button
          type="button"
          className={controls.link}
          aria-label={`Delete the interview with ${candidate}`}
          onClick={onDelete}
        >
          Delete
        </button>
      </p>
    </li>
  )
}

/** `22 November 2026`. */
function dayText(at: number): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}
