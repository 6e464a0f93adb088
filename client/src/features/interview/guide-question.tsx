import { type Act, type Guide, type GuideQuestion, type Interview, pointsOf, topicOf } from '@sandbox/protocol'
import type { PartRow, QuestionRow, Stop } from '../../state/interview/panel-guide.ts'
import { nextOf } from '../../state/interview/panel-next.ts'
import { minutesText, rangeText } from '../../state/interview/panel-times.ts'
import controls from '../../ui/controls.module.css'
import { GoBlock } from '../../ui/go-code.tsx'
import { AskedList } from './asked-list.tsx'
import { Areas } from './guide-areas.tsx'
import { GoOn, Suggestion } from './guide-next.tsx'
import type { Hand } from './guide-panel.tsx'
import { Points } from './guide-points.tsx'
import styles from './guide-question.module.css'
import { Words } from './words.tsx'

interface CardProps {
  row: QuestionRow
  rows: readonly PartRow[]
  hand: Hand
  guide: Guide
  interview: Interview
  at: number
  turn: (stop: Stop) => void
  act: (act: Act) => void
}

/** The question that is looked at: what to ask, what to listen for, what to ask next. */
export function QuestionCard(props: CardProps) {
  const { row, rows, hand, guide, interview, at, turn, act } = props
  const { question } = row
  const ticked = interview.ticked[question.id] ?? []
  const asked = interview.asked[question.id] ?? []
  const next = row.standing === 'current' && !hand.hidden ? nextOf(interview, guide, at) : null
  return (
    <section aria-label={question.title} data-testid="question-card">
      <QuestionHead row={row} turn={turn} />
      <p className={styles.ask}>
        <Words text={question.text} />
      </p>
      <Areas question={question} hand={hand} ticked={ticked} asked={asked} act={act} />
      {hand.hidden ? (
        <Gate onReveal={hand.reveal} />
      ) : (
        <Points question={question} area={hand.area} ticked={ticked} act={act} />
      )}
      {next && <Suggestion step={next} question={question.id} act={act} />}
      {!hand.hidden && <FollowUps question={question} ticked={ticked} asked={asked} act={act} />}
      {!hand.hidden && question.code !== undefined && (
        <details className={styles.code}>
          <summary>The shape of a good answer</summary>
          <GoBlock text={question.code} />
        </details>
      )}
      {row.standing === 'current' && <GoOn row={row} rows={rows} next={next} turn={turn} />}
    </section>
  )
}

function QuestionHead({ row, turn }: Pick<CardProps, 'row' | 'turn'>) {
  const { question, part, spentMs, standing } = row
  return (
    <header className={styles.cardHead}>
      {question.seed !== 'alternative' && <span className={controls.chip}>{question.seed}</span>}
      <h3>{question.title}</h3>
      {spentMs > 0 || standing === 'current' ? (
        <span className={styles.time}>
          <b>{minutesText(spentMs)}</b> of {rangeText(question.minutes)}
        </span>
      ) : (
        <span className={styles.time}>{rangeText(question.minutes)} min</span>
      )}
      {standing !== 'current' && (
        <button type="button" className={styles.turn} onClick={() => turn({ part, question: question.id })}>
          Turn to this question <kbd>Enter</kbd>
        </button>
      )}
    </header>
  )
}

/** Who practises alone answers first, and sees what was expected then. */
function Gate({ onReveal }: { onReveal: () => void }) {
  return (
    <div className={styles.gate}>
      <p>Answer aloud, in a note or in the editor. Then see what a senior answer has in it, and tick what yours had.</p>
      <button type="button" className={controls.button} onClick={onReveal}>
        I have answered
      </button>
    </div>
  )
}

function FollowUps(props: {
  question: GuideQuestion
  ticked: readonly string[]
  asked: readonly string[]
  act: (act: Act) => void
}) {
  const { question, ticked, asked, act } = props
  if (question.followUps.length === 0) return null
  const list = question.followUps.map((one) => ({ ...one, early: tooEarly(question, one.after, ticked) }))
  return (
    <>
      <h4 className={styles.label}>Follow-ups</h4>
      <AskedList question={question.id} list={list} asked={asked} act={act} />
    </>
  )
}

/** Names the points that should have been said before a follow-up is asked, by what stands before their colon. */
function tooEarly(question: GuideQuestion, after: readonly string[], ticked: readonly string[]): string | undefined {
  const missing = pointsOf(question).filter(({ id }) => after.includes(id) && !ticked.includes(id))
  if (missing.length === 0) return undefined
  return `Once this was said: ${missing.map(topicOf).join(', ')}`
}

/** A part that is looked at as a whole, or that has no questions. */
export function PartCard({ row, turn }: { row: PartRow | null; turn: (stop: Stop) => void }) {
  if (!row) return null
  return (
    <section aria-label={row.part.title}>
      <p className={styles.ask}>{row.part.objective}</p>
      {!row.current && (
        <button type="button" className={styles.turn} onClick={() => turn({ part: row.part.id, question: null })}>
          Turn to part {row.number} <kbd>Enter</kbd>
        </button>
      )}
    </section>
  )
}
