/** Rows of a list that are drawn, and how much room the others take above and below, in CSS pixels. */
export interface RowRange {
  from: number
  /** Not drawn itself. */
  to: number
  above: number
  below: number
}

/** Rows are added and removed so many at a time, so that a frame of scrolling seldom changes anything. */
const STEP = 8

/** The rows that lie between two heights of the list, by the height of each. */
export function rowsBetween(heights: readonly number[], top: number, bottom: number): RowRange {
  let end = 0
  let from = 0
  let to = 0
  for (const [index, height] of heights.entries()) {
    end += height
    if (end <= top) from = index + 1
    if (end - height < bottom) to = index + 1
  }
  const first = Math.floor(from / STEP) * STEP
  const last = Math.min(heights.length, Math.ceil(Math.max(to, first + 1) / STEP) * STEP)
  return { from: first, to: last, above: sum(heights.slice(0, first)), below: sum(heights.slice(last)) }
}

function sum(heights: readonly number[]): number {
  return heights.reduce((total, height) => total + height, 0)
}
