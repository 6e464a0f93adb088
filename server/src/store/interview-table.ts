import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { type ActId, Entry, type LoggedEntry, MemberId, Role } from '@sandbox/protocol'

/** What is known of an interview besides its log. Times are milliseconds since the epoch. */
export type InterviewRecord = {
  id: string
  /** The person who made it. */
  owner: string
  title: string
  candidate: string
  alone: boolean
  madeAt: number
  finishedAt: number | null
  /** When it is deleted by itself. */
  deletesAt: number
  interviewerKey: string
  /** Null: no candidate comes in. */
  candidateKey: string | null
  candidateUntil: number | null
}

/** An entry to be kept. The bytes of an edit are apart from it: its `update` is empty. */
export type EntryRow = {
  interview: string
  seq: number
  at: number
  by: MemberId | null
  entry: Entry
  edit?: Uint8Array
  /** Of what a member asked for: no two entries of a member have the same. It is nobody else's business, so it is never read. */
  act?: ActId
  /** Of a run that has concluded: what was told of it. */
  frames?: Uint8Array
}

/** An entry as it was kept; `edit` is null but for an edit, whose `update` is empty. */
export type KeptEntry = LoggedEntry & { edit: Uint8Array | null }

/** Entries that are read at a time. */
const PAGE_ROWS = 1000

export type KeptMember = { person: string; role: Role; member: MemberId }

const COLUMNS = `id, owner, title, candidate, alone, made_at AS madeAt, finished_at AS finishedAt, deletes_at AS deletesAt,
  interviewer_key AS interviewerKey, candidate_key AS candidateKey, candidate_until AS candidateUntil`

/** The interviews of all people with their logs. Every method's change is on the disk when it returns. */
export class InterviewTable {
  readonly #database: DatabaseSync
  readonly #statements

  constructor(database: DatabaseSync) {
    this.#database = database
    this.#statements = prepareAll(database)
  }

  /** Keeps a new interview with its first entries, and the runs that it has already. */
  make(record: InterviewRecord, entries: EntryRow[], runs: { run: string; frames: Uint8Array }[] = []): void {
    this.#atOnce(() => {
      this.#statements.make.run({ ...record, alone: record.alone ? 1 : 0 })
      this.#put(entries)
      for (const { run, frames } of runs) this.#keepRun(record.id, run, frames)
    })
  }

  /** The interview that one of its links opens, whatever the time is. */
  byKey(key: string): { record: InterviewRecord; role: Role } | null {
    const row = this.#statements.byKey.get({ key })
    if (row === undefined) return null
    const record = recordOf(row)
    return { record, role: record.interviewerKey === key ? 'interviewer' : 'candidate' }
  }

  /** Null where there is none. */
  byId(id: string): InterviewRecord | null {
    const row = this.#statements.byId.get(id)
    return row === undefined ? null : recordOf(row)
  }

  /** Those that a person made, newest first. */
  of(owner: string): InterviewRecord[] {
    return this.#statements.of.all(owner).map(recordOf)
  }

  setLink(id: string, key: string | null, until: number | null): void {
    this.#statements.setLink.run({ id, key, until })
  }

  setInterviewersLink(id: string, key: string): void {
    this.#statements.setInterviewersLink.run({ id, key })
  }

  /** Of the whole database. */
  get fileBytes(): number {
    const row = this.#statements.fileBytes.get()
    return Number(row?.bytes ?? 0)
  }

  setFinished(id: string, at: number): void {
    this.#statements.setFinished.run({ id, at })
  }

  /** Keeps entries of any interviews, all or none. Throws where they could not be kept. */
  append(entries: EntryRow[]): void {
    this.#atOnce(() => this.#put(entries))
  }

  /** The whole log, in order. Read in pages, so that whoever takes their time holds nothing open. */
  *entriesOf(id: string): Generator<KeptEntry> {
    for (let after = 0; ; ) {
      const page = this.#statements.entries.all(id, after)
      yield* page.map(keptEntry)
      if (page.length < PAGE_ROWS) return
      after = Number(page.at(-1)?.seq)
    }
  }

  /** Whether an entry came of this act of a member. */
  hasAct(id: string, by: MemberId, act: ActId): boolean {
    return this.#statements.act.get(id, by, act) !== undefined
  }

  /** Bytes of the log, and of the runs that are kept with it. */
  bytesOf(id: string): number {
    const row = this.#statements.bytes.get({ id })
    return Number(row?.bytes ?? 0)
  }

  membersOf(id: string): KeptMember[] {
    return this.#statements.members.all(id).map((row) => ({
      person: String(row.person),
      role: Role.parse(row.role),
      member: MemberId.parse(row.member),
    }))
  }

  addMember(id: string, { person, role, member }: KeptMember): void {
    this.#statements.addMember.run({ id, person, role, member })
  }

  /** What was told of a run; null where it is not kept. */
  runOf(id: string, run: string): Uint8Array | null {
    const row = this.#statements.run.get(id, run)
    return row?.frames instanceof Uint8Array ? row.frames : null
  }

  runsOf(id: string): { run: string; frames: Uint8Array }[] {
    return this.#statements.runs
      .all(id)
      .flatMap(({ run, frames }) => (frames instanceof Uint8Array ? [{ run: String(run), frames }] : []))
  }

  /** Deletes an interview and all that belongs to it, from the file and from its log. */
  delete(id: string): void {
    this.#statements.delete.run(id)
    this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  }

  /** Ids of those whose time has come. */
  due(now: number): string[] {
    return this.#statements.due.all(now).map(({ id }) => String(id))
  }

  #put(entries: EntryRow[]): void {
    for (const { entry, edit = null, act = null, frames, ...row } of entries) {
      this.#statements.append.run({ ...row, entry: JSON.stringify(entry), edit, act })
      if (entry.type === 'concluded' && frames !== undefined) this.#keepRun(row.interview, entry.run, frames)
    }
  }

  #keepRun(id: string, run: string, frames: Uint8Array): void {
    this.#statements.keepRun.run({ id, run, frames })
  }

  #atOnce(act: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      act()
      this.#database.exec('COMMIT')
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }
}

