import { type Act, labelOf, type NextStep } from '@sandbox/protocol'
import { neighbour, type PartRow, type QuestionRow, rowOf, type Stop } from '../../state/interview/panel-guide.ts'
import styles from './guide-question.module.css'
import { Words } from './words.tsx'

/** What to do next about the current question and why, with the words to say it. */
export function Suggestion({ step, question, act }: { step: NextStep; question: string; act: (act: Act) => void }) {
  const asked = askedBy(step)
  const ask = step.type === 'probe' || step.type === 'area' || step.type === 'follow-up' ? step.ask : null
  return (
    <div className={styles.next} data-testid="next">
      <p>
        <b>Next:</b> <Words text={step.why} />
        {ask === null ? '.' : ':'}
      </p>
      {ask !== null && (
        <p className={styles.say}>
          “<Words text={ask} />”
        </p>
      )}
      {asked !== null && (
        <button
          type="button"
          className={styles.did}
          onClick={() => act({ type: 'asked', question, followUp: asked, on: true })}
        >
          I have asked it
        </button>
      )}
    </div>
  )
}

/** The id under which it is noted that a suggestion was followed. */
function askedBy(step: NextStep): string | null {
  if (step.type === 'probe') return step.point
  return step.type === 'area' || step.type === 'follow-up' ? step.id : null
}

/** The way on: where the suggestion goes, or else to what follows in the guide. */
export function GoOn(props: {
  row: QuestionRow
  rows: readonly PartRow[]
  next: NextStep | null
  turn: (stop: Stop) => void
}) {
  const { row, rows, next, turn } = props
  const here = { part: row.part, question: row.question.id }
  const stop = (next && stopOf(next)) ?? neighbour(rows, here, 1)
  if (!stop || (stop.part === here.part && stop.question === here.question)) return null
  return (
    <button type="button" className={styles.goOn} onClick={() => turn(stop)}>
      Go on to {nameOf(rows, stop)}
    </button>
  )
}

function stopOf(step: NextStep): Stop | null {
  if (step.type === 'question') return { part: step.part, question: step.question }
  return step.type === 'part' ? { part: step.part, question: null } : null
}

function nameOf(rows: readonly PartRow[], { part, question }: Stop): string {
  const found = rowOf(rows, question)?.question
  if (!found) return rows.find((one) => one.part.id === part)?.part.title ?? part
  return labelOf(found) === found.title ? found.title : `${labelOf(found)} ${found.title}`
}
