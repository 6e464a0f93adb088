import type {
  ExerciseDetail,
  ExerciseSummary,
  KeptLink,
  KeptRun,
  Progress,
  SolutionsDetail,
  Timeline,
} from '@sandbox/protocol'

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

/** A kept run as the server has it, and whether this person may delete it. */
export interface ReadRun {
  kept: KeptRun
  own: boolean
}

/** Where runs are kept for who is shown them. Everything fails with a sentence for the page. */
export interface KeptRunSource {
  /** Keeps a run of this person's that has ended, by its own id. */
  keep(run: string): Promise<KeptLink>
  /** Null where there is none of that id. */
  read(id: string): Promise<ReadRun | null>
  remove(id: string): Promise<void>
}
