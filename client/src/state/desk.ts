import type { ClientMessage, ExerciseDetail } from '@sandbox/protocol'
import { questionAbout } from './answers.ts'
import type { KeyValueStorage } from './drafts.ts'
import { Editing } from './editing.ts'
import { givenLines } from './given-lines.ts'
import { KeptRuns } from './kept-runs.ts'
import { mapLines } from './line-map.ts'
import type { Clock, KeptRunSource, TimelineSource } from './ports.ts'
import { loadTheme, saveTheme, type Theme } from './preferences.ts'
import { pathOfRun } from './route.ts'
import type { RunState } from './run.ts'
import { type RunOptions, Runs } from './runs.ts'
import { type ConnectionState, foldMessage, NEW_SESSION, type Session, type SessionMessage } from './session.ts'
import { createStore, type Store } from './store.ts'
import { Timelines } from './timelines.ts'
import { FIRST_VIEW, type View, Viewing } from './view.ts'
import { fileNamed, type Workspace } from './workspace.ts'

/** What the left column and the editor show. */
export type Page =
  | { type: 'loading' }
  | { type: 'exercise'; detail: ExerciseDetail }
  | { type: 'scratch' }
  | { type: 'missing'; what: string }
  | { type: 'failed'; sentence: string }

export interface DeskParts {
  timelines: TimelineSource
  /** Where runs are kept for who is shown them; without it there are no links to them. */
  keptRuns?: KeptRunSource
  /** Shared by all tabs. */
  storage: KeyValueStorage
  clock: Clock
  newId(): string
  /** Sends to the server; false where there is no connection. */
  send(message: ClientMessage): boolean
  /** Starts the connection over, for what is missing. */
  resync(): void
}

/**
 * A place to read, write and run code at: what practice and an interview have in common. Holds no DOM and no socket. Where
 * the files come from, and where a change of them goes, is what the places differ in.
 */
export abstract class Desk {
  readonly session: Store<Session> = createStore(NEW_SESSION)
  readonly page: Store<Page> = createStore<Page>({ type: 'loading' })
  readonly workspace: Store<Workspace | null> = createStore<Workspace | null>(null)
  readonly view: Store<View> = createStore(FIRST_VIEW)
  readonly theme: Store<Theme>
  readonly viewing: Viewing
  readonly editing: Editing
  readonly runs: Runs
  readonly timelines: Timelines
  /** Links to the runs of this desk; null where they have none. */
  readonly links: KeptRuns | null
  readonly #parts: DeskParts

  constructor(parts: DeskParts) {
    const { session, workspace, view } = this
    const { newId, send } = parts
    this.#parts = parts
    this.timelines = new Timelines(parts.timelines)
    this.links = parts.keptRuns ? new KeptRuns(parts.keptRuns) : null
    this.theme = createStore(loadTheme(parts.storage))
    this.viewing = new Viewing(view)
    this.editing = new Editing({ workspace, newId, send, change: (change) => this.change(change) })
    this.runs = new Runs({ session, workspace, view, newId, send })
  }

  /** Takes in what a person did to the files. */
  protected abstract change(change: (workspace: Workspace) => Workspace): void

  /** Takes in what the server says to every page. */
  protected fold(message: SessionMessage): void {
    if (message.type === 'formatted') this.editing.applyFormat(message)
    if (message.type === 'error' && message.request) this.editing.forgetFormat(message.request)
    const before = this.session.get()
    const { session, gap } = foldMessage(before, message, this.#parts.clock.now())
    const isNew = message.type === 'run' && session.runs.length !== before.runs.length
    if (isNew && this.workspace.get()?.exercise === message.run.exercise) this.viewing.chooseRun(null)
    this.session.set(session)
    if (gap) this.#parts.resync()
  }

  /** Takes in a change of the connection. What was asked and not answered is asked again by the person. */
  connectionChanged(connection: ConnectionState): void {
    this.session.update((session) => ({
      ...session,
      connection,
      asked: connection.type === 'connected' ? session.asked : [],
    }))
    if (connection.type !== 'connected') this.editing.forgetFormat()
  }

  /**
   * The path at which a run can be read by whoever has it; the run is kept for that. Null where runs of this desk have none.
   * Fails with a sentence where it cannot be kept.
   */
  pathTo(run: RunState): Promise<string> | null {
    return this.links?.keep(run.description.id).then(pathOfRun) ?? null
  }

  /** Runs the code as it stands. */
  run(options: RunOptions = {}): void {
    this.runs.start(options)
  }

  /** Formats the open file with gofmt. */
  format(): void {
    this.editing.format()
  }

  /** Brings a place of a run's snapshot into view, at the line where it stands now. */
  openPlace(run: RunState | null, file: string, line: number): void {
    const workspace = this.workspace.get()
    const current = workspace && fileNamed(workspace, file)
    if (!current) return
    const snapshot = run?.description.files.find((other) => other.name === file)?.text ?? current.text
    this.editing.activateFile(file)
    this.viewing.reveal(file, mapLines(snapshot, current.text)(line) ?? line)
  }

  /** Answers the question about `file` with one of its lines, as it stands in the editor: what is asked about is the line as it was given. */
  answerWithLine(file: string, line: number): void {
    const page = this.page.get()
    const workspace = this.workspace.get()
    if (page.type !== 'exercise' || !workspace) return
    const { questions } = page.detail
    const question = questionAbout(file, { questions, answers: workspace.answers, picking: this.view.get().picking })
    const lines = givenLines(workspace, file)
    if (!question || !lines) return
    const given = lines.given(line)
    if (given === null) {
      const notice = `Line ${line} is not in ${file} as it was given, and the questions are about that.`
      this.session.update((session) => ({ ...session, notice }))
      return
    }
    this.runs.dismissNotice()
    this.editing.answer(question.id, [given])
    this.viewing.chooseColumn('questions')
  }

  /** Opens this many hints. */
  showHint(count: number): void {
    this.viewing.showHints(count)
  }

  chooseTheme(theme: Theme): void {
    saveTheme(this.#parts.storage, theme)
    this.theme.set(theme)
  }
}
