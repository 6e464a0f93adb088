import { type Interview, type InterviewRun, SCRATCH } from '@sandbox/protocol'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { runByKey, runGroups } from '../../state/interview/panel-runs.ts'
import { momentText } from '../../state/interview/panel-times.ts'
import { type BadgeKind, Glyph, toneOf, wordOf } from '../../ui/badge.tsx'
import styles from './run-strip.module.css'

/** All runs of the interview by exercise. Arrow keys go through them; the one that is shown is marked. */
export function RunStrip(props: {
  interview: Interview
  /** Milliseconds since the interview was made, now. */
  at: number
  /** The id of the run that is shown. */
  shown: string | null
  onShow: (run: string) => void
}) {
  const { interview, at, shown, onShow } = props
  const { runs } = interview
  const list = useRef<HTMLDivElement>(null)
  const newest = runs.at(-1)?.id
  useEffect(() => {
    if (newest !== undefined && list.current) list.current.scrollLeft = list.current.scrollWidth
  }, [newest])
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const next = runByKey(runs, shown, event.key)
    if (next === null) return
    event.preventDefault()
    onShow(next)
    event.currentTarget.querySelector<HTMLElement>(`[data-run="${next}"]`)?.focus()
  }
  const stop = runs.some(({ id }) => id === shown) ? shown : newest
  return (
    <nav className={styles.strip} aria-label="Runs" onKeyDown={press}>
      <div className={styles.groups} ref={list}>
        {runs.length === 0 && <p className={styles.none}>No run yet.</p>}
        {runGroups(runs).map(({ exercise, runs: some }) => (
          <section key={some[0]?.run.id} className={styles.group} aria-label={exercise}>
            <h3>{exercise === SCRATCH ? 'own file' : exercise}</h3>
            {some.map(({ run, number }) => (
              <RunButton
                key={run.id}
                run={run}
                number={number}
                when={run.verdict === null ? secondsText(at - run.at) : momentText(interview, run.at)}
                shown={run.id === shown}
                reached={run.id === stop}
                onShow={onShow}
              />
            ))}
          </section>
        ))}
      </div>
    </nav>
  )
}

function RunButton(props: {
  run: InterviewRun
  number: number
  when: string
  shown: boolean
  /** Tab stops here; arrows go on. */
  reached: boolean
  onShow: (run: string) => void
}) {
  const { run, number, when, shown, reached, onShow } = props
  const kind: BadgeKind = run.verdict ?? 'running'
  return (
    <button
      type="button"
      className={shown ? styles.shown : styles.run}
      data-run={run.id}
      data-testid="strip-run"
      aria-current={shown ? 'true' : undefined}
      tabIndex={reached ? 0 : -1}
      title={run.summary === '' ? undefined : run.summary}
      onClick={() => onShow(run.id)}
    >
      <span className={`${styles.glyph} ${toneOf(kind)}`}>
        <Glyph kind={kind} />
      </span>
      <span>
        <b>{number}</b> {wordOf(kind).toLowerCase()}
        <br />
        <span className={styles.when}>{when}</span>
      </span>
    </button>
  )
}

function secondsText(ms: number): string {
  return `${(Math.max(0, ms) / 1000).toFixed(1)} s`
}
