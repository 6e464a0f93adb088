import { type Collection, MAX_COLLECTIONS } from '@sandbox/protocol'
import { LineSplitter } from './lines.ts'

/**
 * A line of GODEBUG=gctrace=1 (package runtime's documentation):
 * gc 1 @0.012s 2%: 0.03+0.5+0.01 ms clock, 0.1+… ms cpu, 4->4->1 MB, 4 MB goal, 0 MB stacks, 0 MB globals, 4 P (forced)
 */
const ROUND =
  /^gc \d+ @(\d+\.\d+)s \d+%: (\d+(?:\.\d+)?)\+\d+(?:\.\d+)?\+(\d+(?:\.\d+)?) ms clock, .* (\d+)->\d+->(\d+) MB, \d+ MB goal,.*\d P$/

/** Reads what the collector says of its rounds; what else stands on descriptor 2, and rounds that somebody forced, is passed over. */
export class GcTraceParser {
  readonly #lines = new LineSplitter()
  #collections: Collection[] = []
  /** Every so manieth round is kept: it doubles whenever there are too many. */
  #step = 1
  #total = 0
  #pausedMs = 0

  push(bytes: Uint8Array): void {
    for (const line of this.#lines.push(bytes)) this.#line(line)
  }

  end(): { collections: Collection[]; total: number; pausedMs: number } {
    for (const line of this.#lines.end()) this.#line(line)
    return { collections: this.#collections, total: this.#total, pausedMs: this.#pausedMs }
  }

  #line(line: string): void {
    const found = ROUND.exec(line)
    if (!found) return
    const [at = 0, first = 0, second = 0, beforeMb = 0, liveMb = 0] = found.slice(1).map(Number)
    const collection = { atMs: at * 1000, pauseMs: first + second, beforeMb, liveMb }
    this.#pausedMs += collection.pauseMs
    if (this.#total % this.#step === 0) this.#keep(collection)
    this.#total++
  }

  #keep(collection: Collection): void {
    this.#collections.push(collection)
    if (this.#collections.length < MAX_COLLECTIONS) return
    this.#collections = this.#collections.filter((_, index) => index % 2 === 0)
    this.#step *= 2
  }
}
