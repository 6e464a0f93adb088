import {
  type ClientMessage,
  type Diagnostic,
  type ExerciseDetail,
  type ExerciseSummary,
  SCRATCH,
  type ServerMessage,
} from '@sandbox/protocol'
import { draftKey, type KeyValueStorage, loadDraft, parseDraft, saveDraft } from './drafts.ts'
import { mapLines } from './line-map.ts'
import type { Catalogue, Clock } from './ports.ts'
import {
  loadHints,
  loadLastExercise,
  loadTheme,
  saveHints,
  saveLastExercise,
  saveTheme,
  type Theme,
} from './preferences.ts'
import { standingOf, type TabName } from './results.ts'
import { parseRoute, pathOf } from './route.ts'
import type { RunState } from './run.ts'
import { activeRun, type ConnectionState, foldMessage, NEW_SESSION, runsOf, type Session } from './session.ts'
import { snapshotName } from './snapshot.ts'
import { createStore, type Store } from './store.ts'
import {
  activate,
  addFile,
  type Draft,
  deleteFile,
  editFile,
  fileNamed,
  openExercise,
  openScratch,
  ownFiles,
  renameFile,
  resetToStarter,
  sameFiles,
  type Workspace,
} from './workspace.ts'

/** Pause after the last keystroke before the draft is written, in milliseconds. */
export const DRAFT_PAUSE_MS = 300

/** What the left column and the editor show. */
export type Page =
  | { type: 'loading' }
  | { type: 'exercise'; detail: ExerciseDetail }
  | { type: 'scratch' }
  | { type: 'missing'; what: string }
  | { type: 'failed'; sentence: string }

/** What a person has chosen to look at. */
export interface View {
  /** Id of an older run; null follows the newest. */
  run: string | null
  race: number
  /** A tab chosen by hand, and the state of the run for which it holds. */
  tab: { name: TabName; for: string } | null
  /** The place to bring into view; a new object for every wish. */
  reveal: { file: string; line: number } | null
  cursor: { line: number; column: number }
  /** Whether the changes since the snapshot are shown. */
  changes: boolean
  hints: number
}

/** How the draft stands. `theirs` is what another tab wrote. */
export interface DraftState {
  /** Milliseconds since the epoch; null before the first save. */
  savedAt: number | null
  refused: boolean
  theirs: Draft | null
}

/** Why gofmt would not format a file, until the file is edited. */
export interface FormatProblem {
  file: string
  text: string
  diagnostics: Diagnostic[]
}

/** The address bar. */
export interface Address {
  path(): string
  go(path: string, replace: boolean): void
}

export interface PracticeParts {
  catalogue: Catalogue
  storage: KeyValueStorage
  clock: Clock
  address: Address
  newId(): string
  /** Sends to the server; false where there is no connection. */
  send(message: ClientMessage): boolean
  /** Starts the connection over, for what is missing. */
  resync(): void
}

const FIRST_VIEW: View = {
  run: null,
  race: 0,
  tab: null,
  reveal: null,
  cursor: { line: 1, column: 1 },
  changes: false,
  hints: 0,
}

/** The page's state and what a person can do to it. Holds no DOM and no socket. */
export class Practice {
  readonly session: Store<Session> = createStore(NEW_SESSION)
  readonly exercises: Store<ExerciseSummary[] | null> = createStore<ExerciseSummary[] | null>(null)
  readonly page: Store<Page> = createStore<Page>({ type: 'loading' })
  readonly workspace: Store<Workspace | null> = createStore<Workspace | null>(null)
  readonly view: Store<View> = createStore(FIRST_VIEW)
  readonly draft: Store<DraftState> = createStore<DraftState>({ savedAt: null, refused: false, theirs: null })
  readonly formatProblem: Store<FormatProblem | null> = createStore<FormatProblem | null>(null)
  readonly theme: Store<Theme>
  readonly #parts: PracticeParts
  /** Format requests under way: what was sent, by request id. */
  readonly #formats = new Map<string, { file: string; text: string }>()
  #cancelSave: (() => void) | null = null

  constructor(parts: PracticeParts) {
    this.#parts = parts
    this.theme = createStore(loadTheme(parts.storage))
  }

