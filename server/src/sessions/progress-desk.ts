import { type Progress, SCRATCH, type Verdict, type VerdictEvent } from '@sandbox/protocol'
import { isInterviewOwner } from '../interviews/rooms.ts'
import type { Log } from '../log.ts'
import type { Execute } from '../runs/executor.ts'
import type { ProgressTable } from '../store/progress-table.ts'

type Options = { table: ProgressTable; log: Log; now?: () => number }

/** Ends that say nothing about the code. */
const NO_VERDICT_ON_CODE: ReadonlySet<Verdict> = new Set(['rejected', 'cancelled', 'void', 'internal-error'])

/**
 * Keeps what every person has done with every exercise, and decides who may see solutions. A store that fails costs
 * nobody a run: it is logged, and the person goes on without progress.
 */
export class ProgressDesk {
  readonly #table: ProgressTable
  readonly #log: Log
  readonly #now: () => number

  constructor({ table, log, now = Date.now }: Options) {
    this.#table = table
    this.#log = log
    this.#now = now
  }

  /** An executor whose runs count, but for those that only look closer and those of an interview, which are nobody's practice. */
  counting(execute: Execute): Execute {
    return async (task, signal, emit) => {
      const verdict = await execute(task, signal, emit)
      if (!task.request.insight && !isInterviewOwner(task.person))
        this.#try(() => this.#count(task.person, task.request.exercise, verdict))
      return verdict
    }
  }

  opened(person: string, exercise: string): void {
    this.#try(() => this.#table.opened(person, exercise, this.#now()))
  }

  /** The person gives up on solving it unseen. False where that could not be kept: then nothing is shown either. */
  reveal(person: string, exercise: string): boolean {
    return this.#try(() => this.#table.revealed(person, exercise, this.#now()))
  }

  of(person: string): Progress[] {
    let found: Progress[] = []
    this.#try(() => {
      found = this.#table.of(person)
    })
    return found
  }

  /** Whether this person has solved the exercise or given up on it. */
  maySeeSolutions(person: string, exercise: string): boolean {
    let may = false
    this.#try(() => {
      const progress = this.#table.one(person, exercise)
      may = progress !== null && (progress.solvedAt !== null || progress.revealedAt !== null)
    })
    return may
  }

  /** Deletes all that is known of a person. False where it could not be done. */
  forget(person: string): boolean {
    return this.#try(() => this.#table.forget(person))
  }

  /** Deletes what has become too old or too much. */
  tidy(): void {
    this.#try(() => this.#table.tidy(this.#now()))
  }

  #count(person: string, exercise: string, { verdict, others }: VerdictEvent): void {
    if (exercise === SCRATCH || NO_VERDICT_ON_CODE.has(verdict)) return
    const raced = verdict === 'race' || others.includes('race')
    this.#table.ran({ person, exercise, passed: verdict === 'passed', raced, at: this.#now() })
  }

  #try(act: () => void): boolean {
    try {
      act()
      return true
    } catch (err) {
      this.#log.error({ err }, 'progress could not be kept or read')
      return false
    }
  }
}
