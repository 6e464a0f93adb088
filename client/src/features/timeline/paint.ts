import { GoState } from '@sandbox/protocol'
import { wakerOf } from '../../state/timeline/look.ts'
import {
  formatNs,
  functionOf,
  isOfRuntime,
  type Lane,
  neighbourOf,
  procName,
  textOf,
} from '../../state/timeline/model.ts'
import { reduceLane } from '../../state/timeline/reduce.ts'
import { laneOfRow, type ViewRow } from '../../state/timeline/rows.ts'
import type { Palette } from './palette.ts'
import { gutterOf, type Place, placeOf, RULER, type Scene, visibleRows, xAt } from './scene.ts'

export interface Paint extends Scene {
  palette: Palette
  selected: number
  hovered: number
  /** Goroutines that stand out; null where all are alike. */
  marked: ReadonlySet<number> | null
}

/** How strongly what does not stand out is drawn. */
const FAINT = 0.28
const FONT = '11px ui-sans-serif, system-ui, sans-serif'
/** Narrower bars have no words in them. */
const LABEL_PX = 56

/** Draws everything, into a context that is scaled to CSS pixels. */
export function paint(ctx: CanvasRenderingContext2D, scene: Paint): void {
  const { width, height, palette } = scene
  ctx.clearRect(0, 0, width, height)
  ctx.font = FONT
  ctx.textBaseline = 'middle'
  const [from, to] = visibleRows(scene)
  scene.rows.slice(from, to).forEach((row, index) => {
    const place = placeOf(scene.rows, from + index)
    paintRow(ctx, scene, row, { top: place.top - scene.scroll, height: place.height })
  })
  paintWake(ctx, scene)
  ctx.fillStyle = palette.surface
  ctx.fillRect(0, 0, width, RULER)
  paintRuler(ctx, scene)
}

function paintRow(ctx: CanvasRenderingContext2D, scene: Paint, row: ViewRow, place: Place): void {
  const { palette, width } = scene
  const gutter = gutterOf(width)
  ctx.fillStyle = palette.hairline
  ctx.fillRect(0, place.top + place.height - 1, width, 1)
  ctx.save()
  clipToLanes(ctx, scene)
  const lane = laneOfRow(scene.model, row)
  if (row.type === 'gc') paintRanges(ctx, scene, place)
  else if (lane) paintLane(ctx, scene, lane, { ...place, row })
  ctx.restore()
  ctx.fillStyle = row.type === 'goroutine' ? palette.text : palette.dim
  fitText(ctx, labelOf(scene, row), { x: 8, y: place.top + place.height / 2, width: gutter - 14 })
}

function labelOf({ model }: Paint, row: ViewRow): string {
  switch (row.type) {
    case 'gc':
      return 'collector'
    case 'proc':
      return procName(model, row.proc)
    case 'goroutine':
      return `${model.timeline.goroutines.id[row.goroutine]} ${functionOf(model, row.goroutine)}`
  }
}

function paintLane(ctx: CanvasRenderingContext2D, scene: Paint, lane: Lane, place: Place & { row: ViewRow }): void {
  const gutter = gutterOf(scene.width)
  reduceLane(lane, scene.window, scene.width - gutter, (x, width, row, share) => {
    ctx.globalAlpha = strength(scene, row) * (share < 1 ? 0.35 + 0.65 * share : 1)
    paintBar(ctx, scene, { row, x: gutter + x, width: Math.max(1, width), ...frameOf(place, place.row) })
  })
  ctx.globalAlpha = 1
}

function frameOf({ top, height }: Place, row: ViewRow): Place {
  const margin = row.type === 'proc' ? 3 : 2
  return { top: top + margin, height: height - 2 * margin - 1 }
}

function strength({ model, marked }: Paint, row: number): number {
  const goroutine = model.timeline.spans.goroutine[row] ?? -1
  return !marked || marked.has(goroutine) ? 1 : FAINT
}

interface Bar extends Place {
  row: number
  x: number
  width: number
}