function prepareAll(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => database.prepare(sql)
  return {
    make: prepare(
      `INSERT INTO interview VALUES (:id, :owner, :title, :candidate, :alone, :madeAt, :finishedAt, :deletesAt,
         :interviewerKey, :candidateKey, :candidateUntil)`,
    ),
    byKey: prepare(`SELECT ${COLUMNS} FROM interview WHERE interviewer_key = :key OR candidate_key = :key`),
    byId: prepare(`SELECT ${COLUMNS} FROM interview WHERE id = ?`),
    of: prepare(`SELECT ${COLUMNS} FROM interview WHERE owner = ? ORDER BY made_at DESC, id`),
    setLink: prepare('UPDATE interview SET candidate_key = :key, candidate_until = :until WHERE id = :id'),
    setInterviewersLink: prepare('UPDATE interview SET interviewer_key = :key WHERE id = :id'),
    fileBytes: prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()'),
    setFinished: prepare('UPDATE interview SET finished_at = :at WHERE id = :id AND finished_at IS NULL'),
    append: prepare('INSERT INTO interview_entry VALUES (:interview, :seq, :at, :by, :entry, :edit, :act)'),
    entries: prepare(
      `SELECT seq, at, by, entry, edit FROM interview_entry WHERE interview = ? AND seq > ? ORDER BY seq LIMIT ${PAGE_ROWS}`,
    ),
    act: prepare('SELECT 1 FROM interview_entry WHERE interview = ? AND by = ? AND act = ?'),
    bytes: prepare(
      `SELECT (SELECT coalesce(sum(length(entry) + coalesce(length(edit), 0) + coalesce(length(act), 0)), 0) FROM interview_entry WHERE interview = :id)
            + (SELECT coalesce(sum(length(frames)), 0) FROM interview_run WHERE interview = :id) AS bytes`,
    ),
    members: prepare('SELECT person, role, member FROM interview_member WHERE interview = ?'),
    addMember: prepare('INSERT INTO interview_member VALUES (:id, :person, :role, :member)'),
    keepRun: prepare('INSERT OR REPLACE INTO interview_run VALUES (:id, :run, :frames)'),
    run: prepare('SELECT frames FROM interview_run WHERE interview = ? AND run = ?'),
    runs: prepare('SELECT run, frames FROM interview_run WHERE interview = ? ORDER BY rowid'),
    delete: prepare('DELETE FROM interview WHERE id = ?'),
    due: prepare('SELECT id FROM interview WHERE deletes_at <= ?'),
  }
}

type Row = Record<string, unknown>

function recordOf(row: Row): InterviewRecord {
  return {
    id: String(row.id),
    owner: String(row.owner),
    title: String(row.title),
    candidate: String(row.candidate),
    alone: row.alone === 1,
    madeAt: Number(row.madeAt),
    finishedAt: numberOrNull(row.finishedAt),
    deletesAt: Number(row.deletesAt),
    interviewerKey: String(row.interviewerKey),
    candidateKey: row.candidateKey === null ? null : String(row.candidateKey),
    candidateUntil: numberOrNull(row.candidateUntil),
  }
}

function keptEntry(row: Row): KeptEntry {
  return {
    seq: Number(row.seq),
    at: Number(row.at),
    by: row.by === null ? null : MemberId.parse(row.by),
    entry: Entry.parse(JSON.parse(String(row.entry))),
    edit: row.edit instanceof Uint8Array ? row.edit : null,
  }
}

function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value)
}
