import { MAX_NAME_CHARS, PersonName } from '@sandbox/protocol'
import { type FormEvent, useEffect, useState } from 'react'
import type { Door, InterviewDesk } from '../../state/interview/interview-desk.ts'
import { listOf } from '../../state/interview/people.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Logo } from '../../ui/icon.tsx'
import { ConnectionChip } from '../page/connection-chip.tsx'
import { ThemeChoice } from '../page/theme-choice.tsx'
import styles from './door-page.module.css'

/** Before the interview: who one is, and that one is expected. */
export function DoorPage({ desk, onReconnect }: { desk: InterviewDesk; onReconnect: () => void }) {
  const door = useStore(desk.door)
  const { connection } = useStore(desk.session)
  useEffect(() => {
    document.title = door ? `${door.title} · Go Practice` : 'Interview · Go Practice'
  }, [door])
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Logo />
        <span>Go Practice</span>
        <span className={styles.grow} />
        {connection.type !== 'refused' && <ConnectionChip desk={desk} onReconnect={onReconnect} />}
        <ThemeChoice desk={desk} />
      </header>
      <main className={styles.card}>
        {connection.type === 'refused' ? (
          <Refused reason={connection.reason} onReconnect={onReconnect} />
        ) : (
          <AtTheDoor desk={desk} door={door} />
        )}
      </main>
    </div>
  )
}

function Refused({ reason, onReconnect }: { reason: string; onReconnect: () => void }) {
  return (
    <section data-testid="refused">
      <h1>You are not in this interview</h1>
      <p>{reason} Ask who invited you for a new link.</p>
      <button type="button" className={controls.button} onClick={onReconnect}>
        Try again
      </button>
    </section>
  )
}

function AtTheDoor({ desk, door }: { desk: InterviewDesk; door: Door | null }) {
  if (!door) return <p aria-live="polite">Opening the interview…</p>
  return (
    <>
      <h1>{door.title}</h1>
      {door.name === null ? <NameForm desk={desk} door={door} /> : <WaitingRoom name={door.name} door={door} />}
    </>
  )
}

function NameForm({ desk, door }: { desk: InterviewDesk; door: Door }) {
  const [name, setName] = useState('')
  const parsed = PersonName.safeParse(name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (parsed.success) desk.enter(parsed.data)
  }
  return (
    <form onSubmit={submit} className={styles.form}>
      <p>
        {door.role === 'candidate'
          ? 'Say what you are called; then you wait for a moment until you are let in.'
          : 'Say what you are called. The candidate and the other interviewers see it.'}
      </p>
      <label htmlFor="name">Your name</label>
      <div className={styles.row}>
        <input
          id="name"
          className={controls.input}
          value={name}
          maxLength={MAX_NAME_CHARS}
          autoComplete="name"
          data-testid="door-name"
          onChange={(event) => setName(event.target.value)}
        />
        <button type="submit" className={controls.primary} disabled={!parsed.success} data-testid="enter">
          {door.role === 'candidate' ? 'Ask to come in' : 'Come in'}
        </button>
      </div>
      <Hosts names={door.interviewers} />
    </form>
  )
}

function WaitingRoom({ name, door }: { name: string; door: Door }) {
  return (
    <section aria-live="polite" data-testid="waiting-room">
      <p className={styles.lead}>Welcome, {name}. You will be let in soon.</p>
      <p>
        This page opens the interview by itself; there is nothing that you have to do. You will read an exercise, edit
        Go code together and run it. Edits, runs and cursors are kept so that the interview can be looked at again.
      </p>
      <Hosts names={door.interviewers} />
    </section>
  )
}

function Hosts({ names }: { names: readonly string[] }) {
  const words =
    names.length === 0
      ? 'None of the interviewers is here yet.'
      : `${listOf(names)} ${names.length === 1 ? 'is' : 'are'} here.`
  return <p className={styles.hosts}>{words}</p>
}
