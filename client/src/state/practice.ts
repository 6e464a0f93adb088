import {
  type ClientMessage,
  type ExerciseDetail,
  type ExerciseSummary,
  isInterviewNews,
  SCRATCH,
  type ServerMessage,
} from '@sandbox/protocol'
import { questionAbout } from './answers.ts'
import { DraftKeeper } from './draft-keeper.ts'
import { type DraftServer, DraftSync } from './draft-sync.ts'
import type { KeyValueStorage } from './drafts.ts'
import { Editing } from './editing.ts'
import { type Filters, filterExercises } from './filters.ts'
import { givenLines } from './given-lines.ts'
import { mapLines } from './line-map.ts'
import { MockPractice } from './mock-practice.ts'
import type { Catalogue, Clock, RecordKeeper, TimelineSource } from './ports.ts'
import {
  loadFilters,
  loadHints,
  loadLastExercise,
  loadTheme,
  saveFilters,
  saveHints,
  saveLastExercise,
  saveTheme,
  type Theme,
} from './preferences.ts'
import { nextUnsolved, Records, surprise } from './records.ts'
import { parseRoute, pathOf } from './route.ts'
import type { RunState } from './run.ts'
import { type RunOptions, Runs } from './runs.ts'
import { type ConnectionState, foldMessage, NEW_SESSION, type Session } from './session.ts'
import { createStore, type Store } from './store.ts'
import { Timelines } from './timelines.ts'
import { FIRST_VIEW, type View, Viewing } from './view.ts'
import { type Draft, draftFiles, fileNamed, openExercise, openScratch, type Workspace } from './workspace.ts'

/** What the left column and the editor show. */
export type Page =
  | { type: 'loading' }
  | { type: 'exercise'; detail: ExerciseDetail }
  | { type: 'scratch' }
  | { type: 'missing'; what: string }
  | { type: 'failed'; sentence: string }

/** The address bar. */
export interface Address {
  path(): string
  go(path: string, replace: boolean): void
}

export interface PracticeParts {
  catalogue: Catalogue
  records: RecordKeeper
  draftServer: DraftServer
  timelines: TimelineSource
  /** Shared by all tabs. */
  storage: KeyValueStorage
  /** This tab's own; survives its reload. */
  tabStorage: KeyValueStorage
  clock: Clock
  address: Address
  newId(): string
  /** Sends to the server; false where there is no connection. */
  send(message: ClientMessage): boolean
  /** Starts the connection over, for what is missing. */
  resync(): void
}

/** The page's state and what a person can do to it. Holds no DOM and no socket. */
export class Practice {
  readonly session: Store<Session> = createStore(NEW_SESSION)
  readonly exercises: Store<ExerciseSummary[] | null> = createStore<ExerciseSummary[] | null>(null)
  readonly page: Store<Page> = createStore<Page>({ type: 'loading' })
  readonly workspace: Store<Workspace | null> = createStore<Workspace | null>(null)
  readonly view: Store<View> = createStore(FIRST_VIEW)
  readonly theme: Store<Theme>
  readonly filters: Store<Filters>
  readonly mock: MockPractice
  readonly viewing: Viewing
  readonly drafts: DraftKeeper
  /** The drafts on the server. */
  readonly sync: DraftSync
  readonly editing: Editing
  readonly runs: Runs
  readonly records: Records
  readonly timelines: Timelines
  readonly #parts: PracticeParts

  constructor(parts: PracticeParts) {
    const { session, workspace, view } = this
    this.#parts = parts
    this.records = new Records(parts.records)
    this.timelines = new Timelines(parts.timelines)
    this.theme = createStore(loadTheme(parts.storage))
    this.filters = createStore(loadFilters(parts.storage))
    this.mock = new MockPractice(parts.tabStorage)
    this.viewing = new Viewing(view)
    this.drafts = new DraftKeeper({
      ...parts,
      mine: () => draftOf(workspace.get()),
      show: (draft) => this.#showDraft(draft),
      written: () => this.sync.saved(),
    })
    this.sync = new DraftSync({
      ...parts,
      server: parts.draftServer,
      laidBeside: (key) => this.drafts.storageChanged(key),
      replaced: () => this.drafts.goOn(),
    })
    this.editing = new Editing({ ...parts, workspace, drafts: this.drafts })
    this.runs = new Runs({ ...parts, session, workspace, view })
  }

