import type { EntryRow } from '../store/interview-table.ts'

/** Keeps entries, all or none, and throws where it cannot. */
export type Keep = (entries: EntryRow[]) => void

/** Called once: with null when the entries are on the disk, else with what kept them from it. */
export type Settled = (failure: unknown) => void

type Waiting = { entries: EntryRow[]; settled: Settled }

/** Between two writes at least so long, in milliseconds: each waits for the disk, and one takes whatever came meanwhile. */
const PAUSE_MS = 4

/**
 * Writes the entries of all interviews to the disk, in the order in which they came, many at a time. Nothing is
 * acknowledged and nobody else sees it before it is there.
 */
export class Journal {
  readonly #keep: Keep
  readonly #complain: (error: unknown) => void
  #waiting: Waiting[] = []
  #due: NodeJS.Timeout | null = null
  #lastAt = 0

  /** `complain` hears of what those who are told get wrong; it must not stop the others. */
  constructor(keep: Keep, complain: (error: unknown) => void) {
    this.#keep = keep
    this.#complain = complain
  }

  /** Entries that belong together are kept together. */
  append(entries: EntryRow[], settled: Settled): void {
    this.#waiting.push({ entries, settled })
    this.#due ??= setTimeout(() => this.flush(), Math.max(0, this.#lastAt + PAUSE_MS - performance.now()))
  }

  /** Writes what waits, now. */
  flush(): void {
    if (this.#due !== null) clearTimeout(this.#due)
    this.#due = null
    const batch = this.#waiting
    this.#waiting = []
    if (batch.length === 0) return
    const failure = this.#tryKeep(batch)
    this.#lastAt = performance.now()
    for (const { settled } of batch) this.#tell(settled, failure)
  }

  #tell(settled: Settled, failure: unknown): void {
    try {
      settled(failure)
    } catch (error) {
      this.#complain(error)
    }
  }

  #tryKeep(batch: Waiting[]): unknown {
    try {
      this.#keep(batch.flatMap(({ entries }) => entries))
      return null
    } catch (failure) {
      return failure
    }
  }
}
