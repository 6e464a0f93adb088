import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { DraftContent, type DraftUpdate, type KeptDraft } from '@sandbox/protocol'

/** A person who was not seen for so long has lost the cookie: browsers keep one no longer. */
const FORGET_AFTER_MS = 400 * 24 * 60 * 60 * 1000
/** The drafts of everybody. What was saved longest ago goes first. */
const MAX_CHARS = 512 * 1024 * 1024

/** What became of an update: the kept draft, or the one that stands there and that the update does not know. */
export type Keeping = { kept: boolean; draft: KeptDraft }

/** The drafts of all people, one for each exercise. Every method's change is on the disk when it returns. */
export class DraftTable {
  readonly #one: StatementSync
  readonly #put: StatementSync
  readonly #forget: StatementSync
  readonly #forgetAll: StatementSync
  readonly #tidy: StatementSync

  /** `maxChars` bounds the drafts of everybody together. */
  constructor(database: DatabaseSync, maxChars = MAX_CHARS) {
    this.#one = database.prepare(
      'SELECT revision, content, saved_at AS savedAt FROM draft WHERE person = ? AND exercise = ?',
    )
    this.#put = database.prepare(
      `INSERT INTO draft (person, exercise, revision, content, saved_at) VALUES (:person, :exercise, :revision, :content, :at)
       ON CONFLICT DO UPDATE SET revision = :revision, content = :content, saved_at = :at`,
    )
    this.#forget = database.prepare('DELETE FROM draft WHERE saved_at < ?')
    this.#forgetAll = database.prepare('DELETE FROM draft WHERE person = ?')
    this.#tidy = database.prepare(
      `DELETE FROM draft WHERE (person, exercise) IN (
         SELECT person, exercise FROM (
           SELECT person, exercise, sum(length(content)) OVER (ORDER BY saved_at DESC, person, exercise) AS chars FROM draft)
         WHERE chars > ${maxChars})`,
    )
  }

  /** One exercise's draft of one person; null where there is none. */
  one(person: string, exercise: string): KeptDraft | null {
    const row = this.#one.get(person, exercise)
    if (row === undefined) return null
    const content = DraftContent.parse(JSON.parse(String(row.content)))
    return { ...content, revision: Number(row.revision), savedAt: Number(row.savedAt) }
  }

  /** Keeps an update that was made from what stands there, or that says the same; otherwise changes nothing. */
  keep(person: string, exercise: string, update: DraftUpdate, at: number): Keeping {
    const { base, ...content } = update
    const standing = this.one(person, exercise)
    if (standing !== null && isSame(standing, content)) return { kept: true, draft: standing }
    if (standing !== null && standing.revision !== base) return { kept: false, draft: standing }
    // The first revision is of its time, so that a browser that remembers a draft of before a deletion is not taken for up to date.
    const revision = standing === null ? at : standing.revision + 1
    this.#put.run({ person, exercise, revision, content: JSON.stringify(content), at })
    return { kept: true, draft: { ...content, revision, savedAt: at } }
  }

  /** Deletes what belongs to persons who will not come back, and the oldest beyond the cap. */
  tidy(now: number): void {
    this.#forget.run(now - FORGET_AFTER_MS)
    this.#tidy.run()
  }

  /** Deletes all drafts of a person. */
  forget(person: string): void {
    this.#forgetAll.run(person)
  }
}

function isSame({ revision: _, savedAt: __, ...standing }: KeptDraft, content: DraftContent): boolean {
  return JSON.stringify(DraftContent.parse(standing)) === JSON.stringify(DraftContent.parse(content))
}
