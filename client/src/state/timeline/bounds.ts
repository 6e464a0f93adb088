import type { Bounds } from '../window.ts'
import type { Model } from './model.ts'

/** In nanoseconds. Nothing smaller is looked at: the runtime's clock has steps of tens of nanoseconds. */
export const MIN_WINDOW_NS = 500

/** The time of a trace, in nanoseconds. */
export function boundsOf({ timeline }: Model): Bounds {
  return { from: 0, to: timeline.lengthNs, least: MIN_WINDOW_NS }
}
