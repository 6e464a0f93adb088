import type { GuideChoice, OwnInterview } from '@sandbox/protocol'
import { useCallback, useEffect, useState } from 'react'
import type { InterviewOffice } from '../../state/interview/office.ts'
import controls from '../../ui/controls.module.css'
import { Logo } from '../../ui/icon.tsx'
import { ImportForm } from './import-form.tsx'
import styles from './interview-home.module.css'
import { MakeForm } from './make-form.tsx'
import { OwnInterviews } from './own-interviews.tsx'

/** Where interviews begin and where they are found again. */
export function InterviewHome({ source }: { source: InterviewOffice }) {
  const mine = useLoaded<OwnInterview[]>(useCallback(() => source.mine(), [source]))
  const guides = useLoaded<GuideChoice[]>(useCallback(() => source.guides(), [source]))
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <a className={styles.mark} href="/">
          <Logo />
          Go Practice
        </a>
        <h1>Interviews</h1>
      </header>
      <main className={styles.main}>
        <div className={styles.column}>
          <MakeForm source={source} guides={guides.value ?? []} onMade={mine.reload} />
          <ImportForm source={source} onMade={mine.reload} />
        </div>
        <section className={styles.card} aria-labelledby="mine">
          <h2 id="mine">My interviews</h2>
          {mine.problem !== null && <Trouble problem={mine.problem} onAgain={mine.reload} />}
          {guides.problem !== null && <Trouble problem={guides.problem} onAgain={guides.reload} />}
          {mine.value && <OwnInterviews list={mine.value} source={source} onChanged={mine.reload} />}
        </section>
      </main>
    </div>
  )
}

function Trouble({ problem, onAgain }: { problem: string; onAgain: () => void }) {
  return (
    <p className={styles.problem} role="alert">
      {problem}{' '}
      <button type="button" className={controls.link} onClick={onAgain}>
        Try again
      </button>
    </p>
  )
}

interface Loaded<T> {
  /** The last that came; null before the first. */
  value: T | null
  problem: string | null
  reload: () => void
}

function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  useEffect(() => {
    let current = true
    void round
    load().then(
      (loaded) => {
        if (!current) return
        setValue(loaded)
        setProblem(null)
      },
      (error: Error) => current && setProblem(error.message),
    )
    return () => {
      current = false
    }
  }, [load, round])
  return { value, problem, reload: () => setRound((before) => before + 1) }
}
