import { type GuideChoice, type InterviewLinks, PersonName } from '@sandbox/protocol'
import { type FormEvent, useId, useState } from 'react'
import type { InterviewOffice } from '../../state/interview/office.ts'
import controls from '../../ui/controls.module.css'
import styles from './interview-home.module.css'
import { NewLinks } from './new-links.tsx'

/** The protocol’s cap on a title, in characters. */
const MAX_TITLE_CHARS = 120

/** Makes an interview, with a candidate or alone, and hands out its links. */
export function MakeForm(props: { source: InterviewOffice; guides: readonly GuideChoice[]; onMade: () => void }) {
  const { source, guides, onMade } = props
  const [alone, setAlone] = useState(false)
  const [title, setTitle] = useState('Senior Go developer')
  const [name, setName] = useState('')
  const [guide, setGuide] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [links, setLinks] = useState<InterviewLinks | null>(null)
  const chosen = guides.find(({ id }) => id === guide) ?? guides[0]
  const make = async () => {
    setBusy(true)
    try {
      setLinks(
        await source.make({
          title: title.trim(),
          candidate: name.trim(),
          alone,
          ...(chosen && { guide: chosen.guide }),
        }),
      )
      onMade()
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = problemOf(title, name)
    setProblem(found)
    if (found === null) void make()
  }
  return (
    <section className={styles.card} aria-labelledby="make">
      <h2 id="make">New interview</h2>
      {links ? (
        <NewLinks links={links} onAnother={() => setLinks(null)} />
      ) : (
        <form className={styles.form} onSubmit={submit}>
          <WithWhom alone={alone} onAlone={setAlone} />
          <label>
            <span className={styles.caption}>Title</span>
            <input
              className={controls.input}
              maxLength={MAX_TITLE_CHARS}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          </label>
          <label>
            <span className={styles.caption}>{alone ? 'Your name' : 'Candidate’s name'}</span>
            <input
              className={controls.input}
              autoComplete="off"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <GuideSelect guides={guides} chosen={chosen} onChoose={setGuide} />
          {problem !== null && (
            <p className={styles.problem} role="alert">
              {problem}
            </p>
          )}
          <button type="submit" className={controls.primary} disabled={busy}>
            {alone ? 'Start a mock interview' : 'Make the interview'}
          </button>
        </form>
      )}
    </section>
  )
}

function problemOf(title: string, name: string): string | null {
  if (title.trim() === '') return 'The interview needs a title.'
  const parsed = PersonName.safeParse(name)
  if (parsed.success) return null
  return name.trim() === '' ? 'A name is needed.' : 'This name is too long.'
}

function WithWhom({ alone, onAlone }: { alone: boolean; onAlone: (alone: boolean) => void }) {
  const group = useId()
  return (
    <fieldset className={styles.choice}>
      <legend>With whom</legend>
      <label>
        <input type="radio" name={group} checked={!alone} onChange={() => onAlone(false)} />
        <span>
          <b>With a candidate</b> You get two links: one to keep, one to send.
        </span>
      </label>
      <label>
        <input type="radio" name={group} checked={alone} onChange={() => onAlone(true)} />
        <span>
          <b>Alone</b> A mock interview: answer first, then see what was expected, and score yourself.
        </span>
      </label>
    </fieldset>
  )
}

function GuideSelect(props: {
  guides: readonly GuideChoice[]
  chosen: GuideChoice | undefined
  onChoose: (id: string) => void
}) {
  const { guides, chosen, onChoose } = props
  if (!chosen) return null
  const { minutes, parts } = chosen.guide
  const questions = parts.reduce((sum, part) => sum + part.questions.length, 0)
  return (
    <label>
      <span className={styles.caption}>Guide</span>
      <select className={controls.input} value={chosen.id} onChange={(event) => onChoose(event.target.value)}>
        {guides.map(({ id, guide }) => (
          <option key={id} value={id}>
            {guide.title}
          </option>
        ))}
      </select>
      <small>
        {minutes} minutes, {parts.length} parts, {questions} questions. The interview has a copy of its own that you can
        edit.
      </small>
    </label>
  )
}
