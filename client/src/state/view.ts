import type { ProfileKind } from '@sandbox/protocol'
import type { Mark } from './marks.ts'
import { standingOf, type TabName } from './results.ts'
import type { RunState } from './run.ts'
import type { Store } from './store.ts'

/** What the editor is compared with: the snapshot of the shown run, or the version of another tab. */
export type Comparison = 'snapshot' | 'other-version'

/** A tab of the exercise's column. */
export type ColumnTab = 'statement' | 'questions' | 'hints' | 'visible' | 'solution'

export interface ProfileView {
  kind: ProfileKind | null
  /** Index of the measure. */
  measure: number
  /** Beside the same profile of an earlier run. */
  compared: boolean
  /** All values that go to the heap are listed, not the first few. */
  allEscapes: boolean
}

/** What a person has chosen to look at. */
export interface View {
  column: ColumnTab
  /** Id of the question that the next pressed line answers; null leaves it to the file. */
  picking: string | null
  /** Id of an older run; null follows the newest. */
  run: string | null
  race: number
  /** A tab chosen by hand, and the state of the run for which it holds. */
  tab: { name: TabName; for: string } | null
  /** The profile that is looked at; a kind of null leaves it to the run. */
  profile: ProfileView
  /** The place to bring into view; a new object for every wish. */
  reveal: { file: string; line: number } | null
  cursor: { line: number; column: number }
  /** Which changes are shown over the editor; null shows the editor itself. */
  changes: Comparison | null
  hints: number
}

/** Before anything was chosen. */
export const FIRST_VIEW: View = {
  column: 'statement',
  picking: null,
  run: null,
  race: 0,
  tab: null,
  profile: { kind: null, measure: 0, compared: false, allEscapes: false },
  reveal: null,
  cursor: { line: 1, column: 1 },
  changes: null,
  hints: 0,
}

/** A tab chosen by hand holds until the run gets its verdict or another run is shown. */
export function standingKey(run: RunState): string {
  return `${run.description.id} ${standingOf(run)}`
}

/** What a person can choose to look at. */
export class Viewing {
  readonly #view: Store<View>

  constructor(view: Store<View>) {
    this.#view = view
  }

  /** Another exercise: nothing is chosen yet but its open hints. */
  startOver(hints: number): void {
    this.#view.set({ ...FIRST_VIEW, hints })
  }

  /** Shows a run; null follows the newest. */
  chooseRun(run: string | null): void {
    this.#view.update((view) => ({ ...view, run, race: 0, tab: null, changes: null }))
  }

  chooseColumn(column: ColumnTab): void {
    this.#view.update((view) => ({ ...view, column }))
  }

  /** The question that the next pressed line answers. */
  pick(question: string): void {
    this.#view.update((view) => ({ ...view, picking: question }))
  }

  chooseRace(race: number): void {
    this.#view.update((view) => ({ ...view, race }))
  }

  chooseProfile(profile: Partial<ProfileView>): void {
    this.#view.update((view) => ({ ...view, profile: { ...view.profile, ...profile } }))
  }

  chooseTab(name: TabName, run: RunState): void {
    this.#view.update((view) => ({ ...view, tab: { name, for: standingKey(run) } }))
  }

  /** Shows the evidence behind a mark in the editor: a race by its index, the panic, or the blocked goroutines. */
  openEvidence({ of, race }: Pick<Mark, 'of' | 'race'>, run: RunState): void {
    if (race !== null) this.chooseRace(race)
    // Beside races a panic has no tab of its own: its stack is among the goroutines.
    const isStory = of === 'race' || (of === 'panic' && run.races.length === 0)
    this.chooseTab(isStory ? 'story' : 'goroutines', run)
  }

  showChanges(changes: Comparison | null): void {
    this.#view.update((view) => ({ ...view, changes }))
  }

  /** Brings a line of the text as it is now into view. */
  reveal(file: string, line: number): void {
    this.#view.update((view) => ({ ...view, reveal: { file, line }, changes: null }))
  }

  moveCursor(line: number, column: number): void {
    this.#view.update((view) => ({ ...view, cursor: { line, column } }))
  }

  showHints(hints: number): void {
    this.#view.update((view) => ({ ...view, hints }))
  }
}
