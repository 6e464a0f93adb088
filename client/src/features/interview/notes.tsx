import { type Act, type Interview, MAX_NOTE_CHARS, type MemberId, type Note } from '@sandbox/protocol'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { momentText } from '../../state/interview/panel-times.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './notes.module.css'
import { useFreshId } from './use-fresh-id.ts'
import { Words } from './words.tsx'

/** Private notes, each with the moment at which it was written, and the field for the next. Candidates never get them. */
export function Notes(props: {
  interview: Interview
  me: MemberId
  at: number
  act: (act: Act) => void
  field: RefObject<HTMLTextAreaElement | null>
}) {
  const { interview, me, at, act, field } = props
  const { notes, alone } = interview
  const [text, setText] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const newest = notes.at(-1)?.id
  useEffect(() => {
    if (newest !== undefined && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [newest])
  const fresh = useFreshId(me)
  const keep = () => {
    if (text.trim() === '') return
    act({ type: 'noted', note: fresh(notes.map(({ id }) => id)), text: text.trim() })
    setText('')
  }
  return (
    <section className={styles.notes} aria-label={alone ? 'Notes' : 'Private notes'}>
      <ul ref={list} className={styles.list} data-testid="notes">
        {notes.map((note) => (
          <li key={note.id}>
            <time
              title={note.changedAt === note.at ? undefined : `changed at ${momentText(interview, note.changedAt)}`}
            >
              {momentText(interview, note.at)}
            </time>
            {note.by === me ? <OwnNote note={note} act={act} /> : <OthersNote note={note} interview={interview} />}
          </li>
        ))}
      </ul>
      <label>
        <span className={controls.hidden}>{alone ? 'New note' : 'New private note'}</span>
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          placeholder={noteLabel(interview, at)}
          aria-keyshortcuts="N"
          data-testid="note-field"
          maxLength={MAX_NOTE_CHARS}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => keys(event, keep, () => field.current?.blur())}
        />
      </label>
      <p className={styles.legend} title="Keys, while the guide has the focus and nothing is being typed">
        <kbd>↑</kbd> <kbd>↓</kbd> look <kbd>Enter</kbd> turn <kbd>1</kbd>–<kbd>9</kbd> tick <kbd>N</kbd> note
      </p>
    </section>
  )
}

function noteLabel(interview: Interview, at: number): string {
  return interview.clock.startedAt === null ? 'Note before the start' : `Note at ${momentText(interview, at)}`
}

function OthersNote({ note, interview }: { note: Note; interview: Interview }) {
  const author = interview.members.find(({ id }) => id === note.by)
  return (
    <span>
      <Words text={note.text} /> <span className={styles.author}>{author?.name}</span>
    </span>
  )
}

/** A note of one's own can be put right; emptied, it is gone. */
function OwnNote({ note, act }: { note: Note; act: (act: Act) => void }) {
  const [text, setText] = useState<string | null>(null)
  const keep = () => {
    if (text !== null && text.trim() !== note.text) act({ type: 'noted', note: note.id, text: text.trim() })
    setText(null)
  }
  if (text !== null)
    return (
      <textarea
        className={styles.field}
        rows={2}
        ref={focused}
        aria-label="Change this note; emptied, it is gone"
        maxLength={MAX_NOTE_CHARS}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => keys(event, keep, () => setText(null))}
        onBlur={keep}
      />
    )
  return (
    <span>
      <Words text={note.text} />{' '}
      <button
        type="button"
        className={styles.change}
        aria-label="Change this note"
        title="Change this note"
        onClick={() => setText(note.text)}
      >
        <Icon name="edit" />
      </button>
    </span>
  )
}

function focused(field: HTMLTextAreaElement | null): void {
  field?.focus()
}

/** Enter keeps, Shift Enter begins a line, Escape leaves. */
function keys(event: KeyboardEvent, keep: () => void, leave: () => void): void {
  if (event.key === 'Escape') leave()
  if (event.key !== 'Enter' || event.shiftKey) return
  event.preventDefault()
  keep()
}
