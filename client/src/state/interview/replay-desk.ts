import type { ServerMessage } from '@sandbox/protocol'
import type { KeyValueStorage } from '../drafts.ts'
import type { Clock } from '../ports.ts'
import { loadTheme, saveTheme, type Theme } from '../preferences.ts'
import { foldRun, newRun, type RunState } from '../run.ts'
import { createStore, type Store } from '../store.ts'
import { Replay, type ReplaySource } from './replay.ts'
import { ReplayLens } from './replay-lens.ts'
import { ReplayPlayer } from './replay-player.ts'

export type ReplayLoad =
  /** So many entries of the log have come. */
  | { type: 'loading'; entries: number }
  | { type: 'failed'; sentence: string }
  | { type: 'ready'; replay: Replay; player: ReplayPlayer; lens: ReplayLens }

/** The evidence of a run, or why it cannot be shown. */
export type ReplayedRun = { type: 'loading' } | { type: 'failed'; sentence: string } | { type: 'ready'; run: RunState }

export interface ReplayParts {
  source: ReplaySource
  clock: Clock
  /** Shared by all tabs. */
  storage: KeyValueStorage
}

/** Runs whose evidence is held at once; those shown longest ago are let go. */
const MAX_RUNS = 16

/** An interview that is looked at again. Holds no DOM. */
export class ReplayDesk {
  readonly load: Store<ReplayLoad> = createStore<ReplayLoad>({ type: 'loading', entries: 0 })
  readonly runs: Store<ReadonlyMap<string, ReplayedRun>> = createStore<ReadonlyMap<string, ReplayedRun>>(new Map())
  readonly theme: Store<Theme>
  readonly #parts: ReplayParts
  #reading: Promise<void> | null = null

  constructor(parts: ReplayParts) {
    this.#parts = parts
    this.theme = createStore(loadTheme(parts.storage))
  }

  /** Fetches the log and reads it, once; can be asked again after it failed. */
  start(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      if (this.load.get().type === 'failed') this.#reading = null
    })
    return this.#reading
  }

  /** Fetches what a run told, once. */
  async needRun(id: string): Promise<void> {
    if (this.runs.get().has(id)) return
    this.#keepRun(id, { type: 'loading' })
    try {
      const run = foldedRun(await this.#parts.source.run(id))
      this.#keepRun(id, run ? { type: 'ready', run } : { type: 'failed', sentence: 'What this run told is not kept.' })
    } catch (error) {
      this.#keepRun(id, { type: 'failed', sentence: sentenceOf(error) })
    }
  }

  chooseTheme(theme: Theme): void {
    saveTheme(this.#parts.storage, theme)
    this.theme.set(theme)
  }

  async #read(): Promise<void> {
    const { source, clock } = this.#parts
    this.load.set({ type: 'loading', entries: 0 })
    try {
      const log = await source.log((entries) => this.load.set({ type: 'loading', entries }))
      if (log.length === 0) throw new Error('There is nothing in this interview to be replayed.')
      const replay = await Replay.read(log, () => new Promise((done) => void clock.after(0, done)))
      const player = new ReplayPlayer(replay.timeline, clock)
      this.load.set({ type: 'ready', replay, player, lens: new ReplayLens(replay.timeline, player) })
    } catch (error) {
      this.load.set({ type: 'failed', sentence: sentenceOf(error) })
    }
  }

  #keepRun(id: string, run: ReplayedRun): void {
    const others = [...this.runs.get()].filter(([other]) => other !== id).slice(1 - MAX_RUNS)
    this.runs.set(new Map([...others, [id, run]]))
  }
}

function foldedRun(messages: readonly ServerMessage[]): RunState | null {
  let run: RunState | null = null
  for (const message of messages) {
    if (message.type === 'run') run ??= newRun(message.run, 0)
    if (message.type === 'event' && run) run = foldRun(run, message)
  }
  return run
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
