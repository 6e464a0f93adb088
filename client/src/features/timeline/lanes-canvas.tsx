import { type PointerEvent, useEffect, useId, useRef } from 'react'
import type { Look } from '../../state/timeline/look.ts'
import { hoverWords } from '../../state/timeline/story.ts'
import { wheelWish } from '../../ui/wheel.ts'
import { paint } from './paint.ts'
import { type Palette, readPalette } from './palette.ts'
import { gutterOf, heightOf, hit, nsAt, type Scene } from './scene.ts'
import styles from './timeline.module.css'

/** More rows than this are scrolled. */
const MAX_HEIGHT = 420
/** A pointer that moved less has pressed, not dragged. */
const DRAG_PX = 4

interface LanesProps {
  look: Look
  scheme: 'light' | 'dark'
  /** Opens the line that the selected span leads to. */
  onOpenSelected: () => void
  /** Tells the element beside the lanes what lies under the pointer. */
  onHover: (words: string) => void
}

/**
 * The lanes, drawn anew in the next frame whenever something they show changes. Everything that the pointer can do the keys
 * can too; what is selected is told in words beside the drawing.
 */
export function LanesCanvas({ look, scheme, onOpenSelected, onHover }: LanesProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawing = useRef<Drawing | null>(null)
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  const hint = useId()

  useEffect(() => {
    if (!canvas.current) return
    const made = new Drawing(canvas.current, look, scheme)
    drawing.current = made
    return () => made.end()
  }, [look, scheme])

  const at = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const hoverAt = (x: number, y: number) => {
    const scene = drawing.current?.scene()
    const found = scene ? hit(scene, x, y) : null
    look.hovered.set(found?.row ?? -1)
    onHover(found ? hoverWords(look.model, found.row) : '')
  }
  const move = (event: PointerEvent) => {
    const { x, y } = at(event)
    const from = drag.current
    if (!from) return hoverAt(x, y)
    if (!from.moved && Math.hypot(x - from.x, y - from.y) < DRAG_PX) return
    drawing.current?.dragBy(x - from.x, y - from.y)
    drag.current = { x, y, moved: true }
  }
  const release = (event: PointerEvent) => {
    const wasDrag = drag.current?.moved ?? true
    drag.current = null
    const scene = drawing.current?.scene()
    if (wasDrag || !scene) return
    const { x, y } = at(event)
    const found = hit(scene, x, y)
    if (found) look.select(found.row, found.on)
    else look.deselect()
  }
  return (
    <>
      <p id={hint} className={styles.hidden}>
        Left and right go along a lane, up and down to another one. Plus, minus and 0 zoom, with Shift left and right
        move the window. Enter opens the line, W goes to whoever woke the goroutine, Escape lets go.
      </p>
      <div
        className={styles.stage}
        role="application"
        tabIndex={0}
        aria-label="Lanes of the Ps over time"
        aria-describedby={hint}
        data-testid="timeline-lanes"
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          if (!press(look, event.key, event.shiftKey, onOpenSelected)) return
          event.preventDefault()
          drawing.current?.reveal()
        }}
      >
        <canvas
          ref={canvas}
          className={styles.lanes}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId)
            drag.current = { ...at(event), moved: false }
          }}
          onPointerMove={move}
          onPointerUp={release}
          onPointerCancel={() => {
            drag.current = null
          }}
          onPointerLeave={() => {
            look.hovered.set(-1)
            onHover('')
          }}
          onDoubleClick={onOpenSelected}
        />
      </div>
    </>
  )
}

/** What a key does; false where it is none of ours. */
function press(look: Look, key: string, shift: boolean, open: () => void): boolean {
  const actions: Record<string, () => void> = {
    ArrowLeft: () => (shift ? look.panStep(-1) : look.along(-1)),
    ArrowRight: () => (shift ? look.panStep(1) : look.along(1)),
    ArrowUp: () => look.across(-1),
    ArrowDown: () => look.across(1),
    '+': () => look.zoomIn(),
    '=': () => look.zoomIn(),
    '-': () => look.zoomOut(),
    '0': () => look.whole(),
    Home: () => look.whole(),
    w: () => look.toWaker(),
    W: () => look.toWaker(),
    Enter: open,
    Escape: () => look.deselect(),
  }
  const action = actions[key]
  action?.()
  return action !== undefined
}

