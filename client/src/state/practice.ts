import { type ExerciseSummary, isInterviewNews, SCRATCH, type ServerMessage } from '@sandbox/protocol'
import { Desk, type DeskParts, type Page } from './desk.ts'
import { DraftKeeper } from './draft-keeper.ts'
import { DraftSaver } from './draft-saver.ts'
import { type DraftServer, DraftSync } from './draft-sync.ts'
import type { KeyValueStorage } from './drafts.ts'
import { type Filters, filterExercises } from './filters.ts'
import { MockPractice } from './mock-practice.ts'
import type { Catalogue, RecordKeeper } from './ports.ts'
import { loadFilters, loadHints, loadLastExercise, saveFilters, saveHints, saveLastExercise } from './preferences.ts'
import { nextUnsolved, Records, surprise } from './records.ts'
import { parseRoute, pathOf } from './route.ts'
import type { RunOptions } from './runs.ts'
import { createStore, type Store } from './store.ts'
import { type Draft, draftFiles, openExercise, openScratch, type Workspace } from './workspace.ts'

/** The address bar. */
export interface Address {
  path(): string
  go(path: string, replace: boolean): void
}

export interface PracticeParts extends DeskParts {
  catalogue: Catalogue
  records: RecordKeeper
  draftServer: DraftServer
  /** This tab's own; survives its reload. */
  tabStorage: KeyValueStorage
  address: Address
}

/** The practice page: one person at a desk of their own, with a catalogue to choose from and drafts that are kept. */
export class Practice extends Desk {
  readonly exercises: Store<ExerciseSummary[] | null> = createStore<ExerciseSummary[] | null>(null)
  readonly filters: Store<Filters>
  readonly mock: MockPractice
  readonly drafts: DraftKeeper
  readonly saver: DraftSaver
  /** The drafts on the server. */
  readonly sync: DraftSync
  readonly records: Records
  readonly #parts: PracticeParts

  constructor(parts: PracticeParts) {
    super(parts)
    const { workspace } = this
    this.#parts = parts
    this.records = new Records(parts.records)
    this.filters = createStore(loadFilters(parts.storage))
    this.mock = new MockPractice(parts.tabStorage)
    this.drafts = new DraftKeeper({
      ...parts,
      mine: () => draftOf(workspace.get()),
      show: (draft) => this.#showDraft(draft),
      written: () => this.sync.saved(),
    })
    this.saver = new DraftSaver({ ...parts, drafts: this.drafts })
    this.sync = new DraftSync({
      ...parts,
      server: parts.draftServer,
      laidBeside: (key) => this.drafts.storageChanged(key),
      replaced: () => this.drafts.goOn(),
    })
  }

  /** Every change is written to the draft after a pause. */
  protected override change(change: (workspace: Workspace) => Workspace): void {
    const before = this.workspace.get()
    if (!before) return
    const after = change(before)
    if (after === before) return
    this.workspace.set(after)
    this.saver.soon()
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
    this.saver.now()
    this.workspace.set(null)
    this.page.set({ type: 'missing', what: exercise })
  }

  #show(page: Extract<Page, { type: 'exercise' | 'scratch' }>, exercise: string): void {
    // What was typed while the exercise was fetched belongs to the one before.
    this.saver.now()
    saveLastExercise(this.#parts.storage, exercise)
    this.records.opened(exercise)
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
    this.fold(message)
    if (message.type === 'event' && message.event.type === 'verdict') this.#ended(message.run)
  }

  #ended(id: string): void {
    const run = this.session.get().runs.find(({ description }) => description.id === id)
    if (run) this.mock.ended(run)
  }

  /** The page may go: what waits to be kept is kept now. */
  leave(): void {
    this.saver.now()
    this.sync.flush()
  }

  /** Keeps the draft and runs the code as it stands. */
  override run(options: RunOptions = {}): void {
    this.saver.now()
    super.run(options)
  }

  /** Keeps the draft and formats the open file. */
  override format(): void {
    this.saver.now()
    super.format()
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

  /** Opens the next hint; which are open is kept with the exercise. */
  override showHint(count: number): void {
    const exercise = this.workspace.get()?.exercise
    if (!exercise) return
    saveHints(this.#parts.storage, exercise, count)
    super.showHint(count)
  }

  /** Narrows the list of exercises. */
  chooseFilters(filters: Filters): void {
    saveFilters(this.#parts.storage, filters)
    this.filters.set(filters)
  }
}

function draftOf(workspace: Workspace | null) {
  return workspace && { files: draftFiles(workspace), active: workspace.active }
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'The exercise could not be loaded.'
}
