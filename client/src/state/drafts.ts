import { z } from 'zod'
import type { Draft } from './workspace.ts'

/** The part of localStorage that is needed, so that a test brings its own. */
export interface KeyValueStorage {
  readonly length: number
  key(index: number): string | null
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

/** Other versions kept over all exercises. With one more, the oldest goes. */
export const MAX_OTHER_VERSIONS = 24
/** What they may take together, in characters: browsers give a page about five million. */
export const MAX_OTHER_CHARS = 2_000_000

const StoredDraft = z.object({
  version: z.literal(1),
  files: z.array(z.object({ name: z.string(), text: z.string() })),
  active: z.string(),
  /** Milliseconds since the epoch. */
  savedAt: z.number(),
  /** Snapshot names of the versions that whoever wrote this one had before them: they were replaced knowingly. */
  replaces: z.array(z.string()).default([]),
})

/** A draft as it lies in the storage. */
export interface Version {
  key: string
  /** The very text that is stored: whoever wants to overwrite it compares. */
  raw: string
  draft: Draft
  /** Milliseconds since the epoch. */
  savedAt: number
  replaces: string[]
}

const DRAFT_PREFIX = 'draft:'
const OTHER_PREFIX = 'draft-other:'

/** Where the draft of an exercise lies that a new tab opens. */
export function draftKey(exercise: string): string {
  return `${DRAFT_PREFIX}${exercise}`
}

/** Where a tab keeps its version when the draft's own place holds what it has not seen. */
export function otherKey(exercise: string, id: string): string {
  return `${OTHER_PREFIX}${exercise}:${id}`
}

/** Whether a key holds a version of this exercise; a `storage` event names the one that another tab wrote. */
export function isVersionOf(key: string, exercise: string): boolean {
  return key === draftKey(exercise) || key.startsWith(otherKey(exercise, ''))
}

/** What stands at a key; null where nothing does or the browser forbids storage. */
export function readRaw(storage: KeyValueStorage, key: string): string | null {
  try {
    return storage.getItem(key)
  } catch {
    // The page works without drafts.
    return null
  }
}

/** The version at a key; null where there is none or it cannot be read. */
export function readVersion(storage: KeyValueStorage, key: string): Version | null {
  const raw = readRaw(storage, key)
  return raw === null ? null : parseVersion(key, raw)
}

/** A stored text as a version; null where it is not one. */
export function parseVersion(key: string, raw: string): Version | null {
  try {
    const { files, active, savedAt, replaces } = StoredDraft.parse(JSON.parse(raw))
    return { key, raw, draft: { files, active }, savedAt, replaces }
  } catch {
    return null
  }
}

/** Every version of an exercise: the draft's own place first, then the others, newest first. */
export function versionsOf(storage: KeyValueStorage, exercise: string): Version[] {
  const others = keysFrom(storage, otherKey(exercise, '')).flatMap((key) => readVersion(storage, key) ?? [])
  const first = readVersion(storage, draftKey(exercise))
  return [...(first ? [first] : []), ...others.sort((a, b) => b.savedAt - a.savedAt)]
}

/** Keeps a draft at a key. Returns what was stored; null where the browser refuses. */
export function writeVersion(
  storage: KeyValueStorage,
  key: string,
  content: { draft: Draft; savedAt: number; replaces: string[] },
): string | null {
  const { draft, savedAt, replaces } = content
  const raw = JSON.stringify({ version: 1, files: draft.files, active: draft.active, savedAt, replaces })
  try {
    if (key.startsWith(OTHER_PREFIX)) makeRoom(storage, key, raw.length)
    storage.setItem(key, raw)
    return raw
  } catch {
    return null
  }
}

/** The id under which the code of a kept run lies beside one's own. */
export const COPY_VERSION = 'kept-run'

/**
 * Lays the code of a kept run where its exercise finds it: as the draft where there is none, else beside it, to be compared
 * and chosen by its person. False where the browser refuses.
 */
export function layCopy(storage: KeyValueStorage, exercise: string, copy: { draft: Draft; savedAt: number }): boolean {
  const isFirst = versionsOf(storage, exercise).length === 0
  const key = isFirst ? draftKey(exercise) : otherKey(exercise, COPY_VERSION)
  return writeVersion(storage, key, { ...copy, replaces: [] }) !== null
}

/** Removes a version, unless another one took its place since. */
export function removeVersion(storage: KeyValueStorage, key: string, raw: string | null): void {
  try {
    if (raw !== null && storage.getItem(key) === raw) storage.removeItem(key)
  } catch {
    // What cannot be removed stays on offer.
  }
}

/** Drops the oldest other versions until one of so many characters fits at `key`. */
function makeRoom(storage: KeyValueStorage, key: string, chars: number): void {
  const kept = keysFrom(storage, OTHER_PREFIX).flatMap((other) => {
    const raw = other === key ? null : readRaw(storage, other)
    return raw === null ? [] : [{ key: other, chars: raw.length, savedAt: parseVersion(other, raw)?.savedAt ?? 0 }]
  })
  const oldestFirst = kept.sort((a, b) => a.savedAt - b.savedAt)
  let room = MAX_OTHER_CHARS - chars - kept.reduce((sum, other) => sum + other.chars, 0)
  let count = kept.length + 1
  for (const other of oldestFirst) {
    if (count <= MAX_OTHER_VERSIONS && room >= 0) return
    storage.removeItem(other.key)
    room += other.chars
    count--
  }
}

function keysFrom(storage: KeyValueStorage, prefix: string): string[] {
  try {
    const all = Array.from({ length: storage.length }, (_, index) => storage.key(index))
    return all.filter((key): key is string => key?.startsWith(prefix) ?? false)
  } catch {
    return []
  }
}
