import { createStore, type Store } from '../store.ts'
import { type Bounds, clampWindow, panBy, type Window, zoomAt } from '../window.ts'
import type { ReplayPlayer } from './replay-player.ts'
import type { Span, TimedRun } from './replay-timeline.ts'

/** Nothing smaller is looked at, in milliseconds: at that, runs a second apart lie far from each other. */
export const LEAST_LENS_MS = 10_000
const ZOOM_STEP = 0.5
/** Part of what is in view that a key moves it by. */
const PAN_STEP = 0.25
/** Where the reader's moment stands in what comes into view, from 0 to 1: while it plays there is room for what follows. */
const LEAD = { playing: 0.1, still: 0.5 } as const

/** How near the scrubber looks: a part of the interview's time, in which the reader's moment is kept when it moves. */
export class ReplayLens {
  readonly window: Store<Window>
  readonly #bounds: Bounds
  readonly #player: ReplayPlayer

  constructor({ from, to }: Span, player: ReplayPlayer) {
    this.#bounds = { from, to, least: LEAST_LENS_MS }
    this.#player = player
    this.window = createStore<Window>({ from, to })
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
    return from <= this.#bounds.from && to >= this.#bounds.to
  }

  /** A factor below 1 goes nearer; the moment `at` stays where it is. */
  zoom(factor: number, at: number): void {
    this.window.update((window) => zoomAt(window, factor, at, this.#bounds))
  }

  zoomIn(): void {
    this.zoom(ZOOM_STEP, this.#middle())
  }

  zoomOut(): void {
    this.zoom(1 / ZOOM_STEP, this.#middle())
  }

  whole(): void {
    this.show(this.#bounds)
  }

  pan(ms: number): void {
    this.window.update((window) => panBy(window, ms, this.#bounds))
  }

  panStep(direction: 1 | -1): void {
    const { from, to } = this.window.get()
    this.pan(direction * PAN_STEP * (to - from))
  }

  show(window: Window): void {
    this.window.set(clampWindow(window, this.#bounds))
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
  #middle(): number {
    const { from, to } = this.window.get()
    const { at } = this.#player.state.get()
    return at >= from && at <= to ? at : (from + to) / 2
  }
}
