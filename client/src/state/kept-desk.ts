import { type RunDescription, SCRATCH } from '@sandbox/protocol'
import { answersFile } from './answers.ts'
import { Desk, type DeskParts } from './desk.ts'
import { type KeyValueStorage, layCopy } from './drafts.ts'
import { KeptRuns, type OpenedRun } from './kept-runs.ts'
import type { Catalogue, Clock, KeptRunSource } from './ports.ts'
import { pathOf, pathOfRun } from './route.ts'
import { createStore, type Store } from './store.ts'
import { openFrozen, type Workspace } from './workspace.ts'

export interface KeptDeskParts {
  catalogue: Catalogue
  keptRuns: KeptRunSource
  timelines: DeskParts['timelines']
  /** Shared by all tabs. */
  storage: KeyValueStorage
  clock: Clock
}

/** A desk at which a kept run is read: its code and its results as they were. Nothing is edited or run at it. */
export class KeptDesk extends Desk {
  /** Null until it is there. */
  readonly opened: Store<OpenedRun | null> = createStore<OpenedRun | null>(null)
  readonly #parts: KeptDeskParts
  readonly #kept: KeptRuns

  constructor({ timelines, storage, clock, ...parts }: KeptDeskParts) {
    super({ timelines, storage, clock, newId: () => '', send: () => false, resync: () => {} })
    this.#parts = { timelines, storage, clock, ...parts }
    this.#kept = new KeptRuns(parts.keptRuns)
  }

  /** Another file may be looked at. */
  protected override change(change: (workspace: Workspace) => Workspace): void {
    this.workspace.update((before) => {
      const after = before && change(before)
      return after?.files === before?.files && after?.answers === before?.answers ? after : before
    })
  }

  /** Opens the run behind a link. */
  async open(id: string): Promise<void> {
    try {
      const opened = await this.#kept.open(id)
      if (opened) await this.#show(opened)
      else this.page.set({ type: 'missing', what: id })
    } catch (cause) {
      this.page.set({ type: 'failed', sentence: sentenceOf(cause) })
    }
  }

  async #show(opened: OpenedRun): Promise<void> {
    const { description } = opened.run
    const { exercise } = description
    // An exercise that is no more leaves the code and the results.
    const detail = exercise === SCRATCH ? null : await this.#parts.catalogue.detail(exercise)
    this.session.update((session) => ({ ...session, runs: [opened.run] }))
    this.workspace.set(openFrozen(description, detail))
    this.opened.set(opened)
    this.page.set(detail ? { type: 'exercise', detail } : { type: 'scratch' })
  }

  /** It has its address already. */
  override pathTo(): Promise<string> | null {
    const opened = this.opened.get()
    return opened && Promise.resolve(pathOfRun(opened.id))
  }

  /** Nothing is run here. */
  override run(): void {}

  /**
   * Lays a copy of the run's code where its exercise finds it: as the draft where there is none, else beside it, so that its
   * person chooses. Returns the path of the exercise; null where no run is open.
   */
  copy(): string | null {
    const opened = this.opened.get()
    if (!opened) return null
    const { storage, clock } = this.#parts
    const { description } = opened.run
    layCopy(storage, description.exercise, { draft: draftOf(description), savedAt: clock.now() })
    return pathOf(description.exercise)
  }

  /** Deletes the run that is open. */
  async delete(): Promise<void> {
    const opened = this.opened.get()
    if (!opened) return
    try {
      await this.#parts.keptRuns.remove(opened.id)
      this.opened.set(null)
      this.workspace.set(null)
      this.session.update((session) => ({ ...session, runs: [] }))
      this.page.set({ type: 'missing', what: opened.id })
    } catch (cause) {
      this.session.update((session) => ({ ...session, notice: sentenceOf(cause) }))
    }
  }
}

function draftOf({ files, answers = {} }: RunDescription) {
  return { files: [...files, ...answersFile(answers)], active: files[0]?.name ?? '' }
}

function sentenceOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
