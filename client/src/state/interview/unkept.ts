import { z } from 'zod'
import type { KeyValueStorage } from '../drafts.ts'
import type { Clock } from '../ports.ts'
import { fromBase64, toBase64 } from './base64.ts'
import { fittingUpdates } from './fitting-updates.ts'
import type { OpenTabs } from './ports.ts'
import { QueuedAct } from './queued-act.ts'

/** What was done at a page and is not on the server's disk. */
export interface Unkept {
  /** Updates of the document, in order. */
  edits: Uint8Array[]
  acts: QueuedAct[]
}

/** Pause after a change before it is written, in milliseconds: what is kept sooner is never written. */
export const WRITE_PAUSE_MS = 300
/** What still waits is written again so often, in milliseconds: a sign that its tab is open. */
const HEARTBEAT_MS = 20_000
/** Where the browser cannot tell which tabs are open, one without a sign for so long is gone, in milliseconds. */
export const MAX_SILENCE_MS = 60_000
/** What is older is not brought to the server any more, in milliseconds. */
export const MAX_AGE_MS = 7 * 24 * 60 * 60 * 1000
/** Characters of one page's entry. */
export const MAX_UNKEPT_CHARS = 1024 * 1024
/** Updates of one entry: few, because they are laid together. */
const MAX_UNKEPT_EDITS = 10_000
/** Entries of pages that are looked at to be taken over. */
const MAX_TAKEN_OVER = 8

const Edit = z.base64().max(MAX_UNKEPT_CHARS)

/** `edits` was one update or null in what pages wrote before. */
const Entry = z.object({
  edits: z.union([
    z.array(Edit).max(MAX_UNKEPT_EDITS),
    Edit.nullable().transform((one) => (one === null ? [] : [one])),
  ]),
  acts: z.array(QueuedAct).max(1000),
  /** Milliseconds since the epoch. */
  writtenAt: z.number(),
  /** Its page said goodbye. */
  isLeft: z.boolean(),
})
type Entry = z.infer<typeof Entry>

export interface UnkeptKeeperParts {
  storage: KeyValueStorage
  clock: Clock
  /** Null where the browser cannot tell. */
  tabs: OpenTabs | null
  /** The interview's key. */
  interview: string
  /** This page's own name: every tab has an entry of its own. */
  page: string
  unkept(): Unkept
  /** Whether there is nothing of the kind: asked at every keystroke. */
  isEmpty(): boolean
}

/** Keeps in the browser what the server does not have yet, so that a reload without a connection loses nothing. */
export class UnkeptKeeper {
  readonly #parts: UnkeptKeeperParts
  readonly #prefix: string
  readonly #key: string
  #cancel: (() => void) | null = null
  #cancelHeartbeat: (() => void) | null = null
  #isWritten = false

  constructor(parts: UnkeptKeeperParts) {
    this.#parts = parts
    this.#prefix = `interview:${parts.interview}:`
    this.#key = `${this.#prefix}${parts.page}`
    parts.tabs?.hold(this.#key)
  }

  /**
   * Hands `take` what each page wrote that is gone; it becomes this page's. A tab that is still open, and only offline, sends
   * its own. What cannot be read or is too old is thrown away.
   */
  async takeOver(take: (unkept: Unkept) => void): Promise<void> {
    for (const key of this.#others()) {
      const entry = readEntry(this.#parts.storage, key)
      if (entry === null || this.#ageOf(entry) > MAX_AGE_MS) this.#parts.storage.removeItem(key)
      else await this.#ifGone({ key, entry }, () => this.#take(key, take))
    }
  }

  async #ifGone({ key, entry }: { key: string; entry: Entry }, act: () => void): Promise<void> {
    const { tabs } = this.#parts
    // A page that is loaded again must find its own, although its lock may not be free yet.
    if (entry.isLeft) act()
    else if (tabs) await tabs.ifGone(key, act)
    else if (this.#ageOf(entry) > MAX_SILENCE_MS) act()
  }

  /** Read once more: its tab, or another that takes over, may have changed it in the meantime. */
  #take(key: string, take: (unkept: Unkept) => void): void {
    const { storage } = this.#parts
    const entry = readEntry(storage, key)
    if (entry === null) return
    storage.removeItem(key)
    take({ edits: entry.edits.map(fromBase64), acts: entry.acts })
    this.writeNow()
  }

  #ageOf({ writtenAt }: Entry): number {
    return this.#parts.clock.now() - writtenAt
  }

  #others(): string[] {
    const { storage } = this.#parts
    try {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index))
      const isOther = (key: string | null): key is string => key?.startsWith(this.#prefix) === true && key !== this.#key
      return keys.filter(isOther).slice(0, MAX_TAKEN_OVER)
    } catch {
      return []
    }
  }

  /** Something waits, or does not wait any more. */
  changed(): void {
    if (this.#parts.isEmpty()) this.writeNow()
    else this.#cancel ??= this.#parts.clock.after(WRITE_PAUSE_MS, () => this.writeNow())
  }

  /** Writes what waits, at once. `isLeft`: the page goes, and whoever comes may take it over. */
  writeNow({ isLeft = false }: { isLeft?: boolean } = {}): void {
    this.#cancel?.()
    this.#cancel = null
    this.#cancelHeartbeat?.()
    this.#cancelHeartbeat = null
    const isEmpty = this.#parts.isEmpty()
    if (isEmpty && !this.#isWritten) return
    try {
      if (isEmpty) this.#parts.storage.removeItem(this.#key)
      else this.#write(isLeft)
      this.#isWritten = !isEmpty
    } catch {
      // A full storage: then it lasts as long as this page.
    }
    if (!isEmpty) this.#cancelHeartbeat = this.#parts.clock.after(HEARTBEAT_MS, () => this.writeNow())
  }

  #write(isLeft: boolean): void {
    const { edits, acts } = this.#parts.unkept()
    const fitting = fittingUpdates(edits).map(toBase64)
    const entry: Entry = { edits: fitting, acts, writtenAt: this.#parts.clock.now(), isLeft }
    const text = JSON.stringify(entry)
    if (text.length <= MAX_UNKEPT_CHARS) this.#parts.storage.setItem(this.#key, text)
  }
}

function readEntry(storage: KeyValueStorage, key: string): Entry | null {
  try {
    return Entry.parse(JSON.parse(storage.getItem(key) ?? ''))
  } catch {
    return null
  }
}
