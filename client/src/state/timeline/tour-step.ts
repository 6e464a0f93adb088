import { GoState } from '@sandbox/protocol'
import { clampWindow, type Window } from '../window.ts'
import { boundsOf, MIN_WINDOW_NS } from './bounds.ts'
import { formatNs, type Model, neighbourOf } from './model.ts'
import type { StoryPart } from './story.ts'

/** One stop of the guided tour, made of what this trace shows. */
export interface TourStep {
  title: string
  sentences: StoryPart[][]
  window: Window
  /** The span that is spoken of; -1 where it is all of them. */
  row: number
  /** Goroutines whose rows are of use here. */
  goroutines: number[]
}

export const text = (words: string): StoryPart => ({ type: 'text', text: words })

/** The goroutine of a span, with the way to it. */
export function idOf(model: Model, row: number): StoryPart {
  const g = model.timeline.spans.goroutine[row] ?? -1
  return { type: 'goroutine', id: model.timeline.goroutines.id[g] ?? 0, row }
}

/** How long a span took, in words. */
export function lengthOf(model: Model, row: number): string {
  return formatNs((model.end[row] ?? 0) - (model.begin[row] ?? 0))
}

/** Whether a goroutine that somebody made runnable ran on another P than where that happened. */
export function moves(model: Model, queued: number): boolean {
  const { state, proc, reason } = model.timeline.spans
  // Whoever was interrupted or gave way went into the global queue: nobody stole it.
  if (state[queued] !== GoState.runnable || (reason[queued] ?? -1) >= 0) return false
  const again = neighbourOf(model, queued, 1)
  const [from, to] = [proc[queued] ?? -1, proc[again] ?? -1]
  return state[again] === GoState.running && from >= 0 && to >= 0 && from !== to
}

/** A window in which a time fills the middle third. */
export function around(model: Model, from: number, to: number): Window {
  const length = Math.max(to - from, MIN_WINDOW_NS)
  return clampWindow({ from: from - length, to: to + length }, boundsOf(model))
}
