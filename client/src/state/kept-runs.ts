import type { KeptLink } from '@sandbox/protocol'
import type { KeptRunSource, ReadRun } from './ports.ts'
import { foldRun, newRun, type RunState } from './run.ts'
import { createStore, type Store } from './store.ts'

/** How far the link to one of this person's runs has come. */
export type LinkState =
  | { type: 'keeping' }
  | ({ type: 'kept' } & KeptLink)
  | { type: 'deleted' }
  | { type: 'failed'; sentence: string }

/** A run that was opened by its link. */
export interface OpenedRun {
  /** The link's. */
  id: string
  run: RunState
  /** Milliseconds since the epoch. */
  expiresAt: number
  /** Whether this person kept it, and so may delete it. */
  own: boolean
}

/** The links to this person's runs, each kept on the server when it is first asked for. */
export class KeptRuns {
  /** By the run's own id. */
  readonly states: Store<ReadonlyMap<string, LinkState>> = createStore<ReadonlyMap<string, LinkState>>(new Map())
  readonly #source: KeptRunSource

  constructor(source: KeptRunSource) {
    this.#source = source
  }

  /** The id under which a run is kept, from now on at the latest. Fails with a sentence, which `states` tells too. */
  async keep(run: string): Promise<string> {
    const known = this.states.get().get(run)
    if (known?.type === 'kept') return known.id
    this.#set(run, { type: 'keeping' })
    try {
      const link = await this.#source.keep(run)
      this.#set(run, { type: 'kept', ...link })
      return link.id
    } catch (error) {
      this.#set(run, { type: 'failed', sentence: sentenceOf(error) })
      throw error
    }
  }

  /** Takes back the link to one of this person's runs. */
  async takeBack(run: string): Promise<void> {
    const known = this.states.get().get(run)
    if (known?.type !== 'kept') return
    try {
      await this.#source.remove(known.id)
      this.#set(run, { type: 'deleted' })
    } catch (error) {
      this.#set(run, { type: 'failed', sentence: sentenceOf(error) })
    }
  }

  /** The run behind a link; null where there is none any more. Fails with a sentence. */
  async open(id: string): Promise<OpenedRun | null> {
    const read = await this.#source.read(id)
    return read && { id, run: foldKept(id, read), expiresAt: read.kept.expiresAt, own: read.own }
  }

  #set(run: string, state: LinkState): void {
    this.states.update((links) => new Map(links).set(run, state))
  }
}

/** The same fold as of a run that goes on. It goes by the link's id: that is what its timeline is asked for with. */
function foldKept(id: string, { kept }: ReadRun): RunState {
  const [{ run }, ...events] = kept.messages
  return events.reduce(foldRun, newRun({ ...run, id }, 0))
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
