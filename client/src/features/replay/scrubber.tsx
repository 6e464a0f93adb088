import { stampOf } from '@sandbox/protocol'
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { ReplayLens } from '../../state/interview/replay-lens.ts'
import { seenAt } from '../../state/interview/replay-moments.ts'
import type { ReplayPlayer } from '../../state/interview/replay-player.ts'
import type { ReplayTimeline } from '../../state/interview/replay-timeline.ts'
import type { Crowd } from '../../state/interview/run-crowds.ts'
import { useStore } from '../../state/store.ts'
import { wheelWish } from '../../ui/wheel.ts'
import { Overview } from './overview.tsx'
import { HEIGHT } from './rows.ts'
import { runsAt } from './run-marks.tsx'
import { momentAt, scaleOf } from './scale.ts'
import styles from './scrubber.module.css'
import { Track } from './track.tsx'

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
/** What a small and a large step of the keyboard go by: less where one looks closely. */
const STEPS_MS = { far: [5 * SECOND_MS, MINUTE_MS], near: [SECOND_MS, 10 * SECOND_MS] } as const
const NEAR_MS = 5 * MINUTE_MS

interface ScrubberProps {
  player: ReplayPlayer
  lens: ReplayLens
  timeline: ReplayTimeline
}

/** The interview to scale, all of it or a part; a slider for the pointer and for the keyboard. */
export function Scrubber({ player, lens, timeline }: ScrubberProps) {
  const { at } = useStore(player.state)
  const window = useStore(lens.window)
  const { host, width } = useWidth()
  const { from, to, zero } = timeline
  const scale = scaleOf(window, width)
  useWheel(host, lens)
  const down = (event: PointerEvent<HTMLElement>) => {
    const place = placeIn(event)
    const runs = runsAt(timeline.runs, scale, place)
    if (runs) return goTo(runs, player, lens)
    event.currentTarget.setPointerCapture(event.pointerId)
    player.seek(momentAt(scale, place.x))
  }
  return (
    <>
      <Overview lens={lens} timeline={timeline} at={at} width={width} />
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
        aria-keyshortcuts="Plus - 0 Shift+ArrowLeft Shift+ArrowRight"
        data-testid="scrubber"
        onKeyDown={(event) => press(event, { player, lens, timeline })}
        onPointerDown={down}
        onPointerMove={(event) => {
          const isDragged = event.currentTarget.hasPointerCapture(event.pointerId)
          if (isDragged) player.seek(momentAt(scale, placeIn(event).x))
        }}
      >
        <svg className={styles.drawing} width={width} height={HEIGHT} aria-hidden="true">
          <Track timeline={timeline} window={window} width={width} />
          {scale.has(at) && <Playhead x={scale.x(at)} width={width} stamp={stampOf(at - zero)} />}
        </svg>
      </div>
    </>
  )
}

function placeIn({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): { x: number; y: number } {
  const { left, top } = currentTarget.getBoundingClientRect()
  return { x: clientX - left, y: clientY - top }
}

/** To the verdict of the run that was pressed, or near to several of them. */
function goTo(runs: Crowd, player: ReplayPlayer, lens: ReplayLens): void {
  if (runs.length > 1) lens.showRuns(runs)
  player.seek(seenAt(runs[0]))
}

function press(event: KeyboardEvent, { player, lens, timeline }: ScrubberProps): void {
  const { from, to } = timeline
  const window = lens.window.get()
  const [small, large] = STEPS_MS[window.to - window.from > NEAR_MS ? 'far' : 'near']
  const acts: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => (event.shiftKey ? lens.panStep(-1) : player.move(-small)),
    ArrowRight: () => (event.shiftKey ? lens.panStep(1) : player.move(small)),
    ArrowDown: () => player.move(-small),
    ArrowUp: () => player.move(small),
    PageDown: () => player.move(-large),
    PageUp: () => player.move(large),
    Home: () => player.seek(from),
    End: () => player.seek(to),
  }
  const act = acts[event.key]
  if (!act) return
  event.preventDefault()
  act()
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

/** The wheel over the scrubber; it has to be able to keep the browser from doing its own. */
function useWheel(host: RefObject<HTMLElement | null>, lens: ReplayLens): void {
  useEffect(() => {
    const element = host.current
    if (!element) return
    const turn = (event: WheelEvent) => {
      const wish = wheelWish(event, document.activeElement === element)
      if (!wish) return
      event.preventDefault()
      const scale = scaleOf(lens.window.get(), element.clientWidth)
      const x = event.clientX - element.getBoundingClientRect().left
      if (wish.type === 'pan') lens.pan(wish.px * scale.msPerPx)
      else lens.zoom(wish.factor, momentAt(scale, x))
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => element.removeEventListener('wheel', turn)
  }, [host, lens])
}
