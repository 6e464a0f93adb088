import type { TimelineSource } from './ports.ts'
import { createStore, type Store } from './store.ts'
import { Look } from './timeline/look.ts'
import { modelOf } from './timeline/model.ts'

/** How far a run's timeline has come. */
export type TimelineState = { type: 'loading' } | { type: 'failed'; sentence: string } | { type: 'ready'; look: Look }

/** Timelines that are kept in the page; the server keeps as many for longer. */
const MAX_MODELS = 3

/** The timelines that a person has looked at, by run, each fetched when it is first asked for. */
export class Timelines {
  readonly #source: TimelineSource
  readonly #states = new Map<string, Store<TimelineState>>()

  constructor(source: TimelineSource) {
    this.#source = source
  }

  /** The same store each time, as long as it is kept. */
  of(run: string): Store<TimelineState> {
    const known = this.#states.get(run)
    if (known) return known
    const state = createStore<TimelineState>({ type: 'loading' })
    this.#states.set(run, state)
    for (const oldest of this.#states.keys()) {
      if (this.#states.size <= MAX_MODELS) break
      this.#states.delete(oldest)
    }
    void this.#load(run, state)
    return state
  }

  /** Asks again for one that failed. */
  again(run: string): void {
    const state = this.#states.get(run)
    if (state?.get().type !== 'failed') return
    state.set({ type: 'loading' })
    void this.#load(run, state)
  }

  async #load(run: string, state: Store<TimelineState>): Promise<void> {
    try {
      state.set({ type: 'ready', look: new Look(modelOf(await this.#source.timeline(run))) })
    } catch (error) {
      state.set({ type: 'failed', sentence: error instanceof Error ? error.message : String(error) })
    }
  }
}
