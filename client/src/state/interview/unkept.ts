import { Act } from '@sandbox/protocol'
import { mergeUpdates } from 'yjs'
import { z } from 'zod'
import type { KeyValueStorage } from '../drafts.ts'
import type { Clock } from '../ports.ts'
import { fromBase64, toBase64 } from './base64.ts'

/** What was done at a page and is not on the server's disk. */
export interface Unkept {
  /** Updates of the document, in order. */
  edits: Uint8Array[]
  acts: Act[]
}

/** Pause after a change before it is written, in milliseconds: what is kept sooner is never written. */
export const WRITE_PAUSE_MS = 300
/** Characters of one page's entry. */
export const MAX_UNKEPT_CHARS = 1024 * 1024
/** Entries of pages that were left that are taken over. */
const MAX_TAKEN_OVER = 8

const Entry = z.object({ edits: z.base64().max(MAX_UNKEPT_CHARS).nullable(), acts: z.array(Act).max(1000) })

export interface UnkeptKeeperParts {
  storage: KeyValueStorage
  clock: Clock
  /** The interview's key. */
  interview: string
  /** This page's own name: every tab has an entry of its own. */
  page: string
  unkept(): Unkept
}

/** Keeps in the browser what the server does not have yet, so that a reload without a connection loses nothing. */
export class UnkeptKeeper {
  readonly #parts: UnkeptKeeperParts
  readonly #prefix: string
  readonly #key: string
  #cancel: (() => void) | null = null
  #isWritten = false

  constructor(parts: UnkeptKeeperParts) {
    this.#parts = parts
    this.#prefix = `interview:${parts.interview}:`
    this.#key = `${this.#prefix}${parts.page}`
  }

  /** What pages that were left have written; they become this page's. What cannot be read is none. */
  takeOver(): Unkept {
    const { storage } = this.#parts
    const found: Unkept = { edits: [], acts: [] }
    for (const key of this.#keys()) {
      const entry = readEntry(storage, key)
      storage.removeItem(key)
      found.edits.push(...entry.edits)
      found.acts.push(...entry.acts)
    }
    return found
  }

  #keys(): string[] {
    const { storage } = this.#parts
    try {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
      return keys.filter((key) => key?.startsWith(this.#prefix) === true).slice(0, MAX_TAKEN_OVER) as string[]
    } catch {
      return []
    }
  }

  /** Something waits, or does not wait any more. */
  changed(): void {
    if (this.#isEmpty()) this.writeNow()
    else this.#cancel ??= this.#parts.clock.after(WRITE_PAUSE_MS, () => this.writeNow())
  }

  #isEmpty(): boolean {
    const { edits, acts } = this.#parts.unkept()
    return edits.length === 0 && acts.length === 0
  }

  /** Writes what waits, at once. */
  writeNow(): void {
    this.#cancel?.()
    this.#cancel = null
    const { edits, acts } = this.#parts.unkept()
    const isEmpty = edits.length === 0 && acts.length === 0
    if (isEmpty && !this.#isWritten) return
    try {
      if (isEmpty) this.#parts.storage.removeItem(this.#key)
      else this.#write({ edits: edits.length === 0 ? null : toBase64(mergeUpdates(edits)), acts })
      this.#isWritten = !isEmpty
    } catch {
      // A full storage: then it lasts as long as this page.
    }
  }

  #write(entry: z.infer<typeof Entry>): void {
    const text = JSON.stringify(entry)
    if (text.length <= MAX_UNKEPT_CHARS) this.#parts.storage.setItem(this.#key, text)
  }
}

function readEntry(storage: KeyValueStorage, key: string): Unkept {
  try {
    const { edits, acts } = Entry.parse(JSON.parse(storage.getItem(key) ?? ''))
    return { edits: edits === null ? [] : [fromBase64(edits)], acts }
  } catch {
    return { edits: [], acts: [] }
  }
}
