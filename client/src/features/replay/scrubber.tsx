import { stampOf } from '@sandbox/protocol'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { ReplayPlayer } from '../../state/interview/replay-player.ts'
import type { ReplayTimeline } from '../../state/interview/replay-timeline.ts'
import { useStore } from '../../state/store.ts'
import styles from './scrubber.module.css'
import { HEIGHT, Track } from './track.tsx'

const SECOND_MS = 1000
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -5 * SECOND_MS,
  ArrowRight: 5 * SECOND_MS,
  ArrowDown: -5 * SECOND_MS,
  ArrowUp: 5 * SECOND_MS,
  PageDown: -60 * SECOND_MS,
  PageUp: 60 * SECOND_MS,
}

/** The whole interview to scale; a slider for the pointer and for the keyboard. */
export function Scrubber({ player, timeline }: { player: ReplayPlayer; timeline: ReplayTimeline }) {
  const { at } = useStore(player.state)
  const { host, width } = useWidth()
  const { from, to, zero } = timeline
  const seek = ({ currentTarget, clientX }: PointerEvent<HTMLElement>) => {
    const { left, width: wide } = currentTarget.getBoundingClientRect()
    player.seek(from + ((clientX - left) / Math.max(1, wide)) * (to - from))
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Home') player.seek(from)
    else if (event.key === 'End') player.seek(to)
    else if (STEPS[event.key] !== undefined) player.move(STEPS[event.key] ?? 0)
    else return
    event.preventDefault()
  }
  return (
    <div
      ref={host}
      className={styles.scrubber}
      role="slider"
      tabIndex={0}
      aria-label="Moment"
      aria-valuemin={0}
      aria-valuemax={Math.round((to - from) / SECOND_MS)}
      aria-valuenow={Math.round((at - from) / SECOND_MS)}
      aria-valuetext={valueText(timeline, at)}
      data-testid="scrubber"
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        seek(event)
      }}
      onPointerMove={(event) => event.buttons > 0 && seek(event)}
    >
      <svg className={styles.drawing} width={width} height={HEIGHT} aria-hidden="true">
        <Track timeline={timeline} width={width} />
        <Playhead x={((at - from) / (to - from)) * width} width={width} stamp={stampOf(at - zero)} />
      </svg>
    </div>
  )
}

/** Where the reader is: `00:13:02, Advanced Go mastery, run 14`. */
function valueText({ zero, parts, runs }: ReplayTimeline, at: number): string {
  const part = parts.findLast((one) => one.from <= at)
  const run = runs.findLast((one) => one.at <= at)
  return [stampOf(at - zero), part?.title, run && `run ${run.number}`].filter((word) => word !== undefined).join(', ')
}

const FLAG = { width: 68, height: 18 }

function Playhead({ x, width, stamp }: { x: number; width: number; stamp: string }) {
  const left = Math.min(Math.max(0, x - FLAG.width / 2), Math.max(0, width - FLAG.width))
  return (
    <g>
      <line className={styles.playhead} x1={x} x2={x} y1={FLAG.height} y2={HEIGHT} />
      <rect className={styles.flag} x={left} y={0} width={FLAG.width} height={FLAG.height} rx={4} />
      <text className={styles.flagText} x={left + FLAG.width / 2} y={13} textAnchor="middle">
        {stamp}
      </text>
    </g>
  )
}

/** The element's width in pixels, kept current; 0 before it is known. */
function useWidth() {
  const host = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    const resized = new ResizeObserver(measure)
    resized.observe(element)
    measure()
    return () => resized.disconnect()
  }, [])
  return { host, width }
}
