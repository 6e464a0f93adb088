/** The part of some time that is looked at, in the unit of that time. */
export interface Window {
  from: number
  to: number
}

/** All the time that there is. */
export interface Bounds extends Window {
  /** Nothing smaller is looked at. */
  least: number
}

/** Moved and stretched as little as it takes to lie within its bounds. */
export function clampWindow({ from, to }: Window, bounds: Bounds): Window {
  const width = Math.min(Math.max(to - from, bounds.least), widthOf(bounds))
  const start = Math.min(Math.max(from, bounds.from), bounds.from + widthOf(bounds) - width)
  return { from: start, to: start + width }
}

/** A factor below 1 goes nearer; the moment `at` stays where it is. */
export function zoomAt({ from, to }: Window, factor: number, at: number, bounds: Bounds): Window {
  const width = Math.min(Math.max((to - from) * factor, bounds.least), widthOf(bounds))
  const part = to > from ? (at - from) / (to - from) : 0.5
  return clampWindow({ from: at - part * width, to: at + (1 - part) * width }, bounds)
}

export function panBy({ from, to }: Window, by: number, bounds: Bounds): Window {
  return clampWindow({ from: from + by, to: to + by }, bounds)
}

/** A window in which a span is seen with what is around it; the one given where the span is in it and large enough. */
export function windowAround(window: Window, { from, to }: Window, bounds: Bounds): Window {
  const isSeen = from >= window.from && to <= window.to && (to - from) * 200 > window.to - window.from
  if (isSeen) return window
  const around = Math.max((to - from) * 2, bounds.least)
  return clampWindow({ from: from - around, to: to + around }, bounds)
}

function widthOf({ from, to, least }: Bounds): number {
  return Math.max(to - from, least)
}
