import { randomBytes } from 'node:crypto'
import type { CandidateKey, Guide, InterviewExport, MemberId, Role, RunRequest } from '@sandbox/protocol'
import type { Log } from '../log.ts'
import { RESTARTED } from '../runs/endings.ts'
import type { Refusal, Run, RunRegistry } from '../runs/run-registry.ts'
import type { InterviewRecord, InterviewTable } from '../store/interview-table.ts'
import { packedRuns, rowsOf } from './exported.ts'
import { Journal } from './journal.ts'
import { Room } from './room.ts'
import { RunKeeper } from './run-keeper.ts'

export type RoomsParts = {
  table: InterviewTable
  registry: RunRegistry
  log: Log
  now?: () => number
  /** How long an interview is kept after it was made, in milliseconds. */
  keptMs: number
  /** The files that an exercise begins with and that the candidate edits; null where there is no such exercise. */
  starterOf: (exercise: string) => { name: string; text: string }[] | null
}

export type NewInterview = { owner: string; title: string; candidate: string; alone: boolean; guide: Guide }

/** An interview and the role that a link gives in it. */
export type Opened = { record: InterviewRecord; role: Role }

type Live = { room: Room; unwatch: () => void; closing: NodeJS.Timeout | null }

/** A room that everybody has left is kept in memory for so long, in milliseconds: people reload. */
const LINGER_MS = 60_000
const KEY_BYTES = 24
const ID_BYTES = 12
/** Interviews of one person. */
const MAX_PER_PERSON = 200
const HOUR_MS = 60 * 60_000
const MAX_BYTES_PER_PERSON = 512 * 1024 * 1024
/** Of everybody: beyond it nothing is made. What goes on goes on. */
const MAX_FILE_BYTES = 8 * 1024 * 1024 * 1024
/** How long a new candidate's link works. */
const LINK_HOURS = 14 * 24

/** All interviews: made, found by their links, and live while somebody is there. */
export class Rooms {
  readonly #parts: RoomsParts
  readonly #now: () => number
  readonly #journal: Journal
  readonly #runs: RunKeeper
  readonly #live = new Map<string, Live>()

