import type { Cursor, Interview, LoggedEntry, MemberId, ServerMessage } from '@sandbox/protocol'
import { DocumentHistory } from './document-history.ts'
import { EditBursts } from './edit-bursts.ts'
import { lastUpTo } from './file-history.ts'
import { InterviewHistory } from './interview-history.ts'
import { type ReplayTimeline, timelineOf } from './replay-timeline.ts'

/** Where a replay's interview comes from. What it fetches fails with a sentence for the page. */
export interface ReplaySource {
  /** Addresses to open or to save. */
  readonly links: {
    /** The interview itself, with its scorecard. */
    live: string
    report: string
    candidateCopy: string
    markdown: string
    json: string
    exported: string
  }
  /** The whole log, in order; says now and then how many entries have come. */
  log(onProgress: (entries: number) => void): Promise<LoggedEntry[]>
  /** What a run told: its `run`, then its `event`s. */
  run(id: string): Promise<ServerMessage[]>
}

/** An interview as it was at one moment. */
export interface ReplayState {
  /** Milliseconds since the interview was made. */
  at: number
  interview: Interview
  /** Texts by path. */
  files: ReadonlyMap<string, string>
  cursors: Readonly<Record<MemberId, Cursor>>
}

/** So many entries are taken in before the page may draw again. */
const ENTRIES_AT_A_TIME = 1000

/** A whole interview that can be asked for any of its moments. */
export class Replay {
  readonly timeline: ReplayTimeline
  /** The interview as it stands, with what came after its end. */
  readonly end: Interview
  readonly #entries: readonly LoggedEntry[]
  readonly #document: DocumentHistory
  readonly #interview: InterviewHistory
  /** Of the last moment that was asked for: while nothing happens, nothing is new. */
  #last: { index: number; state: ReplayState } | null = null

  private constructor(entries: readonly LoggedEntry[], { document, interview, bursts }: Reader) {
    this.#entries = entries
    this.#document = document
    this.#interview = interview
    const log = { entries, interview: interview.latest, edits: bursts.edits, bursts: bursts.finish() }
    this.timeline = timelineOf(log)
    this.end = interview.latest
  }

  /** Reads a log, and lets others have a turn (`breathe`) now and then. */
  static async read(entries: readonly LoggedEntry[], breathe: () => Promise<void>): Promise<Replay> {
    const reader = new Reader()
    for (let from = 0; from < entries.length; from += ENTRIES_AT_A_TIME) {
      for (const entry of entries.slice(from, from + ENTRIES_AT_A_TIME)) reader.take(entry)
      await breathe()
    }
    return new Replay(entries, reader)
  }

  /** The interview as it was at a moment. Files that did not change between two moments are the same texts. */
  at(at: number): ReplayState {
    const index = lastUpTo(this.#entries, at, (entry) => entry.at)
    if (this.#last?.index !== index) this.#last = { index, state: this.#stateAt(index, at) }
    return this.#last.state.at === at ? this.#last.state : { ...this.#last.state, at }
  }

  #stateAt(index: number, at: number): ReplayState {
    const interview = this.#interview.at(index)
    return { at, interview, files: this.#document.at(index), cursors: interview.cursors }
  }
}

/** Takes a log in, entry by entry. */
class Reader {
  readonly document = new DocumentHistory()
  readonly interview = new InterviewHistory()
  readonly bursts = new EditBursts()
  #count = 0
  #last: LoggedEntry | null = null

  take(logged: LoggedEntry): void {
    const { at, by, entry } = logged
    this.interview.push(logged)
    const isSeed = isStarter(this.#last, logged)
    this.#last = logged
    const index = this.#count++
    if (entry.type !== 'edited') return
    for (const { text, path, lines } of this.document.apply(index, entry.update)) {
      // What the server puts there is nobody's work.
      if (by !== null && !isSeed) this.bursts.add({ at, by, path, lines }, text)
    }
  }
}

/** Whether an edit is what an exercise begins with: the server writes it together with its opening, in the opener's name. */
function isStarter(last: LoggedEntry | null, { at, by, entry }: LoggedEntry): boolean {
  return last?.entry.type === 'opened' && entry.type === 'edited' && last.by === by && last.at === at
}
