import {
  type Act,
  type ExerciseSummary,
  type Interview,
  type InterviewNews,
  isInterviewNews,
  type LoggedEntry,
  type MemberId,
  type Role,
  SCRATCH,
  type ServerMessage,
} from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import { Desk, type DeskParts } from '../desk.ts'
import { addOlderRun, type ConnectionState, runsOf } from '../session.ts'
import { createStore, type Store } from '../store.ts'
import { draftFiles, type Workspace } from '../workspace.ts'
import { fromBase64 } from './base64.ts'
import { InterviewLog } from './interview-log.ts'
import { OpenedExercise } from './opened-exercise.ts'
import { Outbox } from './outbox.ts'
import { People } from './people.ts'
import type { InterviewSource, OpenTabs } from './ports.ts'
import { lateWords } from './queued-act.ts'
import { SharedDocument } from './shared-document.ts'
import { sharedWorkspace } from './shared-workspace.ts'
import { toldRun } from './told-run.ts'
import { UnkeptKeeper } from './unkept.ts'

/** What somebody sees who is not in: asked for a name, or waiting to be let in. */
export type Door = Omit<Extract<InterviewNews, { type: 'door' }>, 'type'>

/** Who the person at this page is. */
export interface Me {
  member: MemberId
  role: Role
}

/** The time left, as it was at a moment of this page's clock (milliseconds since the epoch). */
export interface TimeTold {
  leftMs: number
  running: boolean
  toldAt: number
}

export interface InterviewParts extends DeskParts {
  source: InterviewSource
  /** Null where the browser cannot tell. */
  tabs: OpenTabs | null
  /** The link's key. */
  key: string
  /** Loads the page again, without what is not kept, and says why. */
  startOver(why: string): void
}

/** An interview, seen from one person's desk: what everybody has in common, and what this person may know and do. */
export class InterviewDesk extends Desk {
  /** Null once inside, and before the server has answered. */
  readonly door: Store<Door | null> = createStore<Door | null>(null)
  /** Null until inside. */
  readonly interview: Store<Interview | null> = createStore<Interview | null>(null)
  readonly me: Store<Me | null> = createStore<Me | null>(null)
  /** What a candidate is shown of the clock. */
  readonly time: Store<TimeTold | null> = createStore<TimeTold | null>(null)
  readonly document: SharedDocument
  readonly outbox: Outbox
  readonly people: People
  readonly source: InterviewSource
  /** The link's. */
  readonly key: string
  readonly #unkept: UnkeptKeeper
  readonly #log = new InterviewLog()
  readonly #opened: OpenedExercise
  readonly #parts: InterviewParts
  /** When the interview was made, by this page's clock. */
  #madeAt = 0

