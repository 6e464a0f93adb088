import type { ExerciseDetail, ExerciseSummary, Progress, SolutionsDetail, Timeline } from '@sandbox/protocol'

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

/** What is kept of this person on the server. */
export interface RecordKeeper {
  progress(): Promise<Progress[]>
  /** Null where the exercise is neither solved nor given up. */
  solutions(slug: string): Promise<SolutionsDetail | null>
  /** Gives up on solving it unseen. */
  reveal(slug: string): Promise<void>
}

/** Where the timelines of runs come from. */
export interface TimelineSource {
  /** Fails with a sentence for the page. */
  timeline(run: string): Promise<Timeline>
}
