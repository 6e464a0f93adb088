import {
  type Act,
  type ActId,
  CloseCode,
  type Cursor,
  type Entry,
  foldEntries,
  type Guide,
  type Interview,
  type InterviewWish,
  type LoggedEntry,
  type MemberId,
  type Role,
  type RunRequest,
} from '@sandbox/protocol'
import type { Log } from '../log.ts'
import type { InterviewRecord, InterviewTable } from '../store/interview-table.ts'
import { Audience, base64Of, type Guest, type Shown } from './audience.ts'
import { SharedDocument } from './document.ts'
import { type Draft, InterviewLog, type Taken } from './interview-log.ts'
import type { Journal, Settled } from './journal.ts'
import { Members } from './members.ts'
import { objectionTo } from './permission.ts'
import { isSeenLater, isVisible, type Reader } from './visibility.ts'
import { WorkBudget } from './work-budget.ts'

export type RoomParts = {
  record: InterviewRecord
  table: InterviewTable
  journal: Journal
  log: Log
  /** Milliseconds since the epoch. */
  now: () => number
  /** The files that an exercise begins with and that the candidate edits; null where there is no such exercise. */
  starterOf: (exercise: string) => { name: string; text: string }[] | null
  /** The room cannot go on: what it was told could not be kept. */
  broken: () => void
}

/** What a page asks to be put into the log. */
export type AskedAct = Omit<Extract<InterviewWish, { type: 'act' }>, 'type'>

/** A cursor is kept for the replay at most so often, in milliseconds. */
const CURSOR_PAUSE_MS = 500
const NOT_KEPT = 'this could not be kept'

/** Who did it, from which page, and what they are told then. */
type Asked = { by: MemberId | null; page?: Guest; settled?: Settled }

/** What is judged by what its member did before, although that may be on its way to the disk still. */
const JUDGED_IN_ORDER: ReadonlySet<Act['type']> = new Set<Act['type']>(['scored', 'submitted'])

/** What tells the candidate's clock anew. */
const TURNS_TIME: ReadonlySet<Entry['type']> = new Set<Entry['type']>(['clock', 'shared', 'guide', 'finished'])

/**
 * One interview: its log, folded, its document, and the pages that are at it. What somebody does is put into the log, and
 * acknowledged and shown to the others once it is on the disk.
 */
export class Room implements Shown {
  readonly record: InterviewRecord
  readonly #parts: RoomParts
  readonly #log: InterviewLog
  readonly #document = new SharedDocument()
  readonly #audience = new Audience(this)
  readonly #members: Members
  readonly #cursorsKeptAt = new Map<MemberId, number>()
  readonly #work = new WorkBudget()
  #isBroken = false

  constructor(parts: RoomParts) {
    this.#parts = parts
    this.record = parts.record
    this.#members = new Members(parts.table, parts.record)
    this.#log = new InterviewLog(parts)
    this.#document.restore(this.#log.restore())
    // The record follows the log, and may have been cut off from it.
    this.#noteFinish()
  }

  get title(): string {
    return this.record.title
  }

  get interview(): Interview {
    return this.#log.interview
  }

  get entries(): readonly LoggedEntry[] {
    return this.#log.entries
  }

  get state(): Uint8Array {
    return this.#document.state
  }

  /** Every file's text, by path. */
  get texts(): ReadonlyMap<string, string> {
    return this.#document.texts
  }

  get at(): number {
    return this.#log.at
  }

  get isEmpty(): boolean {
    return this.#audience.isEmpty
  }

  /** Who a person is here in a role; null where they never came in. */
  memberOf(person: string, role: Role): MemberId | null {
    return this.#members.of(person, role)
  }

  /** Bound: it is handed on by itself. */
  readonly isHere = (member: MemberId): boolean => this.#members.has(member)

