import type { RefObject } from 'react'
import {
  type Flame,
  type FlameNode,
  type FlameWindow,
  nodeAt,
  panned,
  WHOLE,
  windowOf,
  zoomed,
} from '../../state/flame.ts'
import type { CostChange } from '../../state/profile.ts'
import { drawFlame, type FlameColours, ROW_PX } from './flame-draw.ts'
import { coloursOf } from './flame-legend.tsx'

/** What is drawn, and who hears of what is done with it. */
export interface Shown {
  flame: Flame
  search: string
  change: ReadonlyMap<string, CostChange> | null
  /** Redraws when it changes: colours are read from the page. */
  scheme: string
  chosen: FlameNode | null
  onChoose: (node: FlameNode | null) => void
  /** The node under the pointer; null where there is none. */
  onHover: (node: FlameNode | null) => void
}

/** How much one press of a key or one notch of the wheel zooms. */
export const ZOOM = 0.7
/** A press that moves by less is a click, in CSS pixels. */
const CLICK_PX = 4

/** The elements of one chart. */
export interface ChartParts {
  canvas: RefObject<HTMLCanvasElement | null>
  scroller: RefObject<HTMLDivElement | null>
  legend: RefObject<HTMLDivElement | null>
}

/**
 * What is seen of a chart, and how wheel and pointer change it. It lives outside React: a frame of panning is one drawing and
 * nothing else.
 */
export class ChartView {
  readonly #parts: ChartParts
  #props: Shown | null = null
  #window = WHOLE
  #hovered: FlameNode | null = null
  #frame: number | null = null
  #colours: { scheme: string; colours: FlameColours } | null = null
  /** The chart whose first drawing was marked for who measures. */
  #timed: Flame | null = null
  #drag: { x: number; window: FlameWindow; moved: boolean } | null = null

  constructor(parts: ChartParts) {
    this.#parts = parts
  }

  /** Another profile begins whole. */
  update(props: Shown): void {
    if (this.#props?.flame !== props.flame) {
      this.#window = WHOLE
      this.#hovered = null
    }
    this.#props = props
    this.redraw()
  }

  readonly show = (window: FlameWindow): void => {
    this.#window = window
    this.redraw()
  }

  readonly zoom = (factor: number): void => this.show(zoomed(this.#window, this.#middle(), factor))

  /** Brings a node into view without changing the zoom more than it must. */
  readonly reveal = (node: FlameNode): void => {
    const { from, to } = this.#window
    if (node.x + node.width <= from || node.x >= to || node.width > to - from) this.#window = windowOf(node)
    const scroller = this.#parts.scroller.current
    const top = node.depth * ROW_PX
    if (scroller && (top < scroller.scrollTop || top + ROW_PX > scroller.scrollTop + scroller.clientHeight))
      scroller.scrollTop = top - scroller.clientHeight / 2
    this.redraw()
  }

  redraw(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null
      this.#draw()
    })
  }