  constructor(parts: InterviewParts) {
    super(parts)
    this.#parts = parts
    this.source = parts.source
    this.key = parts.key
    this.outbox = new Outbox({
      ...parts,
      changed: () => this.#unkept.changed(),
      late: (acts) => this.notice(lateWords(acts)),
    })
    this.document = new SharedDocument({ changed: () => this.#derive(), edited: (update) => this.outbox.edit(update) })
    this.people = new People(parts)
    this.#opened = new OpenedExercise({
      source: parts.source,
      page: this.page,
      viewing: this.viewing,
      left: () => this.workspace.set(null),
      changed: () => this.#derive(),
    })
    this.#unkept = new UnkeptKeeper({
      ...parts,
      interview: parts.key,
      page: parts.newId(),
      unkept: () => this.outbox.unkept(),
      isEmpty: () => this.outbox.isEmpty,
    })
  }

  /** Takes up what a page that was left had not brought to the server. */
  async start(): Promise<void> {
    await this.#unkept.takeOver((unkept) => {
      for (const update of unkept.edits) this.document.apply(update, 'restored')
      this.outbox.restore(unkept)
    })
  }

  /** The page may go. */
  leave(): void {
    this.#unkept.writeNow({ isLeft: true })
  }

  /** Comes in for the first time. */
  enter(name: string): void {
    this.#parts.send({ type: 'enter', name })
  }

  /** Asks for something to be put into the log. It shows when it comes back, as for everybody. */
  act(act: Act): void {
    if (this.outbox.act(act)) return
    this.notice('Too much waits for the connection: what you did now is not kept.')
  }

  /** All that can be opened; none where the server cannot be asked. */
  async exercises(): Promise<ExerciseSummary[]> {
    return this.source.exercises().catch(() => [])
  }

  /** Milliseconds since the interview was made, by the server's clock. */
  at(): number {
    return this.#parts.clock.now() - this.#madeAt
  }

  /** Points everybody at a line of the file that is open here. */
  pointAt(line: number): void {
    const workspace = this.workspace.get()
    const connected = this.session.get().connection.type === 'connected'
    // Pointing passes: there is no use in doing it later.
    if (workspace && connected) this.act({ type: 'pointed', path: pathIn(workspace, workspace.active), line })
  }

  /** Shows a run of this interview, fetched where this page has not seen it. */
  async openRun(id: string): Promise<void> {
    const isKnown = this.session.get().runs.some(({ description }) => description.id === id)
    if (isKnown || (await this.#fetchRun(id))) this.viewing.chooseRun(id)
  }

  async #fetchRun(id: string): Promise<boolean> {
    try {
      const told = await this.source.run(id)
      const run = told && toldRun(told, this.session.get().clockAheadMs)
      if (run) this.session.update((session) => addOlderRun(session, run))
      else this.notice('This run is not kept any more.')
      return run !== null
    } catch (cause) {
      this.notice(sentenceOf(cause))
      return false
    }
  }

  override connectionChanged(connection: ConnectionState): void {
    super.connectionChanged(connection)
    if (connection.type !== 'connected') this.outbox.closed()
  }

  /** Takes in a message of the server. */
  receive(message: ServerMessage): void {
    if (isInterviewNews(message)) this.#hear(message)
    else this.fold(message)
  }

  #hear(news: InterviewNews): void {
    switch (news.type) {
      case 'door': {
        const { type: _, ...door } = news
        this.door.set(door)
        return
      }
      case 'room':
        this.#enterRoom(news)
        return
      case 'entries':
        this.#addEntries(news.entries)
        return
      case 'edited':
        this.document.apply(fromBase64(news.update), 'server')
        return
      case 'kept':
        this.outbox.kept(news.serial)
        return
      case 'dropped':
        this.#dropped(news)
        return
      case 'cursor':
        this.people.setCursor(news.member, news.cursor)
        return
      case 'presence':
        this.people.setHere(news.members)
        return
      case 'time':
        this.time.set(news.time && { ...news.time, toldAt: this.#parts.clock.now() })
        return
      default:
        assertNever(news)
    }
  }

  /** After a change that the server does not take, this page's document is another than everybody's. */
  #dropped({ serial, message }: Extract<InterviewNews, { type: 'dropped' }>): void {
    const { wasEdit } = this.outbox.dropped(serial)
    this.notice(message)
    if (!wasEdit) return
    this.#unkept.writeNow()
    this.#parts.startOver(message)
  }

  #enterRoom(room: Extract<InterviewNews, { type: 'room' }>): void {
    const document = fromBase64(room.document)
    this.#madeAt = this.#parts.clock.now() - room.at
    this.door.set(null)
    this.me.set({ member: room.member, role: room.role })
    this.document.apply(document, 'server')
    this.outbox.opened(this.document.missingIn(document, this.outbox.unkept().edits.length > 0))
    this.people.opened()
    this.#show(this.#log.replace(room.entries))
    void this.#showLastRun()
  }

  #addEntries(entries: readonly LoggedEntry[]): void {
    this.#show(this.#log.add(entries))
    for (const { entry, by } of entries) {
      if (entry.type === 'pointed' && by !== null) this.people.point({ by, path: entry.path, line: entry.line })
    }
  }

  /** The interview has come to this. */
  #show(interview: Interview): void {
    this.interview.set(interview)
    const { exercise, sharing } = interview
    this.#opened.show({ exercise, hints: sharing.hints, role: this.me.get()?.role ?? 'candidate' })
    this.#derive()
  }

  /** Asks for the exercise again, after that has failed. */
  retry(): void {
    void this.#opened.retry()
  }

  /** After a reload the result is there again that was there before. */
  async #showLastRun(): Promise<void> {
    const { exercise, runs } = this.interview.get() ?? { exercise: null, runs: [] }
    const last = runs.findLast((run) => run.exercise === exercise)
    if (!exercise || !last || last.verdict === null) return
    if (runsOf(this.session.get(), exercise).length === 0) await this.#fetchRun(last.id)
  }

  /** Sets the workspace to what the document says. */
  #derive(): void {
    const interview = this.interview.get()
    const exercise = interview?.exercise
    if (!exercise) return
    const before = this.workspace.get()
    const active = before?.exercise === exercise ? before.active : ''
    const { detail } = this.#opened
    if (exercise !== SCRATCH && !detail) return
    const files = this.document.filesOf(exercise)
    this.workspace.set(sharedWorkspace({ detail, files, active, isOver: interview.finishedAt !== null }))
  }

  protected override change(change: (workspace: Workspace) => Workspace): void {
    const before = this.workspace.get()
    if (!before || this.interview.get()?.finishedAt !== null) return
    const after = change(before)
    if (after === before) return
    // What is one's own, the file that is open, stays when the workspace follows from the document again.
    this.workspace.set(after)
    this.document.write(before.exercise, draftFiles(before), draftFiles(after))
  }

  /** Says something that a person should read. */
  notice(notice: string): void {
    this.session.update((session) => ({ ...session, notice }))
  }
}

/** The place of a file in the interview's document. */
export function pathIn({ exercise }: Pick<Workspace, 'exercise'>, file: string): string {
  return `${exercise}/${file}`
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
