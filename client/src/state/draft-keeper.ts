import {
  draftKey,
  isVersionOf,
  type KeyValueStorage,
  otherKey,
  parseVersion,
  readRaw,
  readVersion,
  removeVersion,
  type Version,
  versionsOf,
  writeVersion,
} from './drafts.ts'
import type { Clock } from './ports.ts'
import { snapshotName } from './snapshot.ts'
import { createStore, type Store } from './store.ts'
import { type Draft, sameFiles } from './workspace.ts'

/** How the draft stands. */
export interface DraftState {
  /** Milliseconds since the epoch; null before the first save. */
  savedAt: number | null
  /** The browser would not store it. */
  refused: boolean
  /** A version of this exercise that is not what stands in this tab. It is offered, never taken unasked. */
  other: Version | null
}

export interface DraftParts {
  /** Shared by all tabs. */
  storage: KeyValueStorage
  /** This tab's own; survives its reload. */
  tabStorage: KeyValueStorage
  clock: Clock
  newId(): string
  /** What stands in the editor; null while no exercise is open. */
  mine(): Draft | null
}

/** The place in the storage where this tab keeps its version. */
interface Slot {
  exercise: string
  key: string
  /** What this tab last read or wrote there; null where nothing stood. */
  raw: string | null
  /** Whether this tab wrote it: then it has to see to it that it is not lost. */
  wrote: boolean
}

/** Versions that a draft remembers to have replaced; a tab that slept longer offers its own anew. */
const MAX_REPLACED = 16

const NOTHING_SAVED: DraftState = { savedAt: null, refused: false, other: null }

/**
 * Keeps this tab's version of the open exercise. A tab overwrites only what it last read or wrote itself. Where it finds
 * something else, it keeps its own version beside that, and both tabs offer the other's.
 */
export class DraftKeeper {
  readonly state: Store<DraftState> = createStore(NOTHING_SAVED)
  readonly #parts: DraftParts
  #slot: Slot | null = null

  constructor(parts: DraftParts) {
    this.#parts = parts
  }

  /** The draft to open an exercise with: this tab's own version where it has one of its own, else the common one. */
  open(exercise: string): Draft | null {
    const { storage, tabStorage } = this.#parts
    const own = readRaw(tabStorage, slotKey(exercise))
    const key = own !== null && isVersionOf(own, exercise) && readVersion(storage, own) ? own : draftKey(exercise)
    this.#slot = { exercise, key, raw: readRaw(storage, key), wrote: false }
    this.state.set(NOTHING_SAVED)
    return readVersion(storage, key)?.draft ?? null
  }