  /** A page comes. What it is shown is on the disk, the last keystroke in the document, too. */
  arrive(guest: Guest): void {
    this.#parts.journal.flush()
    if (this.#isBroken) guest.end(CloseCode.notKept, NOT_KEPT)
    else this.#seat(guest)
  }

  /** Who practises alone has said who they are: they are the first to come, and nobody else does. */
  #seat(guest: Guest): void {
    const { alone, candidate } = this.record
    this.#audience.seat(guest, this.memberOf(guest.person, guest.role))
    if (alone && this.interview.members.length === 0) this.enter(guest, candidate)
  }

  /** The page is gone. */
  leave(guest: Guest): void {
    this.#audience.leave(guest)
  }

  /** Somebody who was not here before says who they are. */
  enter(guest: Guest, name: string): void {
    if (!this.#audience.isUnknown(guest)) return
    const { person, role } = guest
    const taken = this.interview.members.map(({ id }) => id)
    const member = this.memberOf(person, role) ?? this.#members.add(person, role, taken)
    if (member === null) {
      guest.end(CloseCode.noEntry, 'too many people came to this interview')
      return
    }
    this.#audience.seat(guest, member)
    this.#append([{ entry: { type: 'joined', member, name, role } }], { by: null })
  }

  /** Takes in a change of the document. */
  edit(guest: Guest, serial: number, update: Uint8Array): void {
    const by = this.#audience.memberInside(guest)
    if (by === null) return
    const objection = this.#objectionToEdit(update, by)
    // What the document has taken in is in the log too, even if it is the last that this guest may do for now.
    if (objection !== null) guest.tell({ type: 'dropped', serial, message: objection })
    else this.#append([{ entry: { type: 'edited', update: '' }, edit: update }], askedBy(by, guest, serial))
    if (!this.#work.allows(by)) guest.end(CloseCode.flood, 'too much work')
  }

  /** Carries out what somebody may do, or says why not. What was carried out already is acknowledged, and is not done again. */
  act(guest: Guest, { serial, id, act }: AskedAct): void {
    const member = this.#audience.memberInside(guest)
    if (member === null) return
    const drafts = this.#log.hasAct(member, id) ? [] : this.#draftsFor(act, { member, role: guest.role })
    if (typeof drafts === 'string') guest.tell({ type: 'dropped', serial, message: drafts })
    else this.#append(withAct(drafts, id), askedBy(member, guest, serial))
  }

  /** Shows where somebody's cursor is now. */
  cursor(guest: Guest, cursor: Cursor | null): void {
    const member = this.#audience.memberInside(guest)
    if (member === null) return
    this.#audience.tellOthers(guest, { type: 'cursor', member, cursor })
    const keptAt = this.#cursorsKeptAt.get(member) ?? Number.NEGATIVE_INFINITY
    if (cursor === null || this.#log.fullness !== null || this.at - keptAt < CURSOR_PAUSE_MS) return
    this.#cursorsKeptAt.set(member, this.at)
    this.#append([{ entry: { type: 'cursor', cursor } }], { by: member })
  }

  /** Another guide for this interview. */
  setGuide(by: MemberId, guide: Guide, settled: Settled): void {
    this.#append([{ entry: { type: 'guide', guide } }], { by, settled })
  }

  /** A run of this interview began. */
  ran(by: MemberId, run: string, { exercise, insight }: Pick<RunRequest, 'exercise' | 'insight'>): void {
    this.#append([{ entry: { type: 'ran', run, exercise, ...(insight ? { insight } : {}) } }], { by })
  }

  /** A run of this interview ended. What was told of it is kept with that, where there is anything. */
  concluded(entry: Extract<Entry, { type: 'concluded' }>, frames?: Uint8Array): void {
    this.#append([{ entry, ...(frames && { frames }) }], { by: null })
  }

  /** Sends all pages of a role away, for example because their link was revoked; null: of every role. */
  dismiss(role: Role | null, reason: string): void {
    this.#audience.dismiss(role, { code: CloseCode.noEntry, reason })
  }

  /** The interview as a reader may see it. */
  interviewFor(reader: Reader): Interview {
    return foldEntries(this.entries.filter((entry) => isVisible(entry, reader, this)))
  }

  /** The log as a reader may see it; with edits and cursors, for a replay. */
  *visibleTo(reader: Reader): Generator<LoggedEntry> {
    for (const { edit, ...logged } of this.#parts.table.entriesOf(this.record.id)) {
      if (!isVisible(logged, reader, this)) continue
      yield edit === null ? logged : { ...logged, entry: { type: 'edited', update: base64Of(edit) } }
    }
  }

  #noteFinish(): void {
    const { finishedAt } = this.interview
    if (finishedAt !== null) this.#parts.table.setFinished(this.record.id, this.record.madeAt + finishedAt)
  }

  #objectionToEdit(update: Uint8Array, by: MemberId): string | null {
    if (this.interview.finishedAt !== null) return 'The interview is over.'
    return this.#log.fullness ?? this.#work.of(by, () => this.#document.apply(update, by))
  }

  /** The entries that an act comes to, or why it cannot be. */
  #draftsFor(act: Act, reader: Reader): Draft[] | string {
    if (JUDGED_IN_ORDER.has(act.type)) this.#parts.journal.flush()
    const objection = this.#log.fullness ?? objectionTo(act, reader, this.interview)
    if (objection !== null) return objection
    if (act.type !== 'opened') return [{ entry: act }]
    const { files, ...opened } = act
    const starter = this.#parts.starterOf(act.exercise) ?? (this.#document.has(act.exercise) ? [] : files)
    if (starter === undefined) return `There is no exercise "${act.exercise}".`
    // A file that was deleted is there again.
    const edit = this.#document.seed(act.exercise, starter, reader.member)
    const seeded: Draft[] = edit === null ? [] : [{ entry: { type: 'edited', update: '' }, edit }]
    return [{ entry: opened }, ...seeded]
  }