/** Keeps a canvas as large as its place and draws at most once in a frame. */
class Drawing {
  readonly #canvas: HTMLCanvasElement
  readonly #look: Look
  readonly #undo: (() => void)[]
  readonly #palette: Palette
  #rows: Scene['rows']
  #scroll = 0
  #width = 0
  #height = 0
  #frame = 0

  constructor(canvas: HTMLCanvasElement, look: Look, scheme: 'light' | 'dark') {
    this.#canvas = canvas
    this.#look = look
    this.#palette = readPalette(canvas.parentElement ?? canvas, scheme)
    this.#rows = look.rows
    const soon = () => this.#soon()
    const resized = new ResizeObserver(() => this.#fit())
    resized.observe(canvas.parentElement ?? canvas)
    const wheel = (event: WheelEvent) => this.#wheel(event)
    canvas.addEventListener('wheel', wheel, { passive: false })
    this.#undo = [
      look.window.subscribe(soon),
      look.selected.subscribe(soon),
      look.hovered.subscribe(soon),
      look.wish.subscribe(() => this.#newRows()),
      () => resized.disconnect(),
      () => canvas.removeEventListener('wheel', wheel),
    ]
    this.#fit()
  }

  end(): void {
    cancelAnimationFrame(this.#frame)
    for (const undo of this.#undo) undo()
  }

  scene(): Scene {
    return {
      model: this.#look.model,
      rows: this.#rows,
      window: this.#look.window.get(),
      width: this.#width,
      height: this.#height,
      scroll: this.#scroll,
    }
  }

  dragBy(x: number, y: number): void {
    const { from, to } = this.#look.window.get()
    this.#look.pan((-x / Math.max(1, this.#width - gutterOf(this.#width))) * (to - from))
    this.#scrollTo(this.#scroll - y)
  }

  /** Scrolls so that the selected goroutine's row is in sight. */
  reveal(): void {
    const selected = this.#look.selected.get()
    if (selected?.on !== 'goroutine') return
    const goroutine = this.#look.model.timeline.spans.goroutine[selected.row]
    const at = this.#rows.findIndex((row) => row.type === 'goroutine' && row.goroutine === goroutine)
    const bottom = heightOf(this.#rows.slice(0, at + 1))
    if (at >= 0 && (bottom > this.#scroll + this.#height || bottom - 60 < this.#scroll)) {
      this.#scrollTo(bottom - this.#height / 2)
    }
  }

  #newRows(): void {
    this.#rows = this.#look.rows
    this.#fit()
    this.reveal()
  }

  #scrollTo(to: number): void {
    this.#scroll = Math.max(0, Math.min(to, heightOf(this.#rows) - this.#height))
    this.#soon()
  }

  #wheel(event: WheelEvent): void {
    const wish = wheelWish(event, document.activeElement === this.#canvas.parentElement)
    if (wish?.type === 'pan') {
      event.preventDefault()
      this.dragBy(-wish.px, 0)
    } else if (wish?.type === 'zoom') {
      event.preventDefault()
      const x = event.clientX - this.#canvas.getBoundingClientRect().left
      this.#look.zoom(wish.factor, nsAt(this.scene(), x))
    } else if (heightOf(this.#rows) > this.#height) {
      const before = this.#scroll
      this.#scrollTo(this.#scroll + event.deltaY)
      if (this.#scroll !== before) event.preventDefault()
    }
  }

  #fit(): void {
    const width = this.#canvas.parentElement?.clientWidth ?? 0
    const height = Math.min(heightOf(this.#rows), MAX_HEIGHT)
    const ratio = devicePixelRatio || 1
    this.#width = width
    this.#height = height
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    this.#canvas.style.height = `${height}px`
    this.#scrollTo(this.#scroll)
    // A canvas whose size was set is empty: no frame may pass with that.
    this.#draw()
  }

  #soon(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => this.#draw())
  }

  #draw(): void {
    const ctx = this.#canvas.getContext('2d')
    if (!ctx || this.#width === 0) return
    const ratio = devicePixelRatio || 1
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
    paint(ctx, {
      ...this.scene(),
      palette: this.#palette,
      selected: this.#look.selected.get()?.row ?? -1,
      hovered: this.#look.hovered.get(),
      marked: this.#look.marked,
    })
    performance.mark('timeline:drawn')
  }
}
