import {
  type ActId,
  type Entry,
  foldEntry,
  type Interview,
  type LoggedEntry,
  type MemberId,
  NEW_INTERVIEW,
} from '@sandbox/protocol'
import type { EntryRow, InterviewRecord, InterviewTable } from '../store/interview-table.ts'
import type { Journal, Settled } from './journal.ts'

/** An entry that is to be put into the log, with what is kept beside it. */
export type Draft = Pick<EntryRow, 'entry' | 'edit' | 'act' | 'frames'>

/** An entry that is on the disk; an edit with its bytes. */
export type Taken = LoggedEntry & { edit?: Uint8Array }

export type LogParts = {
  record: InterviewRecord
  table: InterviewTable
  journal: Journal
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Of one interview: edits, entries and runs. */
const MAX_LOG_BYTES = 64 * 1024 * 1024
/** Entries that everybody who comes is shown: half an hour of clicks without a pause. */
const MAX_SHOWN_ENTRIES = 20_000
/** What passes: it is in the log for the replay, and who comes later is not shown it. */
const PASSING: ReadonlySet<Entry['type']> = new Set<Entry['type']>(['edited', 'cursor', 'pointed'])

/** What happened in one interview, numbered without gaps, as far as it is on the disk; and what it comes to. */
export class InterviewLog {
  /** Those that whoever comes is shown: neither edits nor what has passed, and of guides the newest. */
  readonly entries: LoggedEntry[] = []
  readonly #parts: LogParts
  #interview: Interview = NEW_INTERVIEW
  /** Acts that wait for the disk, each with its member. */
  readonly #waitingActs = new Set<string>()
  #nextSeq = 1
  #lastAt = 0
  #bytes: number

  constructor(parts: LogParts) {
    this.#parts = parts
    this.#bytes = parts.table.bytesOf(parts.record.id)
  }

  get interview(): Interview {
    return this.#interview
  }

  /** Milliseconds since the interview was made. Never less than before, whatever the clock does. */
  get at(): number {
    return Math.max(this.#lastAt, this.#parts.now() - this.#parts.record.madeAt)
  }

  /** Why nothing more is put into it; null: there is room. */
  get fullness(): string | null {
    const isFull = this.#bytes > MAX_LOG_BYTES || this.entries.length > MAX_SHOWN_ENTRIES
    return isFull ? 'The record of this interview is full: nothing more is kept.' : null
  }

  /** Reads what is on the disk; returns the edits, which are the document's. */
  restore(): { by: MemberId | null; update: Uint8Array }[] {
    const edits: { by: MemberId | null; update: Uint8Array }[] = []
    for (const { edit, ...logged } of this.#parts.table.entriesOf(this.#parts.record.id)) {
      if (edit !== null) edits.push({ by: logged.by, update: edit })
      this.#fold(logged)
      this.#nextSeq = logged.seq + 1
    }
    return edits
  }

  /** Whether this act of a member is in the log, or on its way there. */
  hasAct(by: MemberId, act: ActId): boolean {
    return this.#waitingActs.has(nameOf({ by, act })) || this.#parts.table.hasAct(this.#parts.record.id, by, act)
  }

  /** Puts entries that belong together onto the disk. `taken` hears of them then, before `settled`. */
  append(drafts: Draft[], by: MemberId | null, told: { taken: (entries: Taken[]) => void; settled: Settled }): void {
    const at = this.at
    this.#lastAt = at
    const interview = this.#parts.record.id
    const rows = drafts.map((draft): EntryRow => ({ interview, seq: this.#nextSeq++, at, by, ...draft }))
    for (const row of rows) this.#bytes += bytesOf(row)
    const acts = rows.flatMap(({ act }) => (act === undefined ? [] : nameOf({ by, act })))
    for (const act of acts) this.#waitingActs.add(act)
    this.#parts.journal.append(rows, (failure) => {
      for (const act of acts) this.#waitingActs.delete(act)
      told.settled(failure ?? this.#tryTakeIn(rows, told.taken))
    })
  }

  /** What is on the disk and cannot be taken in is this interview's failure, and no other one's. */
  #tryTakeIn(rows: EntryRow[], taken: (entries: Taken[]) => void): unknown {
    try {
      const entries = rows.map(takenOf)
      for (const entry of entries) this.#fold(entry)
      taken(entries)
      return null
    } catch (failure) {
      return failure
    }
  }

  #fold({ seq, at, by, entry }: LoggedEntry): void {
    const logged = { seq, at, by, entry }
    this.#lastAt = Math.max(this.#lastAt, at)
    this.#interview = foldEntry(this.#interview, logged)
    if (PASSING.has(entry.type)) return
    // One guide is large, and only the newest counts.
    const older = entry.type === 'guide' ? this.entries.findIndex((one) => one.entry.type === 'guide') : -1
    if (older >= 0) this.entries.splice(older, 1)
    this.entries.push(logged)
  }
}

/** What pages may hear of an entry: not what its act was called. */
function takenOf({ seq, at, by, entry, edit }: EntryRow): Taken {
  return { seq, at, by, entry, ...(edit && { edit }) }
}

function bytesOf({ entry, edit, act, frames }: EntryRow): number {
  return (edit?.length ?? JSON.stringify(entry).length) + (act?.length ?? 0) + (frames?.length ?? 0)
}

/** Members' acts are apart: nobody can take the name that another one's act will have. */
function nameOf({ by, act }: { by: MemberId | null; act: ActId }): string {
  return `${by} ${act}`
}
