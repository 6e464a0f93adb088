import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import styles from './resizer.module.css'

const STEP_PX = 16

/** A handle on the edge of a column. Its width is a custom property of the page, so that CSS keeps the layout. */
export function Resizer(props: {
  variable: '--left' | '--right'
  side: 'left' | 'right'
  label: string
  min: number
  max: number
}) {
  const { variable, side, label, min, max } = props
  const [width, setWidth] = useState<number | null>(null)
  const apply = (wanted: number) => {
    const next = Math.round(Math.min(max, Math.max(min, wanted)))
    document.documentElement.style.setProperty(variable, `${next}px`)
    setWidth(next)
  }
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const column = event.currentTarget.parentElement?.getBoundingClientRect()
    if (column) apply(side === 'right' ? event.clientX - column.left : column.right - event.clientX)
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? STEP_PX : event.key === 'ArrowLeft' ? -STEP_PX : 0
    if (step === 0) return
    event.preventDefault()
    const column = event.currentTarget.parentElement?.offsetWidth ?? min
    apply(column + (side === 'right' ? step : -step))
  }
  return (
    <hr
      className={side === 'right' ? styles.right : styles.left}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuenow={width ?? min}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  )
}
