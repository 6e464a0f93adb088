import { smallestEdit } from '../smallest-edit.ts'

/** A whole text is kept so often; between two of them only what was replaced. */
const CHECKPOINT_EVERY = 256

type Splice = ReturnType<typeof smallestEdit>

interface Version {
  /** Of the log's entries. */
  index: number
  /** What became of the version before; null where the file was not there, or is not there any more. */
  splice: Splice | null
  /** Kept at checkpoints, and where the file comes or goes. */
  whole: { text: string | null } | null
}

/** Every text that one file ever had, in order. A text from far back costs at most a few hundred replacements. */
export class FileHistory {
  readonly #versions: Version[] = []
  #latest: string | null = null

  get latest(): string | null {
    return this.#latest
  }

  /** The text after the entry of this index, which is later than all before; null: the file is gone. Returns what was replaced. */
  push(index: number, text: string | null): Splice | null {
    const before = this.#latest
    const splice = before === null || text === null ? null : smallestEdit(before, text)
    const isWhole = splice === null || this.#versions.length % CHECKPOINT_EVERY === 0
    this.#versions.push({ index, splice, whole: isWhole ? { text } : null })
    this.#latest = text
    return splice
  }

  /** The text as it was after the entry of this index; null where the file was not there. */
  at(index: number): string | null {
    const last = lastUpTo(this.#versions, index, (version) => version.index)
    if (last < 0) return null
    let from = last
    while (from > 0 && this.#versions[from]?.whole === null) from--
    let text = this.#versions[from]?.whole?.text ?? ''
    for (const { splice } of this.#versions.slice(from + 1, last + 1)) if (splice) text = replaced(text, splice)
    return this.#versions[last]?.whole?.text === null ? null : text
  }
}

function replaced(text: string, { start, end, insert }: Splice): string {
  return text.slice(0, start) + insert + text.slice(end)
}

/** Index of the last item whose key is at most `key`, in a list that ascends by it; -1 where there is none. */
export function lastUpTo<T>(list: readonly T[], key: number, keyOf: (item: T) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const item = list[middle]
    if (item !== undefined && keyOf(item) <= key) low = middle + 1
    else high = middle
  }
  return low - 1
}
