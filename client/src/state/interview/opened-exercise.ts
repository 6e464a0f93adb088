import { type ExerciseDetail, type Role, SCRATCH } from '@sandbox/protocol'
import type { Page } from '../desk.ts'
import type { Store } from '../store.ts'
import type { Viewing } from '../view.ts'
import type { InterviewSource } from './ports.ts'

export interface OpenedExerciseParts {
  source: InterviewSource
  page: Store<Page>
  viewing: Viewing
  /** Another exercise is to be shown: what was shown of the one before is nothing any more. */
  left(): void
  /** There is more to show of it. */
  changed(): void
}

interface Wanted {
  exercise: string | null
  /** So many of its hints are shared. */
  hints: number
  role: Role
}

/** The exercise that everybody works on, as the server shows it to this role. */
export class OpenedExercise {
  readonly #parts: OpenedExerciseParts
  #wanted: Wanted = { exercise: null, hints: 0, role: 'candidate' }

  constructor(parts: OpenedExerciseParts) {
    this.#parts = parts
  }

  /** Null for scratch, and as long as it has not come. */
  get detail(): ExerciseDetail | null {
    const page = this.#parts.page.get()
    return page.type === 'exercise' && page.detail.slug === this.#wanted.exercise ? page.detail : null
  }

  /** Shows another exercise, or more of this one: a candidate's has the hints in it that are shared. */
  show(wanted: Wanted): void {
    const before = this.#wanted
    const isOther = wanted.exercise !== before.exercise
    if (!isOther && wanted.hints === before.hints && this.#parts.page.get().type !== 'failed') return
    this.#wanted = wanted
    if (isOther) this.#leave(wanted.exercise)
    void this.retry()
  }

  #leave(exercise: string | null): void {
    const { page, viewing, left } = this.#parts
    page.set(exercise === SCRATCH ? { type: 'scratch' } : { type: 'loading' })
    viewing.startOver(0)
    left()
  }

  /** Asks for it, as at first, or again where that has failed. */
  async retry(): Promise<void> {
    const wanted = this.#wanted
    if (wanted.exercise === null || wanted.exercise === SCRATCH) return
    const page = await this.#load(wanted.exercise)
    if (this.#wanted !== wanted) return
    this.#parts.page.set(page)
    if (wanted.role === 'candidate' && page.type === 'exercise') this.#parts.viewing.showHints(page.detail.hints.length)
    this.#parts.changed()
  }

  async #load(exercise: string): Promise<Page> {
    try {
      const detail = await this.#parts.source.exercise(exercise)
      return detail ? { type: 'exercise', detail } : { type: 'missing', what: exercise }
    } catch (cause) {
      return { type: 'failed', sentence: cause instanceof Error ? cause.message : String(cause) }
    }
  }
}
