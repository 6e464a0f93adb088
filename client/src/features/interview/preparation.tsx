import type { Act, Guide } from '@sandbox/protocol'
import styles from './guide-panel.module.css'

/** What to do before the interview begins, and what to know of the guide. */
export function Preparation(props: { guide: Guide; prepared: readonly string[]; act: (act: Act) => void }) {
  const { guide, prepared, act } = props
  return (
    <section className={styles.preparation} aria-label="Before the start">
      <h3>Before the start</h3>
      <ul>
        {guide.preparation.map(({ id, text }) => (
          <li key={id}>
            <label>
              <input
                type="checkbox"
                data-testid="prepared"
                checked={prepared.includes(id)}
                onChange={(event) => act({ type: 'prepared', item: id, on: event.target.checked })}
              />
              <span>{text}</span>
            </label>
          </li>
        ))}
      </ul>
      <RemarkList guide={guide} />
    </section>
  )
}

/** How one who practises alone goes about it. */
export function AloneSteps() {
  return (
    <section className={styles.preparation} aria-label="Before the start">
      <h3>How to practise alone</h3>
      <ol className={styles.steps}>
        <li>Start the clock, and turn to the first question.</li>
        <li>Answer aloud as to a stranger, in a note, or in code with the exercise under the question.</li>
        <li>Press “I have answered”. Now you see what a senior answer has in it: tick what yours had, honestly.</li>
        <li>Go on to the next question when the time of this one is over. At the end, score yourself on the right.</li>
      </ol>
    </section>
  )
}

/** How time and points were settled: in full before the start, folded away after it. */
export function Remarks({ guide }: { guide: Guide }) {
  if (guide.remarks.length === 0) return null
  return (
    <details className={styles.remarks}>
      <summary>About this guide</summary>
      <RemarkList guide={guide} />
    </details>
  )
}

function RemarkList({ guide }: { guide: Guide }) {
  return guide.remarks.map((remark) => (
    <p key={remark} className={styles.remark}>
      {remark}
    </p>
  ))
}
