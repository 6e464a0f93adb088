import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { Progress } from '@sandbox/protocol'

/** A person who was not seen for so long has lost the cookie: browsers keep one no longer. */
const FORGET_AFTER_MS = 400 * 24 * 60 * 60 * 1000
/** The rows of everybody. The least recently seen go first. */
const MAX_ROWS = 200_000

/** A run that came to a verdict on the code. */
export interface CountedRun {
  person: string
  exercise: string
  passed: boolean
  raced: boolean
  /** Milliseconds since the epoch. */
  at: number
}

const COLUMNS = `exercise, opened_at AS openedAt, runs, raced, solved_at AS solvedAt,
  solved_in_runs AS solvedInRuns, revealed_at AS revealedAt`

/** What every person has done with every exercise. Every method's change is on the disk when it returns. */
export class ProgressTable {
  readonly #open: StatementSync
  readonly #count: StatementSync
  readonly #reveal: StatementSync
  readonly #of: StatementSync
  readonly #one: StatementSync
  readonly #forget: StatementSync
  readonly #forgetAll: StatementSync
  readonly #tidy: StatementSync

  constructor(database: DatabaseSync) {
    this.#open = database.prepare(
      `INSERT INTO progress (person, exercise, opened_at, seen_at) VALUES (:person, :exercise, :at, :at)
       ON CONFLICT DO UPDATE SET seen_at = :at`,
    )
    // The first run that passes is the one that solves; an exercise that was revealed before can still be solved.
    this.#count = database.prepare(
      `INSERT INTO progress (person, exercise, opened_at, seen_at, runs, raced, solved_at, solved_in_runs)
       VALUES (:person, :exercise, :at, :at, 1, :raced, iif(:passed, :at, NULL), iif(:passed, 1, NULL))
       ON CONFLICT DO UPDATE SET seen_at = :at, runs = runs + 1, raced = raced + :raced,
         solved_in_runs = iif(solved_at IS NULL AND :passed, runs + 1, solved_in_runs),
         solved_at = iif(solved_at IS NULL AND :passed, :at, solved_at)`,
    )
    this.#reveal = database.prepare(
      `INSERT INTO progress (person, exercise, opened_at, seen_at, revealed_at) VALUES (:person, :exercise, :at, :at, :at)
       ON CONFLICT DO UPDATE SET seen_at = :at, revealed_at = iif(solved_at IS NULL, coalesce(revealed_at, :at), revealed_at)`,
    )
    this.#of = database.prepare(`SELECT ${COLUMNS} FROM progress WHERE person = ? ORDER BY exercise`)
    this.#one = database.prepare(`SELECT ${COLUMNS} FROM progress WHERE person = ? AND exercise = ?`)
    this.#forget = database.prepare('DELETE FROM progress WHERE seen_at < ?')
    this.#forgetAll = database.prepare('DELETE FROM progress WHERE person = ?')
    this.#tidy = database.prepare(
      `DELETE FROM progress WHERE seen_at < (SELECT seen_at FROM progress ORDER BY seen_at DESC LIMIT 1 OFFSET ${MAX_ROWS})`,
    )
  }

  /** An exercise was opened. */
  opened(person: string, exercise: string, at: number): void {
    this.#open.run({ person, exercise, at })
  }

  /** A run came to a verdict on the code. */
  ran({ person, exercise, passed, raced, at }: CountedRun): void {
    this.#count.run({ person, exercise, at, passed: passed ? 1 : 0, raced: raced ? 1 : 0 })
  }

  /** The solutions were asked for. */
  revealed(person: string, exercise: string, at: number): void {
    this.#reveal.run({ person, exercise, at })
  }

  /** All of one person's. */
  of(person: string): Progress[] {
    return this.#of.all(person).map((row) => Progress.parse(row))
  }

  /** One exercise of one person; null where it was never opened. */
  one(person: string, exercise: string): Progress | null {
    const row = this.#one.get(person, exercise)
    return row === undefined ? null : Progress.parse(row)
  }

  /** Deletes what belongs to persons who will not come back, and the oldest beyond the cap. */
  tidy(now: number): void {
    this.#forget.run(now - FORGET_AFTER_MS)
    this.#tidy.run()
  }

  /** Deletes all that is known of a person. */
  forget(person: string): void {
    this.#forgetAll.run(person)
  }
}
