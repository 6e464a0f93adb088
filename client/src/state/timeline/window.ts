/** The part of a timeline that is looked at, in nanoseconds. */
export interface Window {
  from: number
  to: number
}

/** Nothing smaller is looked at: the runtime's clock has steps of tens of nanoseconds. */
export const MIN_WINDOW_NS = 500

/** Moved and stretched as little as it takes to lie within a trace. */
export function clampWindow({ from, to }: Window, lengthNs: number): Window {
  const width = Math.min(Math.max(to - from, MIN_WINDOW_NS), Math.max(lengthNs, MIN_WINDOW_NS))
  const start = Math.min(Math.max(from, 0), Math.max(lengthNs, MIN_WINDOW_NS) - width)
  return { from: start, to: start + width }
}

/** A factor below 1 goes nearer; the moment `at` stays where it is. */
export function zoomAt({ from, to }: Window, factor: number, at: number, lengthNs: number): Window {
  const width = Math.min(Math.max((to - from) * factor, MIN_WINDOW_NS), Math.max(lengthNs, MIN_WINDOW_NS))
  const part = to > from ? (at - from) / (to - from) : 0.5
  return clampWindow({ from: at - part * width, to: at + (1 - part) * width }, lengthNs)
}

export function panBy({ from, to }: Window, ns: number, lengthNs: number): Window {
  return clampWindow({ from: from + ns, to: to + ns }, lengthNs)
}

/** A window in which a span is seen with what is around it; the one given where the span is in it and large enough. */
export function windowAround(window: Window, begin: number, end: number, lengthNs: number): Window {
  const isSeen = begin >= window.from && end <= window.to && (end - begin) * 200 > window.to - window.from
  if (isSeen) return window
  const around = Math.max((end - begin) * 2, MIN_WINDOW_NS)
  return clampWindow({ from: begin - around, to: end + around }, lengthNs)
}
