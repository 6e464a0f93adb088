import type { Model } from '../../state/timeline/model.ts'
import { spanAt } from '../../state/timeline/reduce.ts'
import { laneOfRow, type ViewRow } from '../../state/timeline/rows.ts'
import type { Window } from '../../state/window.ts'

/** What is drawn, in CSS pixels. */
export interface Scene {
  model: Model
  rows: ViewRow[]
  window: Window
  width: number
  height: number
  /** How far the rows are scrolled. */
  scroll: number
}

export const RULER = 20
const HEIGHTS = { gc: 14, proc: 26, goroutine: 18 } as const satisfies Record<ViewRow['type'], number>
/** Between the Ps and the goroutines. */
const GAP = 8
/** A pointer may miss a span by so many pixels. */
const TOLERANCE = 4

/** Where the lanes begin, right of their labels. */
export function gutterOf(width: number): number {
  return width < 480 ? 64 : 132
}

export interface Place {
  top: number
  height: number
}

/**
 * Where a row lies, without scrolling. Worked out, not listed: there may be fifty thousand rows of goroutines, and they all
 * come last.
 */
export function placeOf(rows: ViewRow[], at: number): Place {
  const others = firstGoroutine(rows)
  const above = rows.slice(0, Math.min(at, others)).reduce((sum, { type }) => sum + HEIGHTS[type], RULER)
  if (at < others) return { top: above, height: HEIGHTS[rows[at]?.type ?? 'proc'] }
  return { top: above + GAP + (at - others) * HEIGHTS.goroutine, height: HEIGHTS.goroutine }
}

function firstGoroutine(rows: ViewRow[]): number {
  const found = rows.findIndex(({ type }) => type === 'goroutine')
  return found < 0 ? rows.length : found
}

/** Height of all rows together with the ruler. */
export function heightOf(rows: ViewRow[]): number {
  if (rows.length === 0) return RULER
  const { top, height } = placeOf(rows, rows.length - 1)
  return top + height + 4
}

export function nsAt({ window, width }: Scene, x: number): number {
  const gutter = gutterOf(width)
  return window.from + ((x - gutter) / Math.max(1, width - gutter)) * (window.to - window.from)
}

export function xAt({ window, width }: Scene, ns: number): number {
  const gutter = gutterOf(width)
  return gutter + ((ns - window.from) / (window.to - window.from)) * (width - gutter)
}

/** What lies under a point; null where nothing does. */
export function hit(scene: Scene, x: number, y: number): { row: number; on: 'proc' | 'goroutine' } | null {
  if (x < gutterOf(scene.width) || y < RULER) return null
  const line = scene.rows[lineAt(scene, y)]
  const lane = line && laneOfRow(scene.model, line)
  if (!line || !lane || line.type === 'gc') return null
  const perPixel = (scene.window.to - scene.window.from) / Math.max(1, scene.width - gutterOf(scene.width))
  const row = spanAt(lane, nsAt(scene, x), TOLERANCE * perPixel)
  return row < 0 ? null : { row, on: line.type }
}

/** Position of the row under a height; -1 where there is none. */
export function lineAt({ rows, scroll }: Scene, y: number): number {
  const at = y + scroll
  const others = firstGoroutine(rows)
  const above = rows.slice(0, others).findIndex((_, index) => isWithin(placeOf(rows, index), at))
  if (above >= 0 || others === rows.length) return above
  const goroutine = others + Math.floor((at - placeOf(rows, others).top) / HEIGHTS.goroutine)
  return goroutine >= others && goroutine < rows.length ? goroutine : -1
}

function isWithin({ top, height }: Place, y: number): boolean {
  return y >= top && y < top + height
}

/** The rows that are in sight, by position: from the first to the one after the last. */
export function visibleRows({ rows, scroll, height }: Scene): [from: number, to: number] {
  const others = firstGoroutine(rows)
  if (others === rows.length) return [0, rows.length]
  const top = placeOf(rows, others).top
  const from = others + Math.max(0, Math.floor((scroll + RULER - top) / HEIGHTS.goroutine))
  const to = others + Math.max(0, Math.ceil((scroll + height - top) / HEIGHTS.goroutine))
  return [from > others ? from : 0, Math.min(to, rows.length)]
}
