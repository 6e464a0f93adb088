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
  /** A version of this exercise that this tab does not know. It is offered, never taken unasked. */
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
  /** Puts another version of the open exercise into the editor. */
  show(draft: Draft): void
  /** A version was written to the common place. */
  written(): void
}

/** The place in the storage where this tab keeps its version. */
interface Slot {
  exercise: string
  key: string
  /** What this tab last read or wrote there; null where nothing stood. */
  raw: string | null
  /** Whether this tab wrote it, if only before a reload: then it has to see to it that it is not lost. */
  wrote: boolean
}

/** Versions that a draft remembers to know; an older one is offered again. */
const MAX_REPLACED = 16

const NOTHING_SAVED: DraftState = { savedAt: null, refused: false, other: null }

/**
 * Keeps this tab's version of the open exercise. A tab that has written nothing follows what others write. One that has
 * overwrites only what it last read or wrote itself: where it finds something else, it keeps its own version beside that,
 * and offers the other. A version goes only when the tab that wrote it gives it up.
 */
export class DraftKeeper {
  readonly state: Store<DraftState> = createStore(NOTHING_SAVED)
  readonly #parts: DraftParts
  #slot: Slot | null = null
  /** Snapshot name of what was opened: as long as that stands in the editor, there is nothing of this tab's own. */
  #opened: string | null = null

  constructor(parts: DraftParts) {
    this.#parts = parts
  }

  /** The draft to open an exercise with: this tab's own version where it has written one, else the common one. */
  open(exercise: string): Draft | null {
    const { storage } = this.#parts
    const own = this.#ownVersion(exercise)
    const version = own ?? readVersion(storage, draftKey(exercise))
    const key = version?.key ?? draftKey(exercise)
    this.#slot = { exercise, key, raw: readRaw(storage, key), wrote: own !== null }
    if (own) this.#rememberSlot(this.#slot)
    this.state.set(NOTHING_SAVED)
    return version?.draft ?? null
  }

  /** What was opened stands in the editor now. */
  opened(): void {
    const mine = this.#parts.mine()
    this.#opened = mine && snapshotName(mine.files)
    this.look()
  }

