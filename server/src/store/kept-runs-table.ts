import { randomBytes } from 'node:crypto'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { KeptLink } from '@sandbox/protocol'

/** On whose behalf a run is kept: one person's, or an interview's in which several take part. */
export type OwnerKind = 'person' | 'interview'
export type Owner = { kind?: OwnerKind; name: string }

export interface RunToKeep {
  owner: Owner
  /** The run's own id: one owner keeps a run once. */
  run: string
  /** The messages that told of it, each as JSON: its announcement, then its events in order. */
  messages: readonly Buffer[]
  /** What the scheduler did, as gzipped JSON; null where it was not recorded. */
  timeline: Buffer | null
}

export type Keeping = ({ type: 'kept' } & KeptLink) | { type: 'refused'; reason: 'too-large' | 'no-room' }

export interface KeptLimits {
  /** Milliseconds after which a run is forgotten. */
  keptMs: number
  /** Of one run, compressed. */
  oneBytes: number
  /** Of one owner: the oldest go first. */
  ownRuns: number
  ownBytes: number
  /** Of everybody. Nothing is kept beyond it: what somebody was promised is not given up for what others keep. */
  allBytes: number
}

export const KEPT_LIMITS: KeptLimits = {
  keptMs: 30 * 24 * 60 * 60 * 1000,
  oneBytes: 2 * 1024 * 1024,
  ownRuns: 50,
  ownBytes: 8 * 1024 * 1024,
  allBytes: 256 * 1024 * 1024,
}

const ID_BYTES = 16

const compress = promisify(gzip)

/**
 * Runs that somebody wants to show to others or to see again, each under an id that nobody can guess: knowing it is the
 * right to read. Only its owner may delete it. Every method's change is on the disk when it returns.
 */
export class KeptRunsTable {
  readonly #limits: KeptLimits
  readonly #known: StatementSync
  readonly #used: StatementSync
  readonly #put: StatementSync
  readonly #trim: StatementSync
  readonly #content: StatementSync
  readonly #timeline: StatementSync
  readonly #delete: StatementSync
  readonly #forget: StatementSync
  readonly #expire: StatementSync

  constructor(database: DatabaseSync, limits: Partial<KeptLimits> = {}) {
    this.#limits = { ...KEPT_LIMITS, ...limits }
    this.#known = database.prepare(
      'SELECT id, expires_at AS expiresAt FROM kept_run WHERE owner_kind = ? AND owner = ? AND run = ? AND expires_at > ?',
    )
    this.#used = database.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM kept_run')
    this.#put = database.prepare(
      `INSERT INTO kept_run (id, owner_kind, owner, run, content, timeline, bytes, expires_at)
       VALUES (:id, :kind, :owner, :run, :content, :timeline, :bytes, :expiresAt)`,
    )
    this.#trim = database.prepare(
      `DELETE FROM kept_run WHERE rowid IN (
         SELECT rowid FROM (
           SELECT rowid, count(*) OVER newer AS runs, sum(bytes) OVER newer AS bytes FROM kept_run
           WHERE owner_kind = ? AND owner = ? WINDOW newer AS (ORDER BY rowid DESC))
         WHERE runs > ? OR bytes > ?)`,
    )
    this.#content = database.prepare(
      'SELECT content, owner_kind AS kind, owner FROM kept_run WHERE id = ? AND expires_at > ?',
    )
    this.#timeline = database.prepare('SELECT timeline FROM kept_run WHERE id = ? AND expires_at > ?')
    this.#delete = database.prepare('DELETE FROM kept_run WHERE id = ? AND owner_kind = ? AND owner = ?')
    this.#forget = database.prepare('DELETE FROM kept_run WHERE owner_kind = ? AND owner = ?')
    this.#expire = database.prepare('DELETE FROM kept_run WHERE expires_at <= ?')
  }

  /** Keeps a run for `keptMs` from `at` on. One that its owner keeps already stays as it is: the answer is its link. */
  async keep(wish: RunToKeep, at: number): Promise<Keeping> {
    const expiresAt = at + this.#limits.keptMs
    const content = await compress(contentOf(wish.messages, expiresAt))
    // From here on nothing is waited for: no other wish for the same run can come between.
    return this.#linkOf(wish, at) ?? this.#insert(wish, content, { at, expiresAt })
  }

  /** A `KeptRun` as gzipped JSON, and whether it is this owner's; null where there is none of that id. */
  read(id: string, reader: Owner, now: number): { content: Buffer; own: boolean } | null {
    const row = this.#content.get(id, now)
    if (!(row?.content instanceof Uint8Array)) return null
    return { content: bufferOf(row.content), own: row.kind === kindOf(reader) && row.owner === reader.name }
  }

  /** What the scheduler did in a kept run, as gzipped JSON; null where that was not kept. */
  timelineOf(id: string, now: number): Buffer | null {
    const timeline = this.#timeline.get(id, now)?.timeline
    return timeline instanceof Uint8Array ? bufferOf(timeline) : null
  }

  /** Deletes a run of this owner; false where there is none of that id, or it is another's. */
  delete(id: string, owner: Owner): boolean {
    return this.#delete.run(id, kindOf(owner), owner.name).changes > 0
  }

  /** Deletes everything of an owner. */
  forget(owner: Owner): void {
    this.#forget.run(kindOf(owner), owner.name)
  }

  /** Deletes what was kept long enough. */
  tidy(now: number): void {
    this.#expire.run(now)
  }

  #linkOf({ owner, run }: RunToKeep, now: number): Keeping | null {
    const row = this.#known.get(kindOf(owner), owner.name, run, now)
    return row === undefined ? null : { type: 'kept', id: String(row.id), expiresAt: Number(row.expiresAt) }
  }

  #insert(wish: RunToKeep, content: Buffer, { at, expiresAt }: { at: number; expiresAt: number }): Keeping {
    const { oneBytes, ownRuns, ownBytes, allBytes } = this.#limits
    if (content.length > oneBytes) return { type: 'refused', reason: 'too-large' }
    // The run says much without its timeline.
    const timeline = content.length + (wish.timeline?.length ?? 0) > oneBytes ? null : wish.timeline
    const bytes = content.length + (timeline?.length ?? 0)
    this.tidy(at)
    if (Number(this.#used.get()?.bytes) + bytes > allBytes) return { type: 'refused', reason: 'no-room' }
    const id = randomBytes(ID_BYTES).toString('base64url')
    const { owner, run } = wish
    this.#put.run({ id, kind: kindOf(owner), owner: owner.name, run, content, timeline, bytes, expiresAt })
    this.#trim.run(kindOf(owner), owner.name, ownRuns, ownBytes)
    return { type: 'kept', id, expiresAt }
  }
}

function kindOf({ kind = 'person' }: Owner): OwnerKind {
  return kind
}

/** A `KeptRun`, put together of texts that are JSON already. */
function contentOf(messages: readonly Buffer[], expiresAt: number): string {
  return `{"expiresAt":${expiresAt},"messages":[${messages.map(String).join(',')}]}`
}

/** The same bytes, not a copy. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
