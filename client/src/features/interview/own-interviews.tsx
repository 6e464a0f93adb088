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
import { LinkField } from './copy-field.tsx'
import styles from './interview-home.module.css'

type Question = { type: 'delete' | 'replace'; interview: OwnInterview }
type NewLink = { key: string; candidate: string }

/** This person’s interviews, the newest first: to go in, to look back at, to keep, to give another link, to delete. */
export function OwnInterviews(props: {
  list: readonly OwnInterview[]
  source: InterviewOffice
  onChanged: () => void
}) {
  const { list, source, onChanged } = props
  const [question, setQuestion] = useState<Question | null>(null)
  const [newLink, setNewLink] = useState<NewLink | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const change = (what: Promise<NewLink | null>) =>
    what.then(
      (link) => {
        setProblem(null)
        setNewLink(link)
        onChanged()
      },
      (error: Error) => setProblem(error.message),
    )
  const answer = ({ type, interview: { key, candidate } }: Question) =>
    change(
      type === 'delete'
        ? source.remove(key).then(() => null)
        : source.replaceInterviewerLink(key).then((next) => ({ key: next, candidate })),
    )
  if (list.length === 0) return <p className={styles.none}>None yet. Those that you make or import are listed here.</p>
  return (
    <>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {newLink && (
        <div className={styles.links} role="status">
          <h3>The new link of the interview with {newLink.candidate}</h3>
          <LinkField label="The interviewers’ link" linkKey={newLink.key} />
          <p>Give it to who interviews with you. The one before opens nothing any more.</p>
        </div>
      )}
      <ul className={styles.list}>
        {list
          .toSorted((a, b) => b.madeAt - a.madeAt)
          .map((one) => (
            <Item key={one.key} interview={one} onAsk={(type) => setQuestion({ type, interview: one })} />
          ))}
      </ul>
      {question && <Asked {...question} onConfirm={() => void answer(question)} onClose={() => setQuestion(null)} />}
    </>
  )
}

function Asked({ type, interview, ...rest }: Question & { onConfirm: () => void; onClose: () => void }) {
  if (type === 'delete')
    return (
      <ConfirmDialog title={`Delete the interview with ${interview.candidate}?`} action="Delete" {...rest}>
        Code, runs, notes and scores are gone for everybody, and{' '}
        {interview.alone ? 'its link opens' : 'both links open'} nothing any more. Export it first if you want to keep
        it.
      </ConfirmDialog>
    )
  return (
    <ConfirmDialog
      title={`Replace the interviewers’ link of the interview with ${interview.candidate}?`}
      action="Replace"
      {...rest}
    >
      Whoever has the old one is sent away, and it opens nothing any more. The candidate’s link stays as it is.
    </ConfirmDialog>
  )
}

function Item({ interview, onAsk }: { interview: OwnInterview; onAsk: (type: Question['type']) => void }) {
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
          aria-label={`Replace the interviewers’ link: ${candidate}`}
          onClick={() => onAsk('replace')}
        >
          Replace the interviewers’ link
        </button>
        <button
          type="button"
          className={controls.link}
          aria-label={`Delete the interview with ${candidate}`}
          onClick={() => onAsk('delete')}
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
