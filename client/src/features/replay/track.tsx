import { durationWords, stampOf } from '@sandbox/protocol'
import { memo } from 'react'
import { BUCKET_MS, type ReplayTimeline, type Span, type TimedRun } from '../../state/interview/replay-timeline.ts'
import { type BadgeKind, iconOf, toneOf, wordOf } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import styles from './scrubber.module.css'

/** Rows from top to bottom, in pixels. Above them is room for the playhead's flag. */
const ROWS = {
  ticks: { top: 20, height: 14 },
  parts: { top: 38, height: 18 },
  exercises: { top: 58, height: 16 },
  brackets: { top: 78, height: 16 },
  runs: { top: 96, height: 22 },
  edits: { top: 122, height: 32 },
}
export const HEIGHT = ROWS.edits.top + ROWS.edits.height
const TICK_STEPS_MIN = [1, 2, 5, 10, 15, 30, 60]
const LEAST_TICK_PX = 72
const TICK_TEXT_PX = 36
const MINUTE_MS = 60_000
/** A letter of a label is about this wide, in pixels; a label that does not fit is left out. */
const LETTER_PX = 6.2
const LABEL_ROOM_PX = 12

type Scale = (at: number) => number

/** Everything on the scrubber that does not move. */
export const Track = memo(function Track({ timeline, width }: { timeline: ReplayTimeline; width: number }) {
  if (width === 0) return null
  const { from, to } = timeline
  const x: Scale = (at) => ((Math.min(to, Math.max(from, at)) - from) / (to - from)) * width
  return (
    <>
      <Ticks timeline={timeline} x={x} width={width} />
      {timeline.parts.map((part, index) => (
        <Labelled key={index} span={part} x={x} row={ROWS.parts} words={part.title} kind={styles.part} />
      ))}
      {timeline.exercises.map((one, index) => (
        <Labelled key={index} span={one} x={x} row={ROWS.exercises} words={one.exercise} kind={styles.exercise} />
      ))}
      {timeline.pauses.map((pause, index) => (
        <Labelled key={index} span={pause} x={x} row={ROWS.edits} words="paused" kind={styles.pause} />
      ))}
      {timeline.absences.map((absence, index) => (
        <Labelled key={index} span={absence} x={x} row={ROWS.edits} words="away" kind={styles.away} />
      ))}
      <Brackets timeline={timeline} x={x} />
      <Edits timeline={timeline} x={x} />
      <Small timeline={timeline} x={x} />
      {timeline.runs.map((run) => (
        <RunMark key={run.id} run={run} x={x(run.at)} width={width} />
      ))}
    </>
  )
})

function Ticks({ timeline, x, width }: { timeline: ReplayTimeline; x: Scale; width: number }) {
  const { from, to, zero } = timeline
  const perMinute = (width * MINUTE_MS) / (to - from)
  const step = (TICK_STEPS_MIN.find((one) => one * perMinute >= LEAST_TICK_PX) ?? 60) * MINUTE_MS
  const first = Math.ceil((from - zero) / step)
  const count = Math.max(0, Math.floor((to - zero) / step) - first + 1)
  return Array.from({ length: count }, (_, index) => zero + (first + index) * step).map((at) => (
    <g key={at}>
      <line className={styles.tick} x1={x(at)} x2={x(at)} y1={ROWS.ticks.top + ROWS.ticks.height} y2={HEIGHT} />
      {x(at) + TICK_TEXT_PX < width && (
        <text className={styles.tickText} x={x(at) + 3} y={ROWS.ticks.top + 11}>
          {stampOf(at - zero).slice(0, -3)}
        </text>
      )}
    </g>
  ))
}

type Row = { top: number; height: number }
type LabelledProps = { span: Span; x: Scale; row: Row; words: string; kind: string | undefined }

/** A stretch of time with its words, as far as there is room for them. */
function Labelled({ span, x, row, words, kind }: LabelledProps) {
  const left = x(span.from)
  const wide = x(span.to) - left
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

/** From an exercise's first race to the run that passed. */
function Brackets({ timeline, x }: { timeline: ReplayTimeline; x: Scale }) {
  const { top, height } = ROWS.brackets
  return timeline.brackets.map(({ exercise, from, to }) => {
    const left = x(from)
    const right = x(to ?? timeline.to)
    const long = to === null ? `${exercise}: race, not fixed` : `${exercise}: race to fix, ${durationWords(to - from)}`
    const short = to === null ? 'not fixed' : durationWords(to - from)
    const words = [long, short].find((one) => one.length * LETTER_PX + LABEL_ROOM_PX <= right - left)
    return (
      <g key={exercise} className={styles.bracket}>
        <title>{long}</title>
        <path d={`M${left} ${top + height + 2}V${top}H${right}${to === null ? '' : `V${top + height + 2}`}`} />
        <text x={words ? (left + right) / 2 : right + 4} y={top + 12} textAnchor={words ? 'middle' : 'start'}>
          {words ?? short}
        </text>
      </g>
    )
  })
}

/** How much was edited, by buckets of equal time. */
function Edits({ timeline, x }: { timeline: ReplayTimeline; x: Scale }) {
  const { edits, from } = timeline
  const most = Math.max(1, ...edits)
  const bottom = ROWS.edits.top + ROWS.edits.height
  const bars = edits.flatMap((count, index) => {
    if (count === 0) return []
    const left = x(from + index * BUCKET_MS)
    const wide = Math.max(1, x(from + (index + 1) * BUCKET_MS) - left - 1)
    // The root lets a few keys be seen beside a pasted file.
    const height = Math.max(2, Math.sqrt(count / most) * (ROWS.edits.height - 4))
    return [`M${left} ${bottom}v${-height}h${wide}v${height}z`]
  })
  return <path className={styles.edits} d={bars.join('')} />
}

/** Notes and pasting: small signs over the bars. */
function Small({ timeline, x }: { timeline: ReplayTimeline; x: Scale }) {
  const y = ROWS.edits.top + 2
  return (
    <>
      {timeline.notes.map(({ id, at, text }) => (
        <g key={id} className={styles.note}>
          <title>{`Note: ${text}`}</title>
          <circle cx={x(at)} cy={y + 3} r={3} />
        </g>
      ))}
      {timeline.pastes.map(({ at, characters }, index) => (
        <g key={index} className={styles.paste}>
          <title>{`${characters} characters pasted`}</title>
          <path d={`M${x(at) - 4} ${y}h8l-4 6z`} />
        </g>
      ))}
    </>
  )
}

const MARK_PX = 22

function RunMark({ run, x, width }: { run: TimedRun; x: number; width: number }) {
  const kind: BadgeKind = run.verdict ?? 'running'
  const left = Math.min(Math.max(0, x - MARK_PX / 2), width - MARK_PX)
  return (
    <g
      className={`${styles.run} ${toneOf(kind)}`}
      transform={`translate(${left} ${ROWS.runs.top})`}
      data-testid="run-mark"
    >
      <title>{`Run ${run.number}: ${wordOf(kind)}`}</title>
      <rect x={0.5} y={0.5} width={MARK_PX - 1} height={MARK_PX - 1} rx={4} />
      <svg x={3} y={3} width={16} height={16} aria-hidden="true">
        <Icon name={iconOf(kind)} />
      </svg>
    </g>
  )
}
