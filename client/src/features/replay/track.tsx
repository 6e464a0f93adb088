import { durationWords, stampOf } from '@sandbox/protocol'
import { memo } from 'react'
import type { ReplayTimeline } from '../../state/interview/replay-timeline.ts'
import type { Window } from '../../state/window.ts'
import { Edits, Signs } from './edit-row.tsx'
import { HEIGHT, LABEL_ROOM_PX, LETTER_PX, ROWS, type Row } from './rows.ts'
import { RunMarks } from './run-marks.tsx'
import { type Scale, scaleOf } from './scale.ts'
import styles from './scrubber.module.css'

const SECOND_MS = 1000
const TICK_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600].map((seconds) => seconds * SECOND_MS)
const LEAST_TICK_PX = 72
/** Room for a tick's stamp, without and with seconds. */
const TICK_TEXT_PX = { minutes: 36, seconds: 54 } as const
const MINUTE_MS = 60_000

/** Everything on the scrubber that does not move while time passes. */
export const Track = memo(function Track(props: { timeline: ReplayTimeline; window: Window; width: number }) {
  const { timeline, window, width } = props
  if (width === 0) return null
  const scale = scaleOf(window, width)
  return (
    <>
      <Ticks zero={timeline.zero} scale={scale} />
      {timeline.parts.map((part, index) => (
        <Labelled key={index} span={part} scale={scale} row={ROWS.parts} words={part.title} kind={styles.part} />
      ))}
      {timeline.exercises.map((one, index) => (
        <Labelled
          key={index}
          span={one}
          scale={scale}
          row={ROWS.exercises}
          words={one.exercise}
          kind={styles.exercise}
        />
      ))}
      {timeline.faults.map((fault, index) => (
        <Fault key={index} span={fault} scale={scale} words={`fault ${fault.fault}`} />
      ))}
      {timeline.pauses.map((pause, index) => (
        <Labelled key={index} span={pause} scale={scale} row={ROWS.edits} words="paused" kind={styles.pause} />
      ))}
      {timeline.absences.map((absence, index) => (
        <Labelled key={index} span={absence} scale={scale} row={ROWS.edits} words="away" kind={styles.away} />
      ))}
      <Brackets timeline={timeline} scale={scale} />
      <Edits timeline={timeline} scale={scale} />
      <Signs timeline={timeline} scale={scale} />
      <RunMarks runs={timeline.runs} scale={scale} />
    </>
  )
})

function Ticks({ zero, scale }: { zero: number; scale: Scale }) {
  const { window, width, msPerPx, x } = scale
  const step = TICK_STEPS_MS.find((one) => one >= LEAST_TICK_PX * msPerPx) ?? Math.max(...TICK_STEPS_MS)
  const first = Math.ceil((window.from - zero) / step)
  const count = Math.max(0, Math.floor((window.to - zero) / step) - first + 1)
  const unit = step < MINUTE_MS ? 'seconds' : 'minutes'
  return Array.from({ length: count }, (_, index) => zero + (first + index) * step).map((at) => (
    <g key={at}>
      <line className={styles.tick} x1={x(at)} x2={x(at)} y1={ROWS.ticks.top + ROWS.ticks.height} y2={HEIGHT} />
      {x(at) + TICK_TEXT_PX[unit] < width && (
        <text className={styles.tickText} x={x(at) + 3} y={ROWS.ticks.top + 11}>
          {unit === 'seconds' ? stampOf(at - zero) : stampOf(at - zero).slice(0, -3)}
        </text>
      )}
    </g>
  ))
}

type LabelledProps = { span: Window; scale: Scale; row: Row; words: string; kind: string | undefined }

/** A stretch of time with its words, as far as there is room for them. */
function Labelled({ span, scale, row, words, kind }: LabelledProps) {
  const left = scale.edge(span.from)
  const wide = scale.edge(span.to) - left
  if (wide <= 0) return null
  const letters = Math.floor((wide - LABEL_ROOM_PX) / LETTER_PX)
  return (
    <g className={kind}>
      <title>{words}</title>
      <rect x={left + 0.5} y={row.top + 0.5} width={Math.max(1, wide - 1)} height={row.height - 1} rx={2} />
      <text x={left + 6} y={row.top + row.height - 5}>
        {letters >= words.length ? words : letters >= 4 ? `${words.slice(0, letters - 1)}…` : ''}
      </text>
    </g>
  )
}

/** While something went wrong around the code: a hatched end of its exercise's row. */
function Fault({ span, scale, words }: Pick<LabelledProps, 'span' | 'scale' | 'words'>) {
  if (!scale.has(span.from, span.to)) return null
  const { top, height } = ROWS.exercises
  const left = scale.edge(span.from)
  const wide = scale.edge(span.to) - left
  const hasRoom = wide >= words.length * LETTER_PX + LABEL_ROOM_PX
  return (
    <g className={styles.fault}>
      <title>{words}</title>
      <rect x={left} y={top + 0.5} width={Math.max(2, wide)} height={height - 1} rx={2} />
      {hasRoom && (
        <text x={left + wide - 6} y={top + height - 5} textAnchor="end">
          {words}
        </text>
      )}
    </g>
  )
}

/** From an exercise's first race to the run that passed. */
function Brackets({ timeline, scale }: { timeline: ReplayTimeline; scale: Scale }) {
  const { top, height } = ROWS.brackets
  const bottom = top + height + 2
  return timeline.brackets.map(({ exercise, from, to }) => {
    const end = to ?? timeline.to
    if (!scale.has(from, end)) return null
    const [left, right] = [scale.edge(from), scale.edge(end)]
    const long = to === null ? `${exercise}: race, not fixed` : `${exercise}: race to fix, ${durationWords(to - from)}`
    const short = to === null ? 'not fixed' : durationWords(to - from)
    const words = [long, short].find((one) => one.length * LETTER_PX + LABEL_ROOM_PX <= right - left)
    // A leg stands only where the race, or the fix, is in view.
    const begin = scale.has(from) ? `M${left} ${bottom}V${top}` : `M${left} ${top}`
    const leg = to !== null && scale.has(to) ? `V${bottom}` : ''
    return (
      <g key={exercise} className={styles.bracket}>
        <title>{long}</title>
        <path d={`${begin}H${right}${leg}`} />
        <text x={words ? (left + right) / 2 : right + 4} y={top + 12} textAnchor={words ? 'middle' : 'start'}>
          {words ?? short}
        </text>
      </g>
    )
  })
}
