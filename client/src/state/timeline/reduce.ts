import type { Window } from '../window.ts'
import { firstAfter, type Lane } from './model.ts'

/** A bar to be drawn: `share` of its width is filled by spans, `row` is the longest of them. */
export type Emit = (x: number, width: number, row: number, share: number) => void

/**
 * Draws a lane with at most two bars for each pixel, however many spans there are: those narrower than a pixel are taken
 * together. `width` is the number of pixels on which the window is shown.
 */
export function reduceLane(lane: Lane, window: Window, width: number, emit: Emit): void {
  const { rows, begin, end } = lane
  const scale = width / (window.to - window.from)
  let pixel = -1
  let filled = 0
  let longest = 0
  let row = -1
  for (let at = firstAfter(lane, window.from); at < rows.length; at++) {
    const from = begin[at] ?? 0
    if (from >= window.to) break
    const x = Math.max(0, (from - window.from) * scale)
    const size = Math.min(width, ((end[at] ?? 0) - window.from) * scale) - x
    const column = Math.floor(x)
    if (pixel >= 0 && (size >= 1 || column !== pixel)) {
      emit(pixel, 1, row, Math.min(1, filled))
      pixel = -1
    }
    if (size >= 1) {
      emit(x, size, rows[at] ?? -1, 1)
      continue
    }
    if (pixel < 0) {
      pixel = column
      filled = 0
      longest = -1
    }
    filled += size
    if (size > longest) {
      longest = size
      row = rows[at] ?? -1
    }
  }
  if (pixel >= 0) emit(pixel, 1, row, Math.min(1, filled))
}

/** The span of a lane at a moment, or the nearest one within `tolerance` nanoseconds; -1 where there is none. */
export function spanAt(lane: Lane, ns: number, tolerance: number): number {
  const after = firstAfter(lane, ns)
  const distance = (at: number) => {
    if (at < 0 || at >= lane.rows.length) return Number.POSITIVE_INFINITY
    return Math.max((lane.begin[at] ?? 0) - ns, ns - (lane.end[at] ?? 0), 0)
  }
  const nearest = distance(after - 1) < distance(after) ? after - 1 : after
  return distance(nearest) <= tolerance ? (lane.rows[nearest] ?? -1) : -1
}

/** How many of the lanes are busy in each of `width` columns of the whole trace, as a mean: what the minimap draws. */
export function load(lanes: readonly Lane[], lengthNs: number, width: number): Float64Array {
  const columns = new Float64Array(width)
  const perColumn = Math.max(lengthNs, 1) / width
  for (const { begin, end } of lanes) {
    for (let at = 0; at < begin.length; at++) {
      const from = (begin[at] ?? 0) / perColumn
      const to = Math.min(width, (end[at] ?? 0) / perColumn)
      for (let column = Math.floor(from); column < to; column++) {
        columns[column] = (columns[column] ?? 0) + Math.min(to, column + 1) - Math.max(from, column)
      }
    }
  }
  return columns
}
