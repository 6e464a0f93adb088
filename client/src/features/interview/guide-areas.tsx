import type { Act, GuideQuestion } from '@sandbox/protocol'
import { rangeText } from '../../state/interview/panel-times.ts'
import { AskedList } from './asked-list.tsx'
import type { Hand } from './guide-panel.tsx'
import styles from './guide-question.module.css'

/** The areas of a long question: one is open, with the questions that lead through it. */
export function Areas(props: {
  question: GuideQuestion
  hand: Hand
  ticked: readonly string[]
  asked: readonly string[]
  act: (act: Act) => void
}) {
  const { question, hand, ticked, asked, act } = props
  const { areas } = question
  const open = areas.find(({ id }) => id === hand.area)
  if (!open) return null
  // What to listen for says what was expected.
  const list = hand.hidden ? open.asked.map(({ id, text }) => ({ id, text })) : open.asked
  return (
    <>
      <h4 className={styles.label}>Areas</h4>
      <div className={styles.areas}>
        {areas.map(({ id, title, minutes, points }) => (
          <button key={id} type="button" aria-pressed={id === open.id} onClick={() => hand.chooseArea(id)}>
            <span>{title}</span>
            <small>
              {points.length > 0 && !hand.hidden && `${countOf(points, ticked)} of ${points.length} · `}
              {minutes === null ? 'if there is time' : `${rangeText(minutes)} min`}
            </small>
          </button>
        ))}
      </div>
      <h4 className={styles.label}>Questions on {open.title.toLowerCase()}</h4>
      <AskedList question={question.id} list={list} asked={asked} act={act} />
    </>
  )
}

function countOf(points: readonly { id: string }[], ticked: readonly string[]): number {
  return points.filter(({ id }) => ticked.includes(id)).length
}
