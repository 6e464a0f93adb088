import { z } from 'zod'
import { Slug } from './exercise.ts'

/** What one person has done with one exercise. Times are milliseconds since the epoch, server clock. */
export const Progress = z.object({
  exercise: Slug,
  openedAt: z.number(),
  /** Runs that came to a verdict on the code: cancelled runs and failures of ours are none. */
  runs: z.number().int().nonnegative(),
  /** How many of them met a race. */
  raced: z.number().int().nonnegative(),
  solvedAt: z.number().nullable(),
  /** Runs up to and including the first that passed; 1 is solved at first try. */
  solvedInRuns: z.number().int().positive().nullable(),
  /** When the solutions were asked for before it was solved. */
  revealedAt: z.number().nullable(),
})
export type Progress = z.infer<typeof Progress>

const NamedFiles = z.object({ name: z.string(), files: z.array(z.object({ name: z.string(), text: z.string() })) })

/** What is shown once an exercise is solved, or its person has given up: the only way any of it leaves the server. */
export const SolutionsDetail = z.object({
  reference: NamedFiles,
  /** Markdown: why the reference is right and what else would be. */
  notes: z.string(),
  alternatives: z.array(NamedFiles),
  /** `what` says to a learner what is wrong. */
  wrong: z.array(NamedFiles.extend({ what: z.string(), symptom: z.string() })),
  hiddenTests: z.array(z.object({ name: z.string(), text: z.string() })),
})
export type SolutionsDetail = z.infer<typeof SolutionsDetail>