  constructor(parts: RoomsParts) {
    this.#parts = parts
    this.#now = parts.now ?? Date.now
    this.#runs = new RunKeeper({ log: parts.log, isLive: (room) => this.#live.get(room.record.id)?.room === room })
    this.#journal = new Journal(
      (entries) => parts.table.append(entries),
      (err) => parts.log.error({ err }, 'somebody could not be told that an entry was kept'),
    )
  }

  /** Makes an interview, or says why not. Throws where it cannot be kept. */
  make({ guide, ...given }: NewInterview): InterviewRecord | string {
    const { table, keptMs } = this.#parts
    const objection = this.#objectionToMore(given.owner)
    if (objection !== null) return objection
    const madeAt = this.#now()
    const record: InterviewRecord = {
      ...given,
      id: newId(),
      madeAt,
      finishedAt: null,
      deletesAt: madeAt + keptMs,
      interviewerKey: newKey(),
      candidateKey: given.alone ? null : newKey(),
      candidateUntil: given.alone ? null : madeAt + LINK_HOURS * HOUR_MS,
    }
    const { title, candidate, alone, id: interview } = record
    table.make(record, [
      { interview, seq: 1, at: 0, by: null, entry: { type: 'made', title, candidate, alone, madeAt } },
      { interview, seq: 2, at: 0, by: null, entry: { type: 'guide', guide } },
    ])
    return record
  }

  /** Makes an interview of an exported one, without its links; or says why not. */
  async import(owner: string, file: InterviewExport): Promise<InterviewRecord | string> {
    const { table, keptMs } = this.#parts
    const made = file.entries[0]?.entry
    if (made?.type !== 'made') return 'entries[0].entry.type: an interview begins with "made"'
    if (made.madeAt > this.#now()) return 'entries[0].entry.madeAt: is in the future'
    // Times ascend. Another server's clock may be ahead; what lies years off would make a replay that nobody can use.
    const end = made.madeAt + (file.entries.at(-1)?.at ?? 0)
    if (end > this.#now() + HOUR_MS) return `entries[${file.entries.length - 1}].at: is in the future`
    const objection = this.#objectionToMore(owner)
    if (objection !== null) return objection
    const { title, candidate, alone, madeAt } = made
    const over = file.entries.find(({ entry }) => entry.type === 'finished')
    const record: InterviewRecord = {
      ...{ title, candidate, alone, madeAt, owner },
      id: newId(),
      finishedAt: over === undefined ? null : madeAt + Math.round(over.at),
      deletesAt: this.#now() + keptMs,
      interviewerKey: newKey(),
      candidateKey: null,
      candidateUntil: null,
    }
    const rows = await rowsOf(file, record.id)
    if (typeof rows === 'string') return rows
    table.make(record, rows, await packedRuns(file))
    return record
  }

  /** The interview that a link opens; null where it is none, or no longer one. */
  find(key: string): Opened | null {
    const found = this.#parts.table.byKey(key)
    if (found === null) return null
    const { candidateUntil, deletesAt } = found.record
    const until = found.role === 'candidate' ? Math.min(candidateUntil ?? 0, deletesAt) : deletesAt
    return this.#now() < until ? found : null
  }

  /** The interview of an id, which opens nothing by itself; null where there is none any more. */
  record(id: string): InterviewRecord | null {
    const record = this.#parts.table.byId(id)
    return record !== null && this.#now() < record.deletesAt ? record : null
  }

  /** The interviews that a person made, newest first. */
  of(owner: string): InterviewRecord[] {
    return this.#parts.table.of(owner).filter(({ deletesAt }) => this.#now() < deletesAt)
  }

  /** The live room of an interview, whoever is there. Call `release` when done with it. */
  open(record: InterviewRecord): Room {
    const live = this.#live.get(record.id) ?? this.#load(record)
    if (live.closing !== null) clearTimeout(live.closing)
    live.closing = null
    return live.room
  }

  /** Somebody has left a room: where nobody is left, it leaves memory after a while. */
  release(room: Room): void {
    const live = this.#live.get(room.record.id)
    if (live?.room !== room || !room.isEmpty || live.closing !== null) return
    live.closing = setTimeout(() => this.#close(room), LINGER_MS).unref()
  }

  /** Runs code in an interview, for everybody in it. */
  run(room: Room, by: MemberId, { request, run, address }: { request: string; run: RunRequest; address: string }) {
    const person = ownerOf(room.record.id)
    const { fault } = room.interview
    // What goes wrong is the interviewers' choice, not the page's.
    const judged = { ...run, fault: run.exercise === room.interview.exercise && fault ? fault : undefined }
    const answer: Run | Refusal = this.#parts.registry.submit({ person, address, request, run: judged })
    if ('type' in answer) return answer
    room.ran(by, answer.id, run)
    return null
  }

  /** Another link for candidates, or none; who came by the old one is sent away. */
  setLink(record: InterviewRecord, hours: number | null): CandidateKey {
    const candidateKey = hours === null ? null : newKey()
    const expiresAt = hours === null ? null : this.#now() + hours * HOUR_MS
    this.#parts.table.setLink(record.id, candidateKey, expiresAt)
    this.#live.get(record.id)?.room.dismiss('candidate', 'the link was replaced')
    return { candidateKey, expiresAt }
  }

  /** Another link for interviewers; who came by the old one is sent away, and comes back by the new one. */
  replaceInterviewersLink(record: InterviewRecord): string {
    const key = newKey()
    this.#parts.table.setInterviewersLink(record.id, key)
    this.#live.get(record.id)?.room.dismiss('interviewer', 'the link was replaced')
    return key
  }

  /** Deletes an interview and all of it; what it runs is ended. */
  delete(id: string): void {
    this.#live.get(id)?.room.dismiss(null, 'the interview was deleted')
    this.#unload(id)
    this.#parts.registry.abandon(ownerOf(id))
    this.#parts.table.delete(id)
  }

  /** Deletes all interviews that a person made. False where that failed. */
  forget(owner: string): boolean {
    try {
      for (const { id } of this.#parts.table.of(owner)) this.delete(id)
      return true
    } catch (err) {
      this.#parts.log.error({ err }, 'the interviews of a person could not be deleted')
      return false
    }
  }

  /** Deletes those whose time has come. */
  tidy(): void {
    for (const id of this.#parts.table.due(this.#now())) this.delete(id)
  }

  /** What waits to be written is written now. */
  flush(): void {
    this.#journal.flush()
  }

  /** Resolves when everything is on the disk, the runs that have ended, too. */
  async settle(): Promise<void> {
    await this.#runs.settled()
    this.flush()
  }

  /** Why a person gets no further interview; null: there is room. */
  #objectionToMore(owner: string): string | null {
    const { table } = this.#parts
    const own = table.of(owner)
    const bytes = own.reduce((sum, { id }) => sum + table.bytesOf(id), 0)
    if (own.length >= MAX_PER_PERSON || bytes > MAX_BYTES_PER_PERSON)
      return 'You have as many interviews as are kept. Delete one first.'
    return table.fileBytes > MAX_FILE_BYTES ? 'The server keeps as much as it may. Tell its operator.' : null
  }

  #load(record: InterviewRecord): Live {
    const { table, log, starterOf, registry } = this.#parts
    const broken = () => this.#unload(record.id)
    const room = new Room({ record, table, journal: this.#journal, log, now: this.#now, starterOf, broken })
    const grown = (run: Run) => this.#runs.grown(room, run)
    const unwatch = registry.watch(ownerOf(record.id), { accepted: () => {}, grown })
    const live = { room, unwatch, closing: null }
    this.#live.set(record.id, live)
    this.#endOpenRuns(room)
    return live
  }

  /** Runs that an earlier server did not end, and those that ended while nobody could be told. */
  #endOpenRuns(room: Room): void {
    const known = new Map(this.#parts.registry.runsOf(ownerOf(room.record.id)).map((run) => [run.id, run]))
    for (const { id } of room.interview.runs.filter(({ verdict }) => verdict === null)) {
      const run = known.get(id)
      if (run !== undefined) this.#runs.grown(room, run)
      else room.concluded({ type: 'concluded', run: id, verdict: 'internal-error', summary: RESTARTED })
    }
  }

  /** Nobody is left to see its runs; they are kept all the same, with what they came to. */
  #close(room: Room): void {
    const owner = ownerOf(room.record.id)
    const live = this.#live.get(room.record.id)
    if (live?.room !== room) return
    live.closing = null
    const isOver = this.#parts.registry.runsOf(owner).every(({ state }) => state.type === 'ended')
    if (isOver && !this.#runs.isBusyWith(room)) this.#unload(room.record.id)
    else {
      this.#parts.registry.abandon(owner)
      this.release(room)
    }
  }

  #unload(id: string): void {
    const live = this.#live.get(id)
    if (live === undefined) return
    this.#live.delete(id)
    if (live.closing !== null) clearTimeout(live.closing)
    live.unwatch()
    this.#journal.flush()
  }
}

/** Whose an interview's runs are: nobody's cookie can be this. */
export function ownerOf(interview: string): string {
  return `interview:${interview}`
}

/** Whether runs belong to an interview and not to a person. */
export function isInterviewOwner(person: string): boolean {
  return person.startsWith('interview:')
}

function newId(): string {
  return randomBytes(ID_BYTES).toString('base64url')
}

function newKey(): string {
  return randomBytes(KEY_BYTES).toString('base64url')
}