function paintBar(ctx: CanvasRenderingContext2D, scene: Paint, bar: Bar): void {
  const { palette, model } = scene
  const { row, x, width, top, height } = bar
  const goroutine = model.timeline.spans.goroutine[row] ?? -1
  switch (model.timeline.spans.state[row]) {
    case GoState.running:
      ctx.fillStyle = colourOf(scene, goroutine)
      ctx.fillRect(x, top, width, height)
      if (width >= LABEL_PX) paintName(ctx, scene, bar)
      break
    case GoState.syscall:
      ctx.fillStyle = palette.sunken
      ctx.fillRect(x, top, width, height)
      ctx.strokeStyle = colourOf(scene, goroutine)
      ctx.lineWidth = 1
      if (width > 2) ctx.strokeRect(x + 0.5, top + 0.5, width - 1, height - 1)
      else ctx.fillRect(x, top, width, height)
      break
    case GoState.runnable:
      ctx.fillStyle = palette.queued
      ctx.fillRect(x, top + height * 0.25, width, height * 0.5)
      break
    default:
      ctx.fillStyle = palette.waiting
      ctx.fillRect(x, top + height / 2 - 0.5, width, 1)
      if (width >= LABEL_PX * 2) paintWaitLabel(ctx, scene, bar)
  }
  if (row === scene.selected || row === scene.hovered) outline(ctx, scene, bar)
}

/** A bar that stands back keeps a name that can be read. */
function paintName(ctx: CanvasRenderingContext2D, scene: Paint, { row, x, width, top, height }: Bar): void {
  const { model, palette } = scene
  const goroutine = model.timeline.spans.goroutine[row] ?? -1
  const alpha = ctx.globalAlpha
  const isFaint = strength(scene, row) < 1
  ctx.fillStyle = isFaint ? palette.dim : palette.surface
  if (isFaint) ctx.globalAlpha = 1
  const name = `${model.timeline.goroutines.id[goroutine]} ${functionOf(model, goroutine)}`
  fitText(ctx, name, { x: x + 4, y: top + height / 2 + 0.5, width: width - 8 })
  ctx.globalAlpha = alpha
}

function paintWaitLabel(
  ctx: CanvasRenderingContext2D,
  { palette, model }: Paint,
  { row, x, width, top, height }: Bar,
): void {
  const words = textOf(model, model.timeline.spans.reason[row] ?? -1)
  const room = Math.min(width - 24, ctx.measureText(words).width)
  const left = Math.max(x + 12, Math.min(x + width - room - 12, x + (width - room) / 2))
  ctx.fillStyle = palette.surface
  ctx.fillRect(left - 4, top, room + 8, height)
  ctx.fillStyle = palette.dim
  fitText(ctx, words, { x: left, y: top + height / 2 + 0.5, width: room + 1 })
}

function outline(ctx: CanvasRenderingContext2D, scene: Paint, { row, x, width, top, height }: Bar): void {
  const alpha = ctx.globalAlpha
  ctx.globalAlpha = 1
  ctx.strokeStyle = scene.palette.text
  ctx.lineWidth = row === scene.selected ? 2 : 1
  ctx.strokeRect(x - 1, top - 1, Math.max(width, 2) + 2, height + 2)
  ctx.globalAlpha = alpha
}

function colourOf({ model, palette }: Paint, goroutine: number): string {
  if (isOfRuntime(model, goroutine)) return palette.runtime
  // By its number, so that it has the same colour in each drawing of a run.
  const id = model.timeline.goroutines.id[goroutine] ?? 0
  return palette.goroutines[id % palette.goroutines.length] ?? palette.runtime
}

function paintRanges(ctx: CanvasRenderingContext2D, scene: Paint, { top, height }: Place): void {
  const { ranges, texts } = scene.model.timeline
  ranges.begin.forEach((begin, at) => {
    const end = begin + (ranges.length[at] ?? 0)
    if (end < scene.window.from || begin > scene.window.to) return
    const x = xAt(scene, begin)
    const isStop = texts[ranges.name[at] ?? -1]?.startsWith('stop-the-world') ?? false
    ctx.fillStyle = isStop ? scene.palette.stopped : scene.palette.gc
    ctx.globalAlpha = isStop ? 1 : 0.6
    ctx.fillRect(x, top + 3, Math.max(1, xAt(scene, end) - x), height - 7)
  })
  ctx.globalAlpha = 1
}