  #append(drafts: Draft[], { by, page, settled }: Asked): void {
    if (this.#isBroken) {
      settled?.(new Error('the interview is broken'))
      return
    }
    this.#log.append(drafts, by, {
      taken: (entries) => this.#tell(entries, page ?? null),
      settled: (failure) => {
        settled?.(failure)
        if (failure !== null) this.#break(failure)
      },
    })
  }

  #tell(entries: Taken[], page: Guest | null): void {
    // What the server itself put there the asking page lacks like everybody.
    const maker = entries[0]?.edit === undefined ? null : page
    for (const { edit, ...logged } of entries) {
      if (edit === undefined) this.#tellEntry(logged)
      else this.#audience.tellOthers(maker, { type: 'edited', by: logged.by, update: base64Of(edit) })
    }
  }

  #tellEntry(logged: LoggedEntry): void {
    const { entry } = logged
    if (entry.type === 'cursor') return
    this.#audience.tellEntries([logged])
    if (entry.type === 'submitted' && entry.on) this.#audience.tellEntries(this.entries.filter(isSeenLater))
    if (entry.type === 'joined' || entry.type === 'admitted' || entry.type === 'removed')
      this.#audience.placeAgain(entry.member)
    if (entry.type === 'finished') this.#noteFinish()
    if (TURNS_TIME.has(entry.type)) this.#audience.tellTime()
  }

  /** Nothing that was said since can be kept: everybody comes back to what is on the disk. */
  #break(failure: unknown): void {
    if (this.#isBroken) return
    this.#isBroken = true
    this.#parts.log.error({ err: failure, interview: this.record.id }, 'an interview could not be kept')
    this.#parts.broken()
    this.#audience.dismiss(null, { code: CloseCode.notKept, reason: NOT_KEPT })
  }
}

/** An act that comes to several entries is known by the first. */
function withAct([first, ...others]: Draft[], act: ActId): Draft[] {
  return first === undefined ? [] : [{ ...first, act }, ...others]
}

/** The page is told once it is kept; where that fails everybody is sent away. */
function askedBy(by: MemberId, page: Guest, serial: number): Asked {
  const settled: Settled = (failure) => {
    if (failure === null) page.tell({ type: 'kept', serial })
  }
  return { by, page, settled }
}
