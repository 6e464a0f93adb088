import { z } from 'zod'
import type { Draft } from './workspace.ts'

/** The part of localStorage that is needed, so that a test brings its own. */
export interface KeyValueStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const StoredDraft = z.object({
  version: z.literal(1),
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  active: z.string(),
  /** Milliseconds since the epoch. */
  savedAt: z.number(),
})

const DRAFT_PREFIX = 'draft:'

/** Where the draft of an exercise lies; a `storage` event names it when another tab wrote it. */
export function draftKey(exercise: string): string {
  return `${DRAFT_PREFIX}${exercise}`
}

/** The kept draft; null where there is none or it cannot be read. */
export function loadDraft(storage: KeyValueStorage, exercise: string): Draft | null {
  try {
    return parseDraft(storage.getItem(draftKey(exercise)))
  } catch {
    // A browser that forbids storage has no drafts; the page works without.
    return null
  }
}

/** A stored text as a draft; null where it is not one. */
export function parseDraft(text: string | null): Draft | null {
  if (text === null) return null
  try {
    const parsed = StoredDraft.safeParse(JSON.parse(text))
    return parsed.success ? { files: parsed.data.files, active: parsed.data.active } : null
  } catch {
    return null
  }
}

/** Keeps a draft. False where the browser refuses: the status bar then says so. */
export function saveDraft(storage: KeyValueStorage, exercise: string, draft: Draft, now: number): boolean {
  try {
    storage.setItem(draftKey(exercise), JSON.stringify({ version: 1, ...draft, savedAt: now }))
    return true
  } catch {
    return false
  }
}
