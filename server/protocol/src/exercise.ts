import { z } from 'zod'
import { Limits } from './limits.ts'

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64)
export const Kind = z.enum(['fix', 'build', 'optimize', 'diagnose', 'write-tests'])
export const Level = z.enum(['warm-up', 'medium', 'hard'])
export const Seed = z.enum(['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7', 'Q8', 'Q9', 'alternative'])

/** What a verdict may say of code that is wrong. */
export const Symptom = z.enum([
  'race',
  'deadlock',
  'leak',
  'panic',
  'failed',
  'timeout',
  'compile-error',
  'output-limit',
  'out-of-memory',
])
export type Symptom = z.infer<typeof Symptom>

/** `exercise.json`: what stands beside a statement, a starter and tests. */
export const ExerciseFile = z.strictObject({
  title: z.string().min(1).max(80),
  kind: Kind,
  level: Level,
  minutes: z.number().int().min(5).max(60),
  seed: z.array(Seed).min(1),
  tags: z.array(z.string()).min(1),
  /** Package clause of the candidate's files; its import path is `sandbox/<package>`. */
  package: z.string().regex(/^[a-z][a-z0-9]*$/),
  /** Names of the files in starter/ that the candidate edits; the others are shown read-only. */
  editable: z.array(z.string().endsWith('.go')).min(1),
  /** Import paths that the candidate's files may use. */
  imports: z.array(z.string()).min(1),
  limits: Limits.partial().optional(),
  /** `fix`: the verdict that the starter gets as it is given. */
  starterSymptom: Symptom.optional(),
  /** Progressive: each says more than the one before and less than the solution. */
  hints: z.array(z.string()).min(3),
  followUps: z.array(z.string()).min(2),
  talkingPoints: z.array(z.string()).min(3),
})
export type ExerciseFile = z.infer<typeof ExerciseFile>

/** `mistake.json` of a wrong solution: what is wrong and what the verdict must say of it. */
export const MistakeFile = z.strictObject({
  what: z.string().min(1),
  symptom: z.enum([
    'race',
    'deadlock',
    'leak',
    'panic',
    'failed',
    'timeout',
    'compile-error',
    'output-limit',
    'out-of-memory',
  ]),
  /** What the evidence must name: a test, or a place `file.go:12` of the wrong solution. At least one. */
  names: z.strictObject({
    /** Several where each of them catches the mistake by itself: one of them is enough. */
    test: z.union([z.string(), z.array(z.string()).min(2)]).optional(),
    line: z
      .string()
      .regex(/^[\w.-]+\.go:\d+$/)
      .optional(),
  }),
})
export type MistakeFile = z.infer<typeof MistakeFile>

export const ExerciseSummary = z.object({
  slug: Slug,
  topic: Slug,
  title: z.string(),
  kind: Kind,
  level: Level,
  minutes: z.number(),
  seed: z.array(Seed),
  tags: z.array(z.string()),
})
export type ExerciseSummary = z.infer<typeof ExerciseSummary>

const File = z.object({ name: z.string(), text: z.string() })

/** What the page gets of an exercise. Hidden tests, reference and wrong solutions are never part of it. */
export const ExerciseDetail = ExerciseSummary.extend({
  package: z.string(),
  /** Markdown. */
  statement: z.string(),
  starter: z.array(File.extend({ editable: z.boolean() })),
  visibleTests: z.array(File),
  /** Number of hidden test functions. */
  hiddenTests: z.number().int(),
  hints: z.array(z.string()),
  followUps: z.array(z.string()),
  talkingPoints: z.array(z.string()),
})
export type ExerciseDetail = z.infer<typeof ExerciseDetail>
