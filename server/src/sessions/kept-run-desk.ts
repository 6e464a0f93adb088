import type { Log } from '../log.ts'
import type { Run, RunRegistry } from '../runs/run-registry.ts'
import type { Keeping, KeptRunsTable } from '../store/kept-runs-table.ts'

type Options = { table: KeptRunsTable; registry: RunRegistry; log: Log; now?: () => number }

/** What became of the wish to keep a run. */
export type RunKeeping = Keeping | { type: 'refused'; reason: 'unknown' | 'unfinished' | 'failed' }

/** Keeps runs for who may be shown them. Only the log that the server wrote is kept: nothing that a page says of a run. */
export class KeptRunDesk {
  readonly #table: KeptRunsTable
  readonly #registry: RunRegistry
  readonly #log: Log
  readonly #now: () => number

  constructor({ table, registry, log, now = Date.now }: Options) {
    this.#table = table
    this.#registry = registry
    this.#log = log
    this.#now = now
  }

  /** Keeps an ended run of this person. */
  async keep(person: string, id: string): Promise<RunKeeping> {
    const run = this.#registry.runsOf(person).find((one) => one.id === id)
    if (run === undefined) return { type: 'refused', reason: 'unknown' }
    if (run.state.type !== 'ended') return { type: 'refused', reason: 'unfinished' }
    const messages = messagesOf(run)
    try {
      const timeline = await this.#registry.timelineOf(person, id)
      return await this.#table.keep({ owner: { name: person }, run: id, messages, timeline }, this.#now())
    } catch (err) {
      this.#complain(err)
      return { type: 'refused', reason: 'failed' }
    }
  }

  /** A `KeptRun` as gzipped JSON, and whether this person may delete it; null where there is none of that id. */
  read(person: string, id: string): { content: Buffer; own: boolean } | null {
    return this.#try(() => this.#table.read(id, { name: person }, this.#now()), null)
  }

  /** What the scheduler did in a run, as gzipped JSON: one of this person that is still known, or a kept one. */
  async timelineOf(person: string, id: string): Promise<Buffer | null> {
    const own = await this.#registry.timelineOf(person, id)
    return own ?? this.#try(() => this.#table.timelineOf(id, this.#now()), null)
  }

  /** False where this person keeps no such run. */
  delete(person: string, id: string): boolean {
    return this.#try(() => this.#table.delete(id, { name: person }), false)
  }

  /** Deletes all that a person keeps. False where it could not be done. */
  forget(person: string): boolean {
    return this.#try(() => {
      this.#table.forget({ name: person })
      return true
    }, false)
  }

  /** Deletes what was kept long enough. */
  tidy(): void {
    this.#try(() => this.#table.tidy(this.#now()), undefined)
  }

  #try<T>(act: () => T, failed: T): T {
    try {
      return act()
    } catch (err) {
      this.#complain(err)
      return failed
    }
  }

  #complain(err: unknown): void {
    this.#log.error({ err }, 'a run could not be kept or read')
  }
}

function messagesOf({ log }: Run): Buffer[] {
  const events = Array.from({ length: log.length }, (_, index) => log.frameAfter(index) ?? Buffer.alloc(0))
  return [log.announcement, ...events]
}
