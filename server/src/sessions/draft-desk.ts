import type { DraftUpdate, KeptDraft } from '@sandbox/protocol'
import type { Log } from '../log.ts'
import type { DraftTable, Keeping } from '../store/draft-table.ts'

type Options = { table: DraftTable; log: Log; now?: () => number }

/**
 * Keeps what every person has written. The browser keeps it too, so that a store that fails costs nobody a line: it is
 * logged, and the answer is null.
 */
export class DraftDesk {
  readonly #table: DraftTable
  readonly #log: Log
  readonly #now: () => number

  constructor({ table, log, now = Date.now }: Options) {
    this.#table = table
    this.#log = log
    this.#now = now
  }

  /** The draft, or that there is none; null where that could not be read. */
  one(person: string, exercise: string): { draft: KeptDraft | null } | null {
    return this.#try(() => ({ draft: this.#table.one(person, exercise) }))
  }

  keep(person: string, exercise: string, update: DraftUpdate): Keeping | null {
    return this.#try(() => this.#table.keep(person, exercise, update, this.#now()))
  }

  /** Deletes all drafts of a person. False where it could not be done. */
  forget(person: string): boolean {
    return this.#try(() => this.#table.forget(person) ?? true) ?? false
  }

  /** Deletes what has become too old or too much. */
  tidy(): void {
    this.#try(() => this.#table.tidy(this.#now()))
  }

  #try<T>(act: () => T): T | null {
    try {
      return act()
    } catch (err) {
      this.#log.error({ err }, 'a draft could not be kept or read')
      return null
    }
  }
}
