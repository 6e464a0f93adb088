import type { DraftUpdate, KeptDraft } from '@sandbox/protocol'
import { z } from 'zod'
import { draftKey, type KeyValueStorage, otherKey, readRaw, readVersion, type Version, writeVersion } from './drafts.ts'
import type { Clock } from './ports.ts'
import { snapshotName } from './snapshot.ts'
import { createStore, type Store } from './store.ts'
import { sameFiles } from './workspace.ts'

/** The drafts that the server keeps of this person. */
export interface DraftServer {
  /** Null where there is none. */
  read(exercise: string): Promise<KeptDraft | null>
  /** Not kept where the server has a revision that the update was not made from: that is the answer then. */
  keep(exercise: string, update: DraftUpdate): Promise<{ kept: boolean; draft: KeptDraft }>
}

/** Whether the server has what the browser has. */
export type SyncState = 'unknown' | 'kept' | 'waiting' | 'unreachable'

export interface SyncParts {
  server: DraftServer
  /** Shared by all tabs. */
  storage: KeyValueStorage
  clock: Clock
  /** Another version was laid beside the draft, at this key of the storage. */
  laidBeside(key: string): void
  /** The draft was replaced by one that goes on from it. */
  replaced(): void
}

/** Pause after the last save before the server is told, in milliseconds. */
export const SYNC_PAUSE_MS = 2000
/** After a failure, in milliseconds. */
const RETRY_MS = 15_000

/** The id under which the server's version lies beside one's own. */
export const SERVER_VERSION = 'server'

const Synced = z.object({ revision: z.number().int().nonnegative(), snapshot: z.string() })
type Synced = z.infer<typeof Synced>

const NEVER_SYNCED: Synced = { revision: 0, snapshot: '' }

/**
 * Keeps the browser's common version of the open exercise and the server's the same. The browser's is what a person
 * edits; the server's is for another browser. Where both have changed, neither is overwritten: the server's is laid
 * beside the browser's as one more version, and told once a person has settled which one goes on.
 */
export class DraftSync {
  readonly state: Store<SyncState> = createStore<SyncState>('unknown')
  readonly #parts: SyncParts
  #exercise: string | null = null
  #cancelNext: (() => void) | null = null
  /** What is under way; the next begins when it has ended. */
  #work: Promise<void> = Promise.resolve()

  constructor(parts: SyncParts) {
    this.#parts = parts
  }

  /** An exercise was opened: what the server has of it is fetched, and told what it does not have. */
  opened(exercise: string): void {
    if (this.#exercise !== null && this.#cancelNext) this.flush()
    this.#exercise = exercise
    this.state.set('unknown')
    this.#enqueue(exercise, async () => {
      const theirs = await this.#parts.server.read(exercise)
      if (theirs) this.#reconcile(exercise, theirs)
      await this.#push(exercise)
    })
  }

  /** The browser's draft was written. */
  saved(): void {
    if (this.#exercise === null || this.#isSynced(this.#exercise)) return
    this.state.set('waiting')
    this.#again(SYNC_PAUSE_MS)
  }

  /** Tells the server now what waits to be told. */
  flush(): void {
    const exercise = this.#exercise
    if (exercise === null || !this.#cancelNext) return
    this.#cancelNext()
    this.#cancelNext = null
    this.#enqueue(exercise, () => this.#push(exercise))
  }

  /** Resolves when what is under way has ended. */
  async settled(): Promise<void> {
    await this.#work
  }

  #again(ms: number): void {
    this.#cancelNext?.()
    this.#cancelNext = this.#parts.clock.after(ms, () => this.flush())
  }

  #enqueue(exercise: string, act: () => Promise<void>): void {
    this.#work = this.#work.then(act).then(
      () => this.#tellState(exercise, this.#isSynced(exercise) ? 'kept' : 'waiting'),
      () => this.#failed(exercise),
    )
  }

  #failed(exercise: string): void {
    this.#tellState(exercise, 'unreachable')
    if (exercise === this.#exercise && !this.#cancelNext) this.#again(RETRY_MS)
  }

  #tellState(exercise: string, state: SyncState): void {
    if (exercise === this.#exercise && this.state.get() !== state) this.state.set(state)
  }

  async #push(exercise: string): Promise<void> {
    const mine = this.#mine(exercise)
    if (!mine || this.#isSynced(exercise)) return
    const { kept, draft } = await this.#parts.server.keep(exercise, {
      ...mine.draft,
      base: this.#synced(exercise).revision,
    })
    if (kept) this.#remember(exercise, draft)
    else if (this.#reconcile(exercise, draft)) await this.#push(exercise)
  }

  /** Takes in what the server has. True where the browser's version replaces it knowingly, and may be told. */
  #reconcile(exercise: string, theirs: KeptDraft): boolean {
    const mine = this.#mine(exercise)
    if (!mine || this.#isSynced(exercise)) this.#take(exercise, theirs, mine)
    else if (sameFiles(mine.draft.files, theirs.files)) this.#remember(exercise, theirs)
    else if (mine.replaces.includes(snapshotName(theirs.files))) {
      this.#remember(exercise, theirs)
      return true
    } else if (theirs.revision !== this.#synced(exercise).revision) this.#layBeside(exercise, theirs)
    return false
  }

  /** Nothing was written here since both were the same: this browser goes on with the server's version. */
  #take(exercise: string, theirs: KeptDraft, mine: Version | null): void {
    if (!mine || !sameFiles(mine.draft.files, theirs.files)) {
      const replaces = mine ? [...mine.replaces, snapshotName(mine.draft.files)] : []
      this.#write(draftKey(exercise), theirs, replaces)
      if (exercise === this.#exercise) this.#parts.replaced()
    }
    this.#remember(exercise, theirs)
  }

  #layBeside(exercise: string, theirs: KeptDraft): void {
    const key = otherKey(exercise, SERVER_VERSION)
    const known = readVersion(this.#parts.storage, key)
    if (known && sameFiles(known.draft.files, theirs.files)) return
    this.#write(key, theirs, [])
    this.#parts.laidBeside(key)
  }

  #write(key: string, { files, active, savedAt }: KeptDraft, replaces: string[]): void {
    const written = writeVersion(this.#parts.storage, key, { draft: { files, active }, savedAt, replaces })
    if (written === null) throw new Error('The browser keeps no more.')
  }

  #mine(exercise: string): Version | null {
    return readVersion(this.#parts.storage, draftKey(exercise))
  }

  #isSynced(exercise: string): boolean {
    const mine = this.#mine(exercise)
    return mine === null || snapshotName(mine.draft.files) === this.#synced(exercise).snapshot
  }

  #synced(exercise: string): Synced {
    const raw = readRaw(this.#parts.storage, syncedKey(exercise))
    try {
      return raw === null ? NEVER_SYNCED : Synced.parse(JSON.parse(raw))
    } catch {
      return NEVER_SYNCED
    }
  }

  #remember(exercise: string, { revision, files }: KeptDraft): void {
    const synced: Synced = { revision, snapshot: snapshotName(files) }
    this.#parts.storage.setItem(syncedKey(exercise), JSON.stringify(synced))
  }
}

/** Where the browser notes what the server has. */
function syncedKey(exercise: string): string {
  return `draft-synced:${exercise}`
}
