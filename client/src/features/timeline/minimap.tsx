import { type PointerEvent, useEffect, useRef } from 'react'
import type { Look } from '../../state/timeline/look.ts'
import { load } from '../../state/timeline/reduce.ts'
import { readPalette } from './palette.ts'
import { gutterOf } from './scene.ts'
import styles from './timeline.module.css'

const HEIGHT = 30

/** The whole trace, as how many Ps were busy, with the window on it. Pressing or dragging moves the window there. */
export function Minimap({ look, scheme }: { look: Look; scheme: 'light' | 'dark' }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    let frame = 0
    let busy: Float64Array | null = null
    const colours = readPalette(element.parentElement ?? element, scheme)
    const draw = () => {
      const width = element.parentElement?.clientWidth ?? 0
      const gutter = gutterOf(width)
      const lanes = Math.max(1, Math.floor(width - gutter))
      if (busy?.length !== lanes) busy = load(look.model.procs, look.model.timeline.lengthNs, lanes)
      const ctx = sized(element, width)
      if (!ctx) return
      const most = Math.max(1, look.model.procs.length)
      ctx.fillStyle = colours.dim
      busy.forEach((share, x) => {
        const height = Math.min(1, share / most) * (HEIGHT - 4)
        if (height > 0) ctx.fillRect(gutter + x, HEIGHT - 2 - Math.max(1, height), 1, Math.max(1, height))
      })
      const { from, to } = look.window.get()
      const scale = lanes / Math.max(1, look.model.timeline.lengthNs)
      const [left, right] = [gutter + from * scale, gutter + to * scale]
      ctx.fillStyle = colours.sunken
      ctx.globalAlpha = 0.6
      ctx.fillRect(gutter, 0, left - gutter, HEIGHT)
      ctx.fillRect(right, 0, gutter + lanes - right, HEIGHT)
      ctx.globalAlpha = 1
      ctx.strokeStyle = colours.text
      ctx.strokeRect(left + 0.5, 0.5, Math.max(2, right - left - 1), HEIGHT - 1)
      ctx.fillStyle = colours.dim
      ctx.font = '11px ui-sans-serif, system-ui, sans-serif'
      ctx.fillText('busy Ps', 8, HEIGHT / 2 + 4)
    }
    const soon = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(draw)
    }
    const resized = new ResizeObserver(soon)
    resized.observe(element.parentElement ?? element)
    const undo = look.window.subscribe(soon)
    draw()
    return () => {
      cancelAnimationFrame(frame)
      resized.disconnect()
      undo()
    }
  }, [look, scheme])
  const moveTo = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const gutter = gutterOf(box.width)
    const part = (event.clientX - box.left - gutter) / Math.max(1, box.width - gutter)
    const { from, to } = look.window.get()
    const middle = part * look.model.timeline.lengthNs
    look.show({ from: middle - (to - from) / 2, to: middle + (to - from) / 2 })
  }
  return (
    <div aria-hidden="true">
      <canvas
        ref={canvas}
        className={styles.minimap}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          moveTo(event)
        }}
        onPointerMove={(event) => event.buttons > 0 && moveTo(event)}
      />
    </div>
  )
}

function sized(element: HTMLCanvasElement, width: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1
  element.width = Math.round(width * ratio)
  element.height = Math.round(HEIGHT * ratio)
  element.style.height = `${HEIGHT}px`
  const ctx = element.getContext('2d')
  ctx?.setTransform(ratio, 0, 0, ratio, 0, 0)
  return ctx
}