  /** Loads the list and what the address names; both at once. */
  async start(): Promise<void> {
    await Promise.all([this.#loadList(), this.openAddress()])
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

  async #open(exercise: string): Promise<void> {
    this.saveNow()
    if (exercise === SCRATCH) {
      this.#show({ type: 'scratch' }, openScratch(loadDraft(this.#parts.storage, SCRATCH)))
      return
    }
    this.page.set({ type: 'loading' })
    const path = this.#parts.address.path()
    try {
      const detail = await this.#parts.catalogue.detail(exercise)
      if (this.#parts.address.path() !== path) return
      if (!detail) this.#showMissing(exercise)
      else this.#show({ type: 'exercise', detail }, openExercise(detail, loadDraft(this.#parts.storage, exercise)))
    } catch (cause) {
      this.page.set({ type: 'failed', sentence: sentenceOf(cause) })
    }
  }

  #showMissing(exercise: string): void {
    this.workspace.set(null)
    this.page.set({ type: 'missing', what: exercise })
  }

  #show(page: Page, workspace: Workspace): void {
    saveLastExercise(this.#parts.storage, workspace.exercise)
    this.formatProblem.set(null)
    this.draft.set({ savedAt: null, refused: false, theirs: null })
    this.view.set({ ...FIRST_VIEW, hints: loadHints(this.#parts.storage, workspace.exercise) })
    this.workspace.set(workspace)
    this.page.set(page)
  }

  /** Takes in a message of the server. */
  receive(message: ServerMessage): void {
    if (message.type === 'formatted') this.#applyFormat(message)
    if (message.type === 'error' && message.request) this.#formats.delete(message.request)
    const before = this.session.get()
    const { session, gap } = foldMessage(before, message, this.#parts.clock.now())
    if (message.type === 'run' && session.runs.length !== before.runs.length) this.#followNewest(message.run.exercise)
    this.session.set(session)
    if (gap) this.#parts.resync()
  }

  #followNewest(exercise: string): void {
    if (this.workspace.get()?.exercise !== exercise) return
    this.view.update((view) => ({ ...view, run: null, race: 0, tab: null, changes: false }))
  }

  /** Takes in a change of the connection. What was asked and not answered is asked again by the person. */
  connectionChanged(connection: ConnectionState): void {
    this.session.update((session) => ({
      ...session,
      connection,
      asked: connection.type === 'connected' ? session.asked : [],
    }))
    if (connection.type !== 'connected') this.#formats.clear()
  }

  /** Whether Run would do something now; otherwise the sentence that says why not. */
  runProblem(): string | null {
    const { connection, sandbox } = this.session.get()
    if (connection.type !== 'connected') return 'There is no connection to the server.'
    if (sandbox && !sandbox.ready) return 'The server has no sandbox to run code in.'
    if (!this.workspace.get()) return 'No exercise is open.'
    return null
  }

  /** Runs the code as it stands. */
  run(): void {
    const workspace = this.workspace.get()
    if (!workspace || this.runProblem() || this.activeRun() || this.session.get().asked.length > 0) return
    const request = this.#parts.newId()
    const files = ownFiles(workspace)
    const snapshot = snapshotName(files)
    this.saveNow()
    const sent = this.#parts.send({ type: 'run', request, run: { exercise: workspace.exercise, files, snapshot } })
    if (sent) this.session.update((session) => ({ ...session, asked: [...session.asked, request], notice: null }))
  }

  /** Cancels the run that goes on for this exercise. */
  cancel(): void {
    const run = this.activeRun()
    if (run) this.#parts.send({ type: 'cancel', run: run.description.id })
  }

  activeRun(): RunState | null {
    const workspace = this.workspace.get()
    return workspace ? activeRun(this.session.get(), workspace.exercise) : null
  }

  /** The run that the results show: the one that was chosen, else the newest. */
  shownRun(): RunState | null {
    const workspace = this.workspace.get()
    if (!workspace) return null
    const runs = runsOf(this.session.get(), workspace.exercise)
    const chosen = this.view.get().run
    return runs.find((run) => run.description.id === chosen) ?? runs.at(-1) ?? null
  }

  /** Formats the open file with gofmt, and keeps the draft. */
  format(): void {
    this.saveNow()
    const workspace = this.workspace.get()
    const file = workspace && fileNamed(workspace, workspace.active)
    if (file?.role !== 'editable') return
    const request = this.#parts.newId()
    if (this.#parts.send({ type: 'format', request, file: { name: file.name, text: file.text } })) {
      this.#formats.set(request, { file: file.name, text: file.text })
    }
  }

  #applyFormat(message: Extract<ServerMessage, { type: 'formatted' }>): void {
    const asked = this.#formats.get(message.request)
    this.#formats.delete(message.request)
    const workspace = this.workspace.get()
    // What was typed since is worth more than the format of what stood before.
    if (!asked || !workspace || fileNamed(workspace, asked.file)?.text !== asked.text) return
    if (message.text !== null) this.edit(asked.file, message.text)
    else this.formatProblem.set({ ...asked, diagnostics: message.diagnostics })
  }

  /** Takes in what was typed. */
  edit(name: string, text: string): void {
    this.#change((workspace) => editFile(workspace, name, text))
    if (this.formatProblem.get()?.file === name) this.formatProblem.set(null)
  }

  activateFile(name: string): void {
    this.#change((workspace) => activate(workspace, name))
  }

  addFile(name: string): void {
    this.#change((workspace) => addFile(workspace, name))
  }

  renameFile(from: string, to: string): void {
    this.#change((workspace) => renameFile(workspace, from, to))
  }

  deleteFile(name: string): void {
    this.#change((workspace) => deleteFile(workspace, name))
  }

  resetToStarter(): void {
    this.#change(resetToStarter)
  }

  #change(change: (workspace: Workspace) => Workspace): void {
    const before = this.workspace.get()
    if (!before) return
    this.workspace.set(change(before))
    if (this.workspace.get() !== before) this.#saveSoon()
  }

  #saveSoon(): void {
    this.#cancelSave?.()
    this.#cancelSave = this.#parts.clock.after(DRAFT_PAUSE_MS, () => this.saveNow())
  }

  /** Writes the draft at once, where something waits to be written. */
  saveNow(): void {
    if (!this.#cancelSave) return
    this.#cancelSave()
    this.#cancelSave = null
    this.#save()
  }

  #save(): void {
    const workspace = this.workspace.get()
    if (!workspace) return
    const now = this.#parts.clock.now()
    const draft = { files: ownFiles(workspace), active: workspace.active }
    const saved = saveDraft(this.#parts.storage, workspace.exercise, draft, now)
    this.draft.update((state) => ({ ...state, refused: !saved, savedAt: saved ? now : state.savedAt }))
  }

  /** Another tab wrote to the storage. Its version is offered, never taken unasked. */
  storageChanged(key: string | null, value: string | null): void {
    const workspace = this.workspace.get()
    if (!workspace || key !== draftKey(workspace.exercise)) return
    const theirs = parseDraft(value)
    const differs = theirs !== null && !sameFiles(theirs.files, ownFiles(workspace))
    this.draft.update((state) => ({ ...state, theirs: differs ? theirs : null }))
  }

  /** Settles a draft that another tab wrote: takes it over, or keeps what stands here. */
  settleDraft(choice: 'theirs' | 'mine'): void {
    const { theirs } = this.draft.get()
    const page = this.page.get()
    this.draft.update((state) => ({ ...state, theirs: null }))
    if (choice === 'mine' || !theirs) this.#save()
    else if (page.type === 'exercise') this.workspace.set(openExercise(page.detail, theirs))
    else if (page.type === 'scratch') this.workspace.set(openScratch(theirs))
  }

  /** Brings a place of a run's snapshot into view, at the line where it stands now. */
  openPlace(run: RunState | null, file: string, line: number): void {
    const workspace = this.workspace.get()
    const current = workspace && fileNamed(workspace, file)
    if (!current) return
    const snapshot = run?.description.files.find((other) => other.name === file)?.text ?? current.text
    this.activateFile(file)
    const now = mapLines(snapshot, current.text)(line) ?? line
    this.view.update((view) => ({ ...view, reveal: { file, line: now }, changes: false }))
  }

  /** Shows the evidence behind a mark in the editor: a race by its index, or the blocked goroutines. */
  openEvidence(race: number | null): void {
    const run = this.shownRun()
    if (!run) return
    if (race !== null) this.chooseRace(race)
    this.chooseTab(race === null ? 'goroutines' : 'story', standingKey(run))
  }

  chooseRun(id: string): void {
    this.view.update((view) => ({ ...view, run: id, race: 0, tab: null, changes: false }))
  }

  chooseRace(race: number): void {
    this.view.update((view) => ({ ...view, race }))
  }

  chooseTab(name: TabName, standing: string): void {
    this.view.update((view) => ({ ...view, tab: { name, for: standing } }))
  }

  showChanges(changes: boolean): void {
    this.view.update((view) => ({ ...view, changes }))
  }

  moveCursor(line: number, column: number): void {
    this.view.update((view) => ({ ...view, cursor: { line, column } }))
  }

  /** Opens the next hint; which are open is kept with the exercise. */
  showHint(count: number): void {
    const exercise = this.workspace.get()?.exercise
    if (!exercise) return
    saveHints(this.#parts.storage, exercise, count)
    this.view.update((view) => ({ ...view, hints: count }))
  }

  chooseTheme(theme: Theme): void {
    saveTheme(this.#parts.storage, theme)
    this.theme.set(theme)
  }

  dismissNotice(): void {
    this.session.update((session) => ({ ...session, notice: null }))
  }
}

/** A tab chosen by hand holds until the run gets its verdict or another run is shown. */
export function standingKey(run: RunState): string {
  return `${run.description.id} ${standingOf(run)}`
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'The exercise could not be loaded.'
}
