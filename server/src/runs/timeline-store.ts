import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Timeline } from '@sandbox/protocol'

/** Of everybody, compressed. The oldest go first. */
export const MAX_TIMELINE_STORE_BYTES = 32 * 1024 * 1024
/** Larger ones, compressed, are not kept: a real one of 200,000 rows takes a tenth of it. */
export const MAX_KEPT_TIMELINE_BYTES = 8 * 1024 * 1024
/** Fast: a page reads it once or twice. */
const GZIP_LEVEL = 4

const compress = promisify(gzip)

interface Kept {
  person: string
  /** JSON, gzipped; null where it is too large. */
  bytes: Promise<Buffer | null>
  size: number
}

export interface StoreLimits {
  allBytes: number
  oneBytes: number
}

/**
 * Timelines of runs, for their persons, beside the run logs: a page that looks at one asks for it. Dropped with its run at
 * the latest, or when room is needed for newer ones.
 */
export class TimelineStore {
  readonly #kept = new Map<string, Kept>()
  readonly #limits: StoreLimits
  #bytes = 0

  constructor(limits: Partial<StoreLimits> = {}) {
    this.#limits = { allBytes: MAX_TIMELINE_STORE_BYTES, oneBytes: MAX_KEPT_TIMELINE_BYTES, ...limits }
  }

  /** Keeps the timeline of a run; a later one of the same run takes its place. */
  keep(person: string, run: string, timeline: Timeline): void {
    this.drop(run)
    const kept: Kept = { person, bytes: Promise.resolve(null), size: 0 }
    kept.bytes = this.#settle(run, kept, JSON.stringify(timeline))
    this.#kept.set(run, kept)
  }

  /** Gzipped JSON; null where this person has no such run, or its timeline is not kept any more. */
  async of(person: string, run: string): Promise<Buffer | null> {
    const kept = this.#kept.get(run)
    return kept?.person === person ? kept.bytes : null
  }

  drop(run: string): void {
    const kept = this.#kept.get(run)
    if (kept === undefined) return
    this.#kept.delete(run)
    this.#bytes -= kept.size
  }

  async #settle(run: string, kept: Kept, json: string): Promise<Buffer | null> {
    const bytes = await compress(json, { level: GZIP_LEVEL })
    // Dropped meanwhile, or too large.
    if (this.#kept.get(run) !== kept || bytes.length > this.#limits.oneBytes) return null
    kept.size = bytes.length
    this.#bytes += bytes.length
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#limits.allBytes || oldest === run) break
      this.drop(oldest)
    }
    return bytes
  }
}
