import type { PointerEvent } from 'react'
import type { ReplayLens } from '../../state/interview/replay-lens.ts'
import type { ReplayTimeline } from '../../state/interview/replay-timeline.ts'
import { useStore } from '../../state/store.ts'
import { toneOf } from '../../ui/badge.tsx'
import { momentAt, scaleOf } from './scale.ts'
import styles from './scrubber.module.css'

const HEIGHT = 18
const LEAST_FRAME_PX = 6

interface OverviewProps {
  lens: ReplayLens
  timeline: ReplayTimeline
  /** The reader's moment. */
  at: number
  width: number
}

/**
 * While a part of the interview is in view: all of it, with the frame of what is. Pressing or dragging moves the frame; keys
 * do the same on the scrubber.
 */
export function Overview({ lens, timeline, at, width }: OverviewProps) {
  const window = useStore(lens.window)
  if (width === 0 || lens.isWhole) return null
  const scale = scaleOf(timeline, width)
  const { x } = scale
  const moveTo = ({ currentTarget, clientX }: PointerEvent<SVGSVGElement>) => {
    const middle = momentAt(scale, clientX - currentTarget.getBoundingClientRect().left)
    const half = (window.to - window.from) / 2
    lens.show({ from: middle - half, to: middle + half })
  }
  return (
    <svg
      className={styles.overview}
      width={width}
      height={HEIGHT}
      aria-hidden="true"
      data-testid="overview"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        moveTo(event)
      }}
      onPointerMove={(event) => event.buttons > 0 && moveTo(event)}
    >
      <rect className={styles.ground} width={width} height={HEIGHT} rx={2} />
      {timeline.parts.map((part, index) => (
        <line key={index} className={styles.tick} x1={x(part.from)} x2={x(part.from)} y1={0} y2={HEIGHT} />
      ))}
      {timeline.runs.map((run) => (
        <g key={run.id} className={`${styles.run} ${toneOf(run.verdict ?? 'running')}`}>
          <line x1={x(run.at)} x2={x(run.at)} y1={4} y2={HEIGHT - 4} />
        </g>
      ))}
      <line className={styles.playhead} x1={x(at)} x2={x(at)} y1={0} y2={HEIGHT} />
      <rect
        className={styles.frame}
        x={x(window.from)}
        y={0.5}
        width={Math.max(LEAST_FRAME_PX, x(window.to) - x(window.from))}
        height={HEIGHT - 1}
        rx={2}
      />
    </svg>
  )
}
