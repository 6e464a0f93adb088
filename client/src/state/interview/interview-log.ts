import { foldEntries, foldEntry, type Interview, type LoggedEntry, NEW_INTERVIEW } from '@sandbox/protocol'

/** The entries that this page has seen, and the interview that they make. */
export class InterviewLog {
  #entries: LoggedEntry[] = []
  #interview: Interview = NEW_INTERVIEW

  /** Begins anew with all there is. */
  replace(entries: readonly LoggedEntry[]): Interview {
    this.#entries = [...entries]
    this.#interview = foldEntries(this.#entries)
    return this.#interview
  }

  /** Takes in more. Some are shown later than they were written: then it is folded again from the start. */
  add(entries: readonly LoggedEntry[]): Interview {
    for (const entry of entries) this.#addOne(entry)
    return this.#interview
  }

  #addOne(entry: LoggedEntry): void {
    const at = this.#entries.findLastIndex(({ seq }) => seq <= entry.seq)
    if (this.#entries[at]?.seq === entry.seq) return
    const isLast = at === this.#entries.length - 1
    this.#entries.splice(at + 1, 0, entry)
    this.#interview = isLast ? foldEntry(this.#interview, entry) : foldEntries(this.#entries)
  }
}
