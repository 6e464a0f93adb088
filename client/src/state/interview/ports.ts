import type { ExerciseDetail, ExerciseSummary, ServerMessage } from '@sandbox/protocol'

/** Where an interview's exercises and older runs come from. All fail with a sentence for the page. */
export interface InterviewSource {
  /** All that can be opened. */
  exercises(): Promise<ExerciseSummary[]>
  /** As this role may see it; null where there is no such exercise. */
  exercise(slug: string): Promise<ExerciseDetail | null>
  /** What was told of a run when it ran; null where it is not kept. */
  run(id: string): Promise<ServerMessage[] | null>
}

/** Which tabs of this browser are open, by names that they chose. */
export interface OpenTabs {
  /** This tab has the name for as long as it is open. */
  hold(name: string): void
  /** Does it where no open tab has the name, once at a time among all tabs. Never fails: what cannot be told is not done. */
  ifGone(name: string, act: () => void): Promise<void>
}
