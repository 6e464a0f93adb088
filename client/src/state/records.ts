import type { ExerciseSummary, Progress, ServerMessage, SolutionsDetail } from '@sandbox/protocol'
import type { RecordKeeper } from './ports.ts'
import { formatAge } from './results.ts'
import { createStore, type Store } from './store.ts'

/** The solutions of the exercise that is open. */
export type Solutions =
  | { type: 'unasked' }
  | { type: 'loading' }
  /** Neither solved nor given up. */
  | { type: 'closed' }
  | { type: 'open'; detail: SolutionsDetail }
  | { type: 'failed'; sentence: string }

/** How far a person has come with an exercise. */
export type Standing = 'new' | 'tried' | 'solved' | 'solved-at-once'

export type ProgressBySlug = ReadonlyMap<string, Progress>

/** What this person has done so far, and the solutions that may be seen for it. */
export class Records {
  readonly progress: Store<ProgressBySlug> = createStore<ProgressBySlug>(new Map())
  readonly solutions: Store<Solutions> = createStore<Solutions>({ type: 'unasked' })
  readonly #keeper: RecordKeeper
  #exercise: string | null = null

  constructor(keeper: RecordKeeper) {
    this.#keeper = keeper
  }

  /** Asks for the person's progress. It is a convenience: where it cannot be had, nothing is marked. */
  async load(): Promise<void> {
    const rows = await this.#keeper.progress().catch(() => null)
    if (rows) this.progress.set(new Map(rows.map((row) => [row.exercise, row])))
  }

  /** Another exercise was opened. */
  opened(exercise: string | null): void {
    this.#exercise = exercise
    this.solutions.set({ type: 'unasked' })
  }

  /** A verdict may be the one that solves an exercise. */
  receive(message: ServerMessage): void {
    if (message.type !== 'event' || message.event.type !== 'verdict') return
    if (this.solutions.get().type === 'closed') this.solutions.set({ type: 'unasked' })
    void this.load()
  }

  /** Shows the solutions of the open exercise, where this person may see them. */
  async showSolutions(): Promise<void> {
    const exercise = this.#exercise
    if (exercise === null || this.solutions.get().type !== 'unasked') return
    this.solutions.set({ type: 'loading' })
    const found = await this.#solutionsOf(exercise)
    if (this.#exercise === exercise) this.solutions.set(found)
  }

  /** The server is asked for them only where it will show them: a refusal is a complaint in the browser's console. */
  async #solutionsOf(exercise: string): Promise<Solutions> {
    await this.load()
    const row = this.progress.get().get(exercise)
    if (!row || (row.solvedAt === null && row.revealedAt === null)) return { type: 'closed' }
    return this.#keeper.solutions(exercise).then(
      (detail): Solutions => (detail === null ? { type: 'closed' } : { type: 'open', detail }),
      (cause: unknown): Solutions => ({
        type: 'failed',
        sentence: cause instanceof Error ? cause.message : String(cause),
      }),
    )
  }

  /** Gives up on solving the open exercise unseen, and shows the solutions. */
  async reveal(): Promise<void> {
    const exercise = this.#exercise
    if (exercise === null) return
    try {
      await this.#keeper.reveal(exercise)
      this.solutions.set({ type: 'unasked' })
      await Promise.all([this.showSolutions(), this.load()])
    } catch (cause) {
      this.solutions.set({ type: 'failed', sentence: cause instanceof Error ? cause.message : String(cause) })
    }
  }
}

/** How far a person has come with an exercise. */
export function standingOf(progress: Progress | undefined): Standing {
  if (!progress || (progress.runs === 0 && progress.solvedAt === null)) return 'new'
  if (progress.solvedAt === null) return 'tried'
  return progress.solvedInRuns === 1 && progress.revealedAt === null ? 'solved-at-once' : 'solved'
}

/** What is told of a person's way with an exercise, the standing first; nothing where it is new. */
export function progressFacts(progress: Progress | undefined): string[] {
  const standing = standingOf(progress)
  if (!progress || standing === 'new') return []
  const { openedAt, solvedAt, solvedInRuns, runs, raced, revealedAt } = progress
  const seen = revealedAt === null ? [] : ['solution seen first']
  const races = raced === 0 ? [] : [`a race met in ${counted(raced, 'run')}`]
  if (solvedAt === null) return [`tried in ${counted(runs, 'run')}`, ...seen, ...races]
  const solved =
    standing === 'solved-at-once' ? 'solved at first try' : `solved in ${counted(solvedInRuns ?? runs, 'run')}`
  return [solved, `${formatAge(solvedAt - openedAt)} after opening`, ...seen, ...races]
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

/** The exercise after the open one that is not solved, in the list's order and round to its beginning; null where all are. */
export function nextUnsolved(
  exercises: readonly ExerciseSummary[],
  progress: ProgressBySlug,
  current: string | null,
): ExerciseSummary | null {
  const at = exercises.findIndex(({ slug }) => slug === current)
  const round = [...exercises.slice(at + 1), ...exercises.slice(0, Math.max(at, 0))]
  return round.find(({ slug }) => !isSolved(progress.get(slug))) ?? null
}

/** Any unsolved exercise but the open one; `chance` is from 0 up to 1. Null where all are solved. */
export function surprise(
  exercises: readonly ExerciseSummary[],
  progress: ProgressBySlug,
  current: string | null,
  chance: number,
): ExerciseSummary | null {
  const left = exercises.filter(({ slug }) => slug !== current && !isSolved(progress.get(slug)))
  return left[Math.floor(chance * left.length)] ?? null
}

export function isSolved(progress: Progress | undefined): boolean {
  return progress !== undefined && progress.solvedAt !== null
}
