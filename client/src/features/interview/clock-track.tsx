import type { ClockState, Guide } from '@sandbox/protocol'
import type { CSSProperties } from 'react'
import { type TrackSegment, trackOf } from '../../state/interview/panel-clock.ts'
import styles from './clock-bar.module.css'

/** The guide's minutes to scale: the parts, what is left of the reserve (dashed), the kept last minutes, and now. */
export function ClockTrack({ guide, clock, at }: { guide: Guide; clock: ClockState; at: number }) {
  const { segments, now, words } = trackOf(guide, clock, at)
  return (
    <div className={styles.track} role="img" aria-label={words} data-testid="clock-track">
      {segments.map((segment) => (
        <Stretch key={segment.title} segment={segment} />
      ))}
      {clock.startedAt !== null && <i className={styles.now} style={{ '--now': now } as CSSProperties} />}
    </div>
  )
}

function Stretch({ segment }: { segment: TrackSegment }) {
  const { type, number, title, minutes, current } = segment
  const look = current ? styles.current : styles[type]
  return (
    <span
      className={`${styles.segment} ${look ?? ''}`}
      style={{ '--minutes': minutes } as CSSProperties}
      title={`${number === null ? '' : `Part ${number}: `}${title}, ${minutes} min`}
      data-testid="segment"
      data-type={type}
    >
      {number !== null && <b>{number}</b>}
      {type !== 'kept' && <em>{title}</em>}
      <span>{minutes}</span>
    </span>
  )
}