/** An arrow from the span that woke a goroutine to the one in which it then ran. */
function paintWake(ctx: CanvasRenderingContext2D, scene: Paint): void {
  const { model, selected, palette } = scene
  if (selected < 0) return
  const from = wakerOf(model, selected)
  const { state } = model.timeline.spans
  const queued =
    state[selected] === GoState.running
      ? neighbourOf(model, selected, -1)
      : state[selected] === GoState.waiting
        ? neighbourOf(model, selected, 1)
        : selected
  const to = neighbourOf(model, queued, 1)
  const [start, end] = [middleOf(scene, from), middleOf(scene, to)]
  if (from < 0 || to < 0 || start === null || end === null) return
  const [x0, x1] = [xAt(scene, model.begin[queued] ?? 0), xAt(scene, model.begin[to] ?? 0)]
  ctx.save()
  clipToLanes(ctx, scene)
  ctx.strokeStyle = palette.text
  ctx.fillStyle = palette.text
  ctx.lineWidth = 1.5
  ctx.beginPath()
  ctx.moveTo(x0, start)
  ctx.bezierCurveTo(x0 + 24, start, x1 - 24, end, x1, end)
  ctx.stroke()
  ctx.beginPath()
  ctx.moveTo(x1, end)
  ctx.lineTo(x1 - 7, end - 4)
  ctx.lineTo(x1 - 7, end + 4)
  ctx.fill()
  ctx.beginPath()
  ctx.arc(x0, start, 3, 0, 2 * Math.PI)
  ctx.fill()
  ctx.restore()
}

function clipToLanes(ctx: CanvasRenderingContext2D, { width, height }: Paint): void {
  const gutter = gutterOf(width)
  ctx.beginPath()
  ctx.rect(gutter, RULER, width - gutter, height)
  ctx.clip()
}

/** The height at which a span is drawn on its P; null where that is not in sight. */
function middleOf(scene: Paint, row: number): number | null {
  const proc = scene.model.timeline.spans.proc[row] ?? -1
  const at = scene.rows.findIndex((one) => one.type === 'proc' && one.proc === proc)
  if (at < 0) return null
  const { top, height } = placeOf(scene.rows, at)
  return top - scene.scroll + height / 2
}

function paintRuler(ctx: CanvasRenderingContext2D, scene: Paint): void {
  const { window, width, palette } = scene
  const gutter = gutterOf(width)
  const step = tickStep((window.to - window.from) / Math.max(1, (width - gutter) / 90))
  ctx.fillStyle = palette.dim
  for (let ns = Math.ceil(window.from / step) * step; ns <= window.to; ns += step) {
    const x = xAt(scene, ns)
    ctx.fillRect(Math.round(x), RULER - 5, 1, 5)
    const words = ns === 0 ? '0' : formatNs(ns, step)
    ctx.fillText(words, Math.min(x + 3, width - ctx.measureText(words).width), 7)
  }
  ctx.fillStyle = palette.line
  ctx.fillRect(0, RULER - 1, width, 1)
}

/** The next of 1, 2, 5, 10, 20, … */
function tickStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least) ?? power * 10
}

/** Cut where it would not fit. A word's width is near enough its letters times the width of one. */
function fitText(ctx: CanvasRenderingContext2D, text: string, at: { x: number; y: number; width: number }): void {
  if (at.width < 12) return
  let shown = text
  if (ctx.measureText(shown).width > at.width) {
    const fits = Math.floor(text.length * (at.width / ctx.measureText(text).width)) - 1
    shown = fits > 1 ? `${text.slice(0, fits)}…` : ''
  }
  ctx.fillText(shown, at.x, at.y)
}
