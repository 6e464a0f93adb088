import { foldEntry, type Interview, type LoggedEntry, NEW_INTERVIEW } from '@sandbox/protocol'

/** A folded interview is kept so often; entries in between are folded again. Folds share what they did not change. */
const CHECKPOINT_EVERY = 512

/** The interview as it was after each entry of its log. */
export class InterviewHistory {
  readonly #entries: LoggedEntry[] = []
  readonly #checkpoints: Interview[] = [NEW_INTERVIEW]
  #latest = NEW_INTERVIEW

  get latest(): Interview {
    return this.#latest
  }

  push(entry: LoggedEntry): void {
    this.#entries.push(entry)
    this.#latest = foldEntry(this.#latest, entry)
    if (this.#entries.length % CHECKPOINT_EVERY === 0) this.#checkpoints.push(this.#latest)
  }

  /** After the entry of this index; before the first, -1, there is nothing. */
  at(index: number): Interview {
    const count = Math.min(index + 1, this.#entries.length)
    const checkpoint = Math.floor(count / CHECKPOINT_EVERY)
    const rest = this.#entries.slice(checkpoint * CHECKPOINT_EVERY, count)
    return rest.reduce(foldEntry, this.#checkpoints[checkpoint] ?? NEW_INTERVIEW)
  }
}