  /** Writes what stands in the editor, and looks for what other tabs have written. */
  save(): void {
    const mine = this.#parts.mine()
    if (!mine || !this.#slot || this.#isUntouched(mine)) return
    const before = this.#findAgain(this.#slot)
    const slot = this.#writable(before, mine)
    // Nobody but this tab waits for what it wrote itself.
    const written = this.#write({ ...slot, wrote: true }, mine, before.wrote ? [] : draftsIn(before))
    if (written && slot.key !== before.key) this.#leave(before)
    this.look()
  }

  /** Whether what this tab wrote stands nowhere any more, so that it has to be written again before the page goes. */
  isHomeless(): boolean {
    const slot = this.#slot
    return slot?.wrote === true && readRaw(this.#parts.storage, slot.key) !== slot.raw
  }

  /** Another tab wrote to the storage; a null key stands for all of them. */
  storageChanged(key: string | null): void {
    const mine = this.#parts.mine()
    if (!mine || !this.#slot || (key !== null && !isVersionOf(key, this.#slot.exercise))) return
    if (this.#isUntouched(mine)) this.#follow(this.#slot)
    else this.#rescue(this.#slot)
    this.look()
  }

  /**
   * The common version was replaced by one that goes on from it, in another browser of this person. A tab that shows the
   * very text that was replaced goes on with the new one, even where it wrote that text itself.
   */
  goOn(): void {
    const mine = this.#parts.mine()
    const slot = this.#slot
    const next = slot && readVersion(this.#parts.storage, draftKey(slot.exercise))
    if (!mine || !slot || !next?.replaces.includes(snapshotName(mine.files))) {
      this.storageChanged(next?.key ?? null)
      return
    }
    this.#slot = { ...slot, key: next.key, raw: next.raw, wrote: false }
    this.#rememberSlot(this.#slot)
    this.#parts.show(next.draft)
    this.opened()
  }

  /** Looks which other version there is to offer: one that this tab's own has neither replaced nor declined. */
  look(): void {
    const mine = this.#parts.mine()
    const slot = this.#slot
    if (!mine || !slot) return
    const known = versionIn(slot)?.replaces ?? []
    const isNews = ({ key, raw, draft }: Version) =>
      !(key === slot.key && raw === slot.raw) &&
      !sameFiles(draft.files, mine.files) &&
      !known.includes(snapshotName(draft.files))
    const other = versionsOf(this.#parts.storage, slot.exercise).find(isNews) ?? null
    this.state.update((state) => (state.other?.raw === other?.raw ? state : { ...state, other }))
  }

  /**
   * Settles which of the two versions this tab goes on with: it becomes the common one. The other is offered here no
   * more, and is dropped only where this tab wrote it. Puts the other's text into the editor where that was chosen. Where
   * the other was changed since it was offered, it is offered anew.
   */
  settle(choice: 'other' | 'mine'): void {
    const { storage } = this.#parts
    const { other } = this.state.get()
    const mine = this.#parts.mine()
    const slot = this.#slot
    if (!other || !mine || !slot) return
    const known = [...draftsIn(slot), mine, other.draft]
    if (readRaw(storage, other.key) !== other.raw) this.look()
    else if (choice === 'mine') this.#keepMine(slot, mine, known)
    else this.#takeOther(slot, other, known)
  }

  #keepMine(slot: Slot, mine: Draft, known: Draft[]): void {
    const isKept = this.#setAside(slot, mine)
    if (isKept && this.#write({ ...slot, key: draftKey(slot.exercise) }, mine, known)) this.#leave(slot)
    this.look()
  }

  #takeOther(slot: Slot, other: Version, known: Draft[]): void {
    const main = { ...slot, key: draftKey(slot.exercise), raw: other.raw, wrote: false }
    if (!this.#setAside(slot, other.draft, slot.wrote) || !this.#write(main, other.draft, known)) return
    this.#leave(slot)
    this.#leave({ ...slot, ...other })
    this.#parts.show(other.draft)
    this.opened()
  }

  /**
   * Moves what stands in the common place beside it, before `draft` is put there. False where the browser would not keep
   * it. This tab's own may be given up instead.
   */
  #setAside({ exercise, raw }: Slot, draft: Draft, givesUp = false): boolean {
    const { storage, newId } = this.#parts
    const held = readVersion(storage, draftKey(exercise))
    if (!held || sameFiles(held.draft.files, draft.files) || (givesUp && held.raw === raw)) return true
    const isCopy = ({ key, draft }: Version) => key !== held.key && sameFiles(draft.files, held.draft.files)
    if (this.#versions(exercise).some(isCopy)) return true
    const isKept = writeVersion(storage, otherKey(exercise, newId()), held) !== null
    if (!isKept) this.state.update((state) => ({ ...state, refused: true }))
    return isKept
  }

  #versions(exercise: string): Version[] {
    return versionsOf(this.#parts.storage, exercise)
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

  #write(slot: Slot, draft: Draft, known: Draft[]): boolean {
    const { storage, clock } = this.#parts
    const own = snapshotName(draft.files)
    const before = [...(versionIn(this.#slot)?.replaces ?? []), ...(versionIn(slot)?.replaces ?? [])]
    const names = new Set([...before, ...known.map(({ files }) => snapshotName(files))])
    names.delete(own)
    const savedAt = clock.now()
    const raw = writeVersion(storage, slot.key, { draft, savedAt, replaces: [...names].slice(-MAX_REPLACED) })
    this.state.update((state) => ({ ...state, refused: raw === null, savedAt: raw === null ? state.savedAt : savedAt }))
    if (raw === null) return false
    this.#slot = { ...slot, raw }
    this.#rememberSlot(this.#slot)
    if (slot.key === draftKey(slot.exercise)) this.#parts.written()
    return true
  }

  /** A reload of this tab finds its own version by this, wherever others have moved it. */
  #rememberSlot(slot: Slot): void {
    const { tabStorage } = this.#parts
    const own = slot.wrote ? versionIn(slot) : null
    try {
      if (own) tabStorage.setItem(slotKey(slot.exercise), `${snapshotName(own.draft.files)} ${slot.key}`)
      else tabStorage.removeItem(slotKey(slot.exercise))
    } catch {
      // Then a reload opens the common version and offers this one.
    }
  }

  /** The version that this tab wrote before it was reloaded. */
  #ownVersion(exercise: string): Version | null {
    const [name, key] = readRaw(this.#parts.tabStorage, slotKey(exercise))?.split(' ') ?? []
    const own = this.#versions(exercise).filter(({ draft }) => snapshotName(draft.files) === name)
    return own.find((one) => one.key === key) ?? own[0] ?? null
  }

  /** Gives up the place of a version that now stands in the common one, or nowhere because this tab drops it. */
  #leave({ exercise, key, raw }: Pick<Slot, 'exercise' | 'key' | 'raw'>): void {
    if (key !== draftKey(exercise)) removeVersion(this.#parts.storage, key, raw)
  }

  /** Whether this tab has written nothing, and shows what it opened. */
  #isUntouched(mine: Draft): boolean {
    return this.#slot?.wrote === false && snapshotName(mine.files) === this.#opened
  }

  /** Shows what now stands in the common place. */
  #follow(slot: Slot): void {
    const version = readVersion(this.#parts.storage, slot.key)
    if (!version || version.raw === slot.raw) return
    this.#slot = { ...slot, raw: version.raw }
    this.#parts.show(version.draft)
    this.opened()
  }

  /** What this tab wrote may have been moved to another place, or another tab may have come to the same text. */
  #findAgain(slot: Slot): Slot {
    const lost = this.isHomeless() ? versionIn(slot) : null
    const found = lost && this.#versions(slot.exercise).find((one) => sameFiles(one.draft.files, lost.draft.files))
    if (!found) return slot
    this.#slot = { ...slot, key: found.key, raw: found.raw }
    this.#rememberSlot(this.#slot)
    return this.#slot
  }

  /** Another tab has put something in the place of what this one wrote: it is written again beside that. */
  #rescue(slot: Slot): void {
    const { key } = this.#findAgain(slot)
    // An empty place was pruned or cleared: written again with the next edit or when the page goes, or tabs would prune
    // each other in turns.
    if (this.isHomeless() && readRaw(this.#parts.storage, key) !== null) this.save()
  }
}

/** What a tab last knew to stand in its place. */
function versionIn(slot: Slot | null): Version | null {
  return slot?.raw ? parseVersion(slot.key, slot.raw) : null
}

function draftsIn(slot: Slot): Draft[] {
  const version = versionIn(slot)
  return version ? [version.draft] : []
}

/** Where a tab notes its own version of an exercise. */
function slotKey(exercise: string): string {
  return `draft-slot:${exercise}`
}
