import { createStore, type Store } from './store.ts'
import { type Bounds, clampWindow, panBy, type Window, zoomAt } from './window.ts'

/** What one key does. */
export interface Steps {
  /** Factor of the width; below 1. */
  zoom: number
  /** Part of what is in view that it is moved by. */
  pan: number
}

/** A window of time as a person moves it: zooming and panning are the same wherever there is a time axis. */
export abstract class MovableWindow {
  readonly window: Store<Window>
  protected readonly bounds: Bounds
  readonly #steps: Steps

  /** At first all of the time is in view. */
  constructor(bounds: Bounds, steps: Steps) {
    this.bounds = bounds
    this.#steps = steps
    this.window = createStore<Window>({ from: bounds.from, to: bounds.to })
  }

  /** What stays where it is when a key zooms. */
  protected abstract middle(): number

  /** A factor below 1 goes nearer; the moment `at` stays where it is. */
  zoom(factor: number, at = centreOf(this.window.get())): void {
    this.window.update((window) => zoomAt(window, factor, at, this.bounds))
  }

  zoomIn(): void {
    this.zoom(this.#steps.zoom, this.middle())
  }

  zoomOut(): void {
    this.zoom(1 / this.#steps.zoom, this.middle())
  }

  whole(): void {
    this.show(this.bounds)
  }

  pan(by: number): void {
    this.window.update((window) => panBy(window, by, this.bounds))
  }

  panStep(direction: 1 | -1): void {
    const { from, to } = this.window.get()
    this.pan(direction * this.#steps.pan * (to - from))
  }

  show(window: Window): void {
    this.window.set(clampWindow(window, this.bounds))
  }
}

export function centreOf({ from, to }: Window): number {
  return (from + to) / 2
}