  /** Loads the list and what the address names; both at once. */
  async start(): Promise<void> {
    await Promise.all([this.#loadList(), this.records.load(), this.openAddress()])
  }

  async #loadList(): Promise<void> {
    try {
      this.exercises.set(await this.#parts.catalogue.list())
    } catch {
      // The list is a convenience beside an open exercise; `openHome` reports its absence where it matters.
      this.exercises.set(null)
    }
  }

  /** Opens what the address bar names. */
  async openAddress(): Promise<void> {
    const route = parseRoute(this.#parts.address.path())
    if (route.type === 'exercise') await this.#open(route.slug)
    else if (route.type === 'scratch') await this.#open(SCRATCH)
    else if (route.type === 'home') await this.#openHome()
    else this.page.set({ type: 'missing', what: this.#parts.address.path() })
  }

  async #openHome(): Promise<void> {
    const last = loadLastExercise(this.#parts.storage)
    try {
      const exercise = last ?? (this.exercises.get() ?? (await this.#parts.catalogue.list()))[0]?.slug ?? SCRATCH
      this.#parts.address.go(pathOf(exercise), true)
      await this.#open(exercise)
    } catch (cause) {
      this.page.set({ type: 'failed', sentence: sentenceOf(cause) })
    }
  }

  /** Opens an exercise or scratch, as from the list. */
  async openExercise(exercise: string): Promise<void> {
    if (this.workspace.get()?.exercise === exercise) return
    this.#parts.address.go(pathOf(exercise), false)
    await this.#open(exercise)
  }

  /** Opens the next exercise that is not solved yet. */
  async openNext(): Promise<void> {
    const current = this.workspace.get()?.exercise ?? null
    const next = nextUnsolved(this.exercises.get() ?? [], this.records.progress.get(), current)
    if (next) await this.openExercise(next.slug)
  }

  /** Opens any exercise that is not solved yet and that the filters let through, against the clock: as an interviewer would. */
  async openSurprise(): Promise<void> {
    const current = this.workspace.get()?.exercise ?? null
    const progress = this.records.progress.get()
    const list = filterExercises(this.exercises.get() ?? [], { ...this.filters.get(), standing: null }, progress)
    const found = surprise(list, progress, current, this.#parts.clock.random())
    if (!found) return
    this.mock.start(found.slug, found.minutes, this.#parts.clock.now())
    await this.openExercise(found.slug)
  }

  async #open(exercise: string): Promise<void> {
    if (exercise === SCRATCH) {
      this.#show({ type: 'scratch' }, SCRATCH)
      return
    }
    this.page.set({ type: 'loading' })
    const path = this.#parts.address.path()
    try {
      const detail = await this.#parts.catalogue.detail(exercise)
      if (this.#parts.address.path() !== path) return
      if (!detail) this.#showMissing(exercise)
      else this.#show({ type: 'exercise', detail }, exercise)
    } catch (cause) {
      this.page.set({ type: 'failed', sentence: sentenceOf(cause) })
    }
  }

  #showMissing(exercise: string): void {
    this.editing.saveNow()
    this.workspace.set(null)
    this.page.set({ type: 'missing', what: exercise })
  }

  #show(page: Extract<Page, { type: 'exercise' | 'scratch' }>, exercise: string): void {
    // What was typed while the exercise was fetched belongs to the one before.
    this.editing.saveNow()
    saveLastExercise(this.#parts.storage, exercise)
    this.records.opened(exercise)
    this.editing.formatProblem.set(null)
    this.viewing.startOver(loadHints(this.#parts.storage, exercise))
    const draft = this.drafts.open(exercise)
    this.workspace.set(page.type === 'exercise' ? openExercise(page.detail, draft) : openScratch(draft))
    this.page.set(page)
    this.drafts.opened()
    this.sync.opened(exercise)
  }

  /** Takes in a message of the server. */
  receive(message: ServerMessage): void {
    if (isInterviewNews(message)) return
    this.records.receive(message)
    if (message.type === 'formatted') this.editing.applyFormat(message)
    if (message.type === 'error' && message.request) this.editing.forgetFormat(message.request)
    const before = this.session.get()
    const { session, gap } = foldMessage(before, message, this.#parts.clock.now())
    const isNew = message.type === 'run' && session.runs.length !== before.runs.length
    if (isNew && this.workspace.get()?.exercise === message.run.exercise) this.viewing.chooseRun(null)
    this.session.set(session)
    if (message.type === 'event' && message.event.type === 'verdict') this.#ended(message.run)
    if (gap) this.#parts.resync()
  }

  #ended(id: string): void {
    const run = this.session.get().runs.find(({ description }) => description.id === id)
    if (run) this.mock.ended(run)
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

  /** The page may go: what waits to be kept is kept now. */
  leave(): void {
    this.editing.saveNow()
    this.sync.flush()
  }

  /** Keeps the draft and runs the code as it stands. */
  run(options: RunOptions = {}): void {
    this.editing.saveNow()
    this.runs.start(options)
  }

  /** Settles which of two versions of this exercise this tab goes on with. */
  settleDraft(choice: 'other' | 'mine'): void {
    this.drafts.settle(choice)
    this.viewing.showChanges(null)
  }

  /** The file that is open stays so, where the other version has it. */
  #showDraft({ files }: Draft): void {
    const page = this.page.get()
    const draft = { files, active: this.workspace.get()?.active ?? '' }
    if (page.type === 'exercise') this.workspace.set(openExercise(page.detail, draft))
    else if (page.type === 'scratch') this.workspace.set(openScratch(draft))
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

  /** Opens the next hint; which are open is kept with the exercise. */
  showHint(count: number): void {
    const exercise = this.workspace.get()?.exercise
    if (!exercise) return
    saveHints(this.#parts.storage, exercise, count)
    this.viewing.showHints(count)
  }

  /** Narrows the list of exercises. */
  chooseFilters(filters: Filters): void {
    saveFilters(this.#parts.storage, filters)
    this.filters.set(filters)
  }

  chooseTheme(theme: Theme): void {
    saveTheme(this.#parts.storage, theme)
    this.theme.set(theme)
  }
}

function draftOf(workspace: Workspace | null) {
  return workspace && { files: draftFiles(workspace), active: workspace.active }
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'The exercise could not be loaded.'
}
