import { z } from 'zod'
import { Limits } from './limits.ts'
import { FailureReason } from './verdict.ts'

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(64)
  // The one word of this shape that every object of JavaScript has already: slugs are keys.
  .refine((slug) => slug !== 'constructor', 'is no name')
export const Kind = z.enum(['fix', 'build', 'optimize', 'diagnose', 'write-tests'])
export const Level = z.enum(['warm-up', 'medium', 'hard'])
export const Seed = z.enum(['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6', 'Q7', 'Q8', 'Q9', 'alternative'])

/** What a verdict may say of code that is wrong: its word, or the reason of a `failed`. */
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
  ...FailureReason.options,
])
export type Symptom = z.infer<typeof Symptom>

/**
 * What a run of an exercise does, in the order in which `modes` lists it; what does not pass ends the run.
 * - `race`: visible and hidden tests under the race detector.
 * - `measure`: tests that measure, without the race detector, beside the reference.
 * - `questions`: answers that are compared with the right ones.
 * - `variants`: the candidate's tests against right and wrong code.
 */
export const Mode = z.enum(['race', 'measure', 'questions', 'variants'])
export type Mode = z.infer<typeof Mode>

export const MAX_QUESTIONS = 20
export const MAX_OPTIONS = 10
/** Right and wrong ones together: a run takes one sandbox for each. */
export const MAX_VARIANTS = 12
export const MAX_MATERIAL_CHARS = 256 * 1024

const TestName = z.string().regex(/^Test\w*$/)
const MaterialName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)

const Question = z.strictObject({
  id: Slug,
  /** Markdown. */
  text: z.string().min(1),
  /** The file in material/ that the question is about. */
  material: MaterialName.optional(),
  answer: z.discriminatedUnion('type', [
    /** `right` are indexes of `options`, and all of them must be chosen. */
    z.strictObject({
      type: z.literal('choice'),
      options: z.array(z.string().min(1)).min(2).max(MAX_OPTIONS),
      right: z.array(z.number().int().nonnegative()).min(1),
    }),
    /** One line of a file of starter/ or material/ is asked for; `right` are the lines that are right. */
    z.strictObject({ type: z.literal('line'), file: MaterialName, right: z.array(z.number().int().positive()).min(1) }),
  ]),
  /** Markdown; shown once the answer is right. */
  explanation: z.string().min(1),
})
export type Question = z.infer<typeof Question>

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
  /** Names of the files in starter/ that the candidate edits; the others are shown read-only. None where all is questions. */
  editable: z.array(z.string().endsWith('.go')),
  /** Import paths that the candidate's files may use. */
  imports: z.array(z.string()).min(1),
  limits: Limits.partial().optional(),
  /** How long other schedules are tried after a pass, in ms, where it is not to be the usual time; 0: not at all. */
  sweepMs: z.number().int().min(0).max(10_000).optional(),
  modes: z.array(Mode).min(1).default(['race']),
  /** `measure`: every test of tests/measure_test.go, and what its failure means. */
  measure: z.record(TestName, FailureReason.extract(['too-slow', 'too-many-allocations'])).optional(),
  questions: z.array(Question).min(1).max(MAX_QUESTIONS).optional(),
  /** `fix`: the verdict, or the reason of its failure, that the starter gets as it is given. */
  starterSymptom: Symptom.optional(),
  /** Progressive: each says more than the one before and less than the solution. */
  hints: z.array(z.string()).min(3),
  followUps: z.array(z.string()).min(2),
  talkingPoints: z.array(z.string()).min(3),
})
export type ExerciseFile = z.infer<typeof ExerciseFile>

/** `fault.json` of a fault that an interviewer can switch on. */
export const FaultFile = z.strictObject({
  title: z.string().min(1).max(60),
  /** What goes wrong, in a sentence for interviewer and candidate. */
  what: z.string().min(1).max(300),
})
export type FaultFile = z.infer<typeof FaultFile>

/** `mistake.json` of a wrong solution: what is wrong and what the verdict must say of it. */
export const MistakeFile = z.strictObject({
  what: z.string().min(1),
  symptom: Symptom,
  /**
   * What the evidence must name: a test, a place `file.go:12` of the wrong solution, or a variant by its folder. At least
   * one, but for wrong answers.
   */
  names: z.strictObject({
    /** Several where each of them catches the mistake by itself: one of them is enough. */
    test: z.union([z.string(), z.array(z.string()).min(2)]).optional(),
    line: z
      .string()
      .regex(/^[\w.-]+\.go:\d+$/)
      .optional(),
    variant: Slug.optional(),
  }),
})
export type MistakeFile = z.infer<typeof MistakeFile>

/** `variant.json` of a variant: what is wrong with it, shown once the candidate's tests have caught it. */
export const VariantFile = z.strictObject({
  what: z.string().min(1),
  /** Declared where the variant may only run into the time limit: elsewhere a timeout does not count as caught. */
  symptom: z.literal('timeout').optional(),
})
export type VariantFile = z.infer<typeof VariantFile>

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

/** A question as the page gets it: what is right stays on the server. */
export const AskedQuestion = z.object({
  id: Slug,
  text: z.string(),
  material: z.string().optional(),
  answer: z.discriminatedUnion('type', [
    /** `several`: more than one option is right. */
    z.object({ type: z.literal('choice'), options: z.array(z.string()), several: z.boolean() }),
    z.object({ type: z.literal('line'), file: z.string() }),
  ]),
})
export type AskedQuestion = z.infer<typeof AskedQuestion>

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
  modes: z.array(Mode),
  questions: z.array(AskedQuestion),
  /** What the questions are about: profiles, dumps, reports. */
  material: z.array(File),
  measureTests: z.array(z.object({ name: z.string(), reason: FailureReason })),
  /** What an interviewer can let go wrong around the candidate's code. */
  faults: z.array(FaultFile.extend({ id: Slug })).default([]),
  /** How many variants the candidate's tests meet. */
  variants: z.object({ right: z.number().int(), wrong: z.number().int() }),
})
export type ExerciseDetail = z.infer<typeof ExerciseDetail>
