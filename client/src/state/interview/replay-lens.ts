import { centreOf, MovableWindow, type Steps } from '../movable-window.ts'
import type { ReplayPlayer } from './replay-player.ts'
import type { Span, TimedRun } from './replay-timeline.ts'

/** Nothing smaller is looked at, in milliseconds: at that, runs a second apart lie far from each other. */
export const LEAST_LENS_MS = 10_000
const STEPS: Steps = { zoom: 0.5, pan: 0.25 }
/** Where the reader's moment stands in what comes into view, from 0 to 1: while it plays there is room for what follows. */
const LEAD = { playing: 0.1, still: 0.5 } as const

/** How near the scrubber looks: a part of the interview's time, in which the reader's moment is kept when it moves. */
export class ReplayLens extends MovableWindow {
  readonly #player: ReplayPlayer

  constructor({ from, to }: Span, player: ReplayPlayer) {
    super({ from, to, least: LEAST_LENS_MS }, STEPS)
    this.#player = player
    let last = player.state.get().at
    player.state.subscribe(() => {
      const { at } = player.state.get()
      if (at !== last) this.#follow(at)
      last = at
    })
  }

  /** Whether all of the interview is in view. */
  get isWhole(): boolean {
    const { from, to } = this.window.get()
    return from <= this.bounds.from && to >= this.bounds.to
  }

  /** Brings some runs so near that they fill the middle third. */
  showRuns(runs: readonly TimedRun[]): void {
    const times = runs.map(({ at }) => at)
    const [first, last] = [Math.min(...times), Math.max(...times)]
    const around = Math.max(last - first, LEAST_LENS_MS / 3)
    this.show({ from: first - around, to: last + around })
  }

  #follow(at: number): void {
    const { from, to } = this.window.get()
    if (at >= from && at <= to) return
    const lead = this.#player.state.get().playing ? LEAD.playing : LEAD.still
    const start = at - lead * (to - from)
    this.show({ from: start, to: start + to - from })
  }

  /** The reader's moment where it is in view, else the middle. */
  protected middle(): number {
    const window = this.window.get()
    const { at } = this.#player.state.get()
    return at >= window.from && at <= window.to ? at : centreOf(window)
  }
}
