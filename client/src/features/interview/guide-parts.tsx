import type { ReactNode } from 'react'
import { firstStop, type PartRow, type QuestionRow, type Stop } from '../../state/interview/panel-guide.ts'
import { minutesText, rangeText } from '../../state/interview/panel-times.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './guide-panel.module.css'
import { stopId } from './use-looked.ts'

/** The parts in order; the one that is looked at shows its questions, and under them `children`. */
export function PartList(props: {
  rows: readonly PartRow[]
  stop: Stop | null
  onShow: (stop: Stop) => void
  children: ReactNode
}) {
  const { rows, stop, onShow, children } = props
  return (
    <ol>
      {rows.map((row) => (
        <li key={row.part.id} className={row.current ? styles.currentPart : styles.part}>
          <PartHead row={row} stop={stop} onShow={onShow} />
          {row.part.id === stop?.part && (
            <>
              <Questions row={row} stop={stop} onShow={onShow} />
              <div className={styles.card}>{children}</div>
            </>
          )}
        </li>
      ))}
    </ol>
  )
}

function PartHead({ row, stop, onShow }: { row: PartRow; stop: Stop | null; onShow: (stop: Stop) => void }) {
  const { part, number, current, spentMs, minutes } = row
  const own = { part: part.id, question: null }
  const open = stop?.part === part.id
  return (
    <button
      type="button"
      id={stopId(own)}
      className={styles.partHead}
      data-stop
      aria-expanded={open}
      aria-current={current ? 'step' : undefined}
      title={part.objective}
      onClick={() => onShow(open ? own : firstStop(row))}
    >
      <span className={styles.number}>{number}</span>
      <span className={styles.partTitle}>{part.title}</span>
      {spentMs > 0 || current ? (
        <span className={styles.time}>
          <b className={spentMs > minutes * 60_000 ? styles.over : undefined}>{minutesText(spentMs)}</b> of {minutes}
        </span>
      ) : (
        <span className={styles.time}>{minutes} min</span>
      )}
    </button>
  )
}

function Questions({ row, stop, onShow }: { row: PartRow; stop: Stop | null; onShow: (stop: Stop) => void }) {
  const { questions, alternatives } = row
  const list = (some: readonly QuestionRow[]) => (
    <ul className={styles.questions}>
      {some.map((one) => (
        <li key={one.question.id}>
          <QuestionButton row={one} looked={one.question.id === stop?.question} onShow={onShow} />
        </li>
      ))}
    </ul>
  )
  const chosen = alternatives.some(({ question, standing }) => standing !== 'open' || question.id === stop?.question)
  return (
    <>
      {questions.length > 0 && list(questions)}
      {alternatives.length > 0 && (
        <details className={styles.alternatives} open={chosen || undefined}>
          <summary>
            {alternatives.length} {alternatives.length === 1 ? 'alternative' : 'alternatives'}
          </summary>
          {list(alternatives)}
        </details>
      )}
    </>
  )
}

const STANDINGS = { asked: 'asked', current: 'current', open: '' } as const

function QuestionButton(props: { row: QuestionRow; looked: boolean; onShow: (stop: Stop) => void }) {
  const { row, looked, onShow } = props
  const { question, standing, spentMs, part } = row
  const own = { part, question: question.id }
  return (
    <button
      type="button"
      id={stopId(own)}
      data-stop
      data-testid="guide-question"
      data-standing={standing}
      className={looked ? styles.looked : styles.question}
      aria-pressed={looked}
      aria-current={standing === 'current' ? 'step' : undefined}
      onClick={() => onShow(own)}
    >
      <span className={styles.glyph}>
        {standing === 'asked' && <Icon name="passed" />}
        {standing === 'current' && <Icon name="right" />}
        <span className={controls.hidden}>{STANDINGS[standing]}</span>
      </span>
      <span>
        {question.seed !== 'alternative' && `${question.seed} `}
        {question.title}
      </span>
      <span className={styles.time}>{spentMs > 0 ? minutesText(spentMs) : rangeText(question.minutes)}</span>
    </button>
  )
}