  /** Writes what stands in the editor, and looks for what other tabs have written. */
  save(): void {
    const mine = this.#parts.mine()
    const before = this.#slot
    if (!mine || !before) return
    const slot = this.#writable(before, mine)
    this.#write(slot, mine, [])
    if (slot.key !== before.key && this.#slot?.wrote) this.#leave(before)
    this.look()
  }

  /** Whether what this tab wrote stands nowhere any more, so that it has to be written again before the page goes. */
  isHomeless(): boolean {
    const slot = this.#slot
    return slot?.wrote === true && readRaw(this.#parts.storage, slot.key) !== slot.raw
  }

  /** Another tab wrote to the storage; a null key stands for all of them. */
  storageChanged(key: string | null): void {
    if (!this.#slot || (key !== null && !isVersionOf(key, this.#slot.exercise))) return
    this.#rescue()
    this.look()
  }

  /** Looks which other version there is to offer. */
  look(): void {
    const mine = this.#parts.mine()
    const slot = this.#slot
    if (!mine || !slot) return
    const isOwn = (one: Version) => one.key === slot.key && one.raw === slot.raw
    const versions = versionsOf(this.#parts.storage, slot.exercise)
    const other = versions.find((one) => !isOwn(one) && !sameFiles(one.draft.files, mine.files)) ?? null
    this.state.update((state) => (state.other?.raw === other?.raw ? state : { ...state, other }))
  }

  /**
   * Settles which of the two versions stays: it becomes the common one, the other is dropped. Returns the draft to open
   * where it is the other's; null also where the other was changed since it was offered, which is then offered anew.
   */
  settle(choice: 'other' | 'mine'): Draft | null {
    const { storage } = this.#parts
    const { other } = this.state.get()
    const mine = this.#parts.mine()
    const slot = this.#slot
    if (!other || !mine || !slot) return null
    const main = { ...slot, key: draftKey(slot.exercise) }
    const settled = readRaw(storage, other.key) === other.raw && this.#mayReplace(main.key, slot, mine, other)
    if (settled && this.#write(main, choice === 'mine' ? mine : other.draft, [mine, other.draft])) {
      if (slot.key !== main.key) removeVersion(storage, slot.key, slot.raw)
      if (other.key !== main.key) removeVersion(storage, other.key, other.raw)
    }
    const taken = settled && choice === 'other'
    if (!taken) this.look()
    return taken ? other.draft : null
  }

  /** Whether what stands in the common place is one of the two versions that are settled. */
  #mayReplace(key: string, slot: Slot, mine: Draft, other: Version): boolean {
    const held = readVersion(this.#parts.storage, key)
    if (!held || held.raw === other.raw || held.raw === slot.raw) return true
    return sameFiles(held.draft.files, mine.files)
  }

  /** Where this tab may write without overwriting what it has not seen. */
  #writable(slot: Slot, mine: Draft): Slot {
    const { storage, newId } = this.#parts
    if (readRaw(storage, slot.key) === slot.raw && !this.#isCommon(slot, mine)) return slot
    const key = draftKey(slot.exercise)
    const raw = readRaw(storage, key)
    const common = raw === null ? null : parseVersion(key, raw)
    if (!common || sameFiles(common.draft.files, mine.files)) return { ...slot, key, raw }
    return { ...slot, key: otherKey(slot.exercise, newId()), raw: null }
  }

  /** A version beside the common one that has become the same: one place is enough. */
  #isCommon(slot: Slot, mine: Draft): boolean {
    const common = readVersion(this.#parts.storage, draftKey(slot.exercise))
    return slot.key !== common?.key && common !== null && sameFiles(common.draft.files, mine.files)
  }

  #write(slot: Slot, draft: Draft, seen: Draft[]): boolean {
    const { storage, clock } = this.#parts
    const base = slot.raw === null ? null : parseVersion(slot.key, slot.raw)
    // Nobody but this tab waits for what it wrote itself.
    const news = [...(base && !slot.wrote ? [base.draft] : []), ...seen].map(({ files }) => snapshotName(files))
    const replaces = [...(base?.replaces ?? []), ...news].slice(-MAX_REPLACED)
    const savedAt = clock.now()
    const raw = writeVersion(storage, slot.key, { draft, savedAt, replaces })
    this.state.update((state) => ({ ...state, refused: raw === null, savedAt: raw === null ? state.savedAt : savedAt }))
    if (raw === null) return false
    this.#slot = { ...slot, raw, wrote: true }
    this.#rememberSlot(this.#slot)
    return true
  }

  /** A reload of this tab finds its own version by this. */
  #rememberSlot({ exercise, key }: Slot): void {
    try {
      if (key === draftKey(exercise)) this.#parts.tabStorage.removeItem(slotKey(exercise))
      else this.#parts.tabStorage.setItem(slotKey(exercise), key)
    } catch {
      // Then a reload opens the common version and offers this one.
    }
  }

  /** Gives up the place of a version that now stands in the common one. */
  #leave({ exercise, key, raw }: Slot): void {
    if (key !== draftKey(exercise) && this.#slot?.key === draftKey(exercise)) {
      removeVersion(this.#parts.storage, key, raw)
    }
  }

  /** What this tab wrote is gone: it was handed on, dropped knowingly, or two tabs wrote at the same moment. */
  #rescue(): void {
    const slot = this.#slot
    if (!slot?.wrote || !this.isHomeless()) return
    const { storage } = this.#parts
    const lost = slot.raw === null ? null : parseVersion(slot.key, slot.raw)
    if (!lost) return
    const name = snapshotName(lost.draft.files)
    const versions = versionsOf(storage, slot.exercise)
    const same = versions.find((one) => sameFiles(one.draft.files, lost.draft.files))
    if (same) this.#slot = { ...slot, key: same.key, raw: same.raw, wrote: false }
    else if (versions.some((one) => one.replaces.includes(name))) this.#slot = { ...slot, wrote: false }
    // An empty place was pruned or cleared: written again with the next edit or when the page goes, or tabs would prune
    // each other in turns.
    else if (readRaw(storage, slot.key) !== null) this.save()
  }
}

/** Where a tab notes the place of its own version of an exercise. */
function slotKey(exercise: string): string {
  return `draft-slot:${exercise}`
}