  attach(): () => void {
    const { canvas, scroller } = this.#parts
    const element = canvas.current
    const outer = scroller.current
    if (!element || !outer) return () => {}
    const stop = new AbortController()
    const { signal } = stop
    const resized = new ResizeObserver(() => this.redraw())
    resized.observe(outer)
    outer.addEventListener('scroll', () => this.redraw(), { signal, passive: true })
    outer.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false })
    element.addEventListener('pointerdown', (event) => this.#down(event), { signal })
    element.addEventListener('pointermove', (event) => this.#move(event), { signal })
    element.addEventListener('pointerup', (event) => this.#up(event), { signal })
    element.addEventListener('pointercancel', () => this.#letGo(), { signal })
    element.addEventListener('pointerleave', () => this.#hover(null), { signal })
    return () => {
      stop.abort()
      resized.disconnect()
      if (this.#frame !== null) cancelAnimationFrame(this.#frame)
      this.#frame = null
    }
  }

  #middle(): number {
    const chosen = this.#props?.chosen
    const { from, to } = this.#window
    const centre = chosen ? chosen.x + chosen.width / 2 : Number.NaN
    return centre > from && centre < to ? centre : (from + to) / 2
  }

  #draw(): void {
    const { canvas, scroller, legend } = this.#parts
    const props = this.#props
    const context = canvas.current?.getContext('2d')
    const outer = scroller.current
    if (!canvas.current || !context || !outer || !props) return
    const { flame, chosen, search, change, scheme } = props
    const width = outer.clientWidth
    const ratio = globalThis.devicePixelRatio || 1
    fit(canvas.current, width, flame.rows.length * ROW_PX, ratio)
    const from = Math.floor(outer.scrollTop / ROW_PX)
    const to = Math.min(flame.rows.length - 1, Math.ceil((outer.scrollTop + outer.clientHeight) / ROW_PX))
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, from * ROW_PX, width, (to - from + 1) * ROW_PX)
    drawFlame(
      context,
      { flame, window: this.#window, width, rows: { from, to }, chosen, hovered: this.#hovered, search, change },
      this.#coloursOf(scheme, legend.current),
    )
    if (this.#timed === flame) return
    this.#timed = flame
    performance.mark('flame:drawn')
  }

  #coloursOf(scheme: string, legend: HTMLElement | null): FlameColours {
    if (this.#colours?.scheme !== scheme) this.#colours = { scheme, colours: coloursOf(legend) }
    return this.#colours.colours
  }

  #at(event: MouseEvent): { node: FlameNode | null; at: number } {
    const box = this.#parts.canvas.current?.getBoundingClientRect()
    if (!box || !this.#props) return { node: null, at: 0 }
    const { from, to } = this.#window
    const at = from + ((event.clientX - box.left) / box.width) * (to - from)
    return { node: nodeAt(this.#props.flame, Math.floor((event.clientY - box.top) / ROW_PX), at), at }
  }

  #hover(node: FlameNode | null): void {
    if (node === this.#hovered) return
    this.#hovered = node
    this.#props?.onHover(node)
    this.redraw()
  }

  /** The wheel scrolls the rows as everywhere; with Control it zooms, and sideways it pans. */
  #wheel(event: WheelEvent): void {
    const zooms = event.ctrlKey || event.metaKey
    if (!zooms && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return
    event.preventDefault()
    if (zooms) this.show(zoomed(this.#window, this.#at(event).at, event.deltaY < 0 ? ZOOM : 1 / ZOOM))
    else this.show(panned(this.#window, event.deltaX / (this.#parts.scroller.current?.clientWidth ?? 1)))
  }

  #down(event: PointerEvent): void {
    this.#drag = { x: event.clientX, window: this.#window, moved: false }
  }

  #move(event: PointerEvent): void {
    const drag = this.#drag
    if (!drag) {
      this.#hover(this.#at(event).node)
      return
    }
    const distance = drag.x - event.clientX
    if (!drag.moved && Math.abs(distance) < CLICK_PX) return
    if (!drag.moved) this.#parts.canvas.current?.setPointerCapture(event.pointerId)
    drag.moved = true
    this.show(panned(drag.window, distance / (this.#parts.scroller.current?.clientWidth ?? 1)))
  }

  /** A click widens a call; on the widened one it shows its caller again. */
  #up(event: PointerEvent): void {
    const drag = this.#letGo()
    if (!drag || drag.moved) return
    const { node } = this.#at(event)
    this.#props?.onChoose(node)
    if (!node) return
    const widened = this.#window.from === windowOf(node).from && this.#window.to === windowOf(node).to
    this.show(widened && node.parent ? windowOf(node.parent) : windowOf(node))
  }

  #letGo() {
    const drag = this.#drag
    this.#drag = null
    return drag
  }
}

/** Setting the size of a canvas clears it and costs a frame: it is left alone where it fits. */
function fit(canvas: HTMLCanvasElement, width: number, height: number, ratio: number): void {
  const columns = Math.round(width * ratio)
  const lines = Math.round(height * ratio)
  if (canvas.width !== columns || canvas.height !== lines) {
    canvas.width = columns
    canvas.height = lines
  }
  canvas.style.height = `${height}px`
}
