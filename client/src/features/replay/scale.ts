import type { Window } from '../../state/window.ts'

/** Where moments lie on a drawing of a window of time. */
export interface Scale {
  window: Window
  /** Pixels. */
  width: number
  msPerPx: number
  /** In pixels; what is out of view lies outside. */
  x: (at: number) => number
  /** As `x`; what is out of view lies at the nearer edge. */
  edge: (at: number) => number
  /** Whether any of a stretch of time is in view. */
  has: (from: number, to?: number) => boolean
}

export function scaleOf(window: Window, width: number): Scale {
  const { from, to } = window
  const msPerPx = (to - from) / Math.max(1, width)
  const x = (at: number) => (at - from) / msPerPx
  return {
    window,
    width,
    msPerPx,
    x,
    edge: (at) => Math.min(width, Math.max(0, x(at))),
    has: (begin, end = begin) => end >= from && begin <= to,
  }
}

/** The moment at a place, in pixels from the left. */
export function momentAt({ window, msPerPx }: Scale, px: number): number {
  return window.from + px * msPerPx
}
