import type { Clock } from './ports.ts'

/** Pause after the last keystroke before the draft is written, in milliseconds. */
export const DRAFT_PAUSE_MS = 300

export interface DraftSaverParts {
  clock: Clock
  /** Where drafts are written, and whether what was written last is gone. */
  drafts: { save(): void; isHomeless(): boolean }
}

/** When the draft is written: a pause after the last change, or at once where something waits. */
export class DraftSaver {
  readonly #parts: DraftSaverParts
  #cancel: (() => void) | null = null

  constructor(parts: DraftSaverParts) {
    this.#parts = parts
  }

  /** Something was changed. */
  soon(): void {
    this.#cancel?.()
    this.#cancel = this.#parts.clock.after(DRAFT_PAUSE_MS, () => this.now())
  }

  /** Writes the draft at once, where something waits to be written. */
  now(): void {
    if (!this.#cancel && !this.#parts.drafts.isHomeless()) return
    this.#cancel?.()
    this.#cancel = null
    this.#parts.drafts.save()
  }
}
