import type { Act, ExpectedPoint, GuideQuestion } from '@sandbox/protocol'
import { useState } from 'react'
import { keyedPoints } from '../../state/interview/panel-guide.ts'
import styles from './guide-question.module.css'
import { Words } from './words.tsx'

/** The points of a question and of its open area, to be ticked when the candidate has said them. */
export function Points(props: {
  question: GuideQuestion
  area: string | null
  ticked: readonly string[]
  act: (act: Act) => void
}) {
  const { question, area, ticked, act } = props
  const [open, setOpen] = useState<string | null>(null)
  const points = keyedPoints(question, area)
  if (points.length === 0) return null
  const said = points.filter(({ point }) => ticked.includes(point.id)).length
  return (
    <>
      <h4 className={styles.label}>
        Expected points
        <span data-testid="said">
          {said} of {points.length}
        </span>
      </h4>
      <ul className={styles.checks}>
        {points.map(({ point, key }) => (
          <li key={point.id}>
            <PointBox question={question.id} point={point} numberKey={key} on={ticked.includes(point.id)} act={act} />
            <More point={point} open={open === point.id} onOpen={(on) => setOpen(on ? point.id : null)} />
          </li>
        ))}
      </ul>
    </>
  )
}

function PointBox(props: {
  question: string
  point: ExpectedPoint
  numberKey: string | null
  on: boolean
  act: (act: Act) => void
}) {
  const { question, point, numberKey, on, act } = props
  return (
    <label>
      <input
        type="checkbox"
        checked={on}
        data-testid="point"
        aria-keyshortcuts={numberKey ?? undefined}
        onChange={(event) => act({ type: 'ticked', question, point: point.id, on: event.target.checked })}
      />
      <span className={styles.key} aria-hidden="true">
        {numberKey}
      </span>
      <span>
        <Words text={point.text} />
      </span>
    </label>
  )
}

/** What to ask where a point was not said, and what a really senior answer has in it. */
function More({ point, open, onOpen }: { point: ExpectedPoint; open: boolean; onOpen: (open: boolean) => void }) {
  const { probe, detail, text } = point
  if (probe === undefined && detail === undefined) return null
  return (
    <>
      <button
        type="button"
        className={styles.more}
        aria-expanded={open}
        aria-label={`What to ask about: ${text}`}
        title="What to ask, and what a senior answer has in it"
        onClick={() => onOpen(!open)}
      >
        ?
      </button>
      {open && (
        <div className={styles.aside}>
          {probe !== undefined && (
            <p>
              <b>Ask:</b> <Words text={probe} />
            </p>
          )}
          {detail !== undefined && (
            <p>
              <b>Listen for:</b> <Words text={detail} />
            </p>
          )}
        </div>
      )}
    </>
  )
}
