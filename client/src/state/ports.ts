import type { ExerciseDetail, ExerciseSummary } from '@sandbox/protocol'

/** Clock and chance. */
export interface Clock {
  now(): number
  random(): number
  /** Returns the function that takes the appointment back. */
  after(ms: number, act: () => void): () => void
}

/** Where exercises come from. */
export interface Catalogue {
  list(): Promise<ExerciseSummary[]>
  /** Null where there is no such exercise. */
  detail(slug: string): Promise<ExerciseDetail | null>
}
