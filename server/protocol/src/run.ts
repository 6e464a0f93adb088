import { z } from 'zod'
import { Benchmark } from './benchmark.ts'
import { MAX_OPTIONS, MAX_QUESTIONS, Mode } from './exercise.ts'
import { Insight, ProfileKind } from './insight.ts'
import { Collection, Escape, Profile } from './profile.ts'
import { Diagnostic, Goroutine, Panic, Race, WaitFor } from './report.ts'
import { TimelineTotals } from './timeline.ts'
import { FailureReason, Stage, Timings, Verdict } from './verdict.ts'

export const MAX_FILES = 20
export const MAX_SOURCE_BYTES = 256 * 1024
/** Files that a request may have at all; more than MAX_FILES of them are `rejected`. */
export const MAX_SUBMITTED_FILES = 1000
/** Left-over goroutines that one run lists; the rest is only counted. */
export const MAX_LEFTOVERS = 20
export const SCRATCH = 'scratch'

/** A Go file as a person may send it. Only plain lower-risk names: letters, digits, `_`, `-`, `.`, ending in `.go`. */
export const SourceFile = z.object({
  name: z
    .string()
    .max(64)
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*\.go$/, 'a file name has letters, digits, "_", "-" or "." and ends in .go'),
  text: z.string().max(MAX_SOURCE_BYTES),
})
export type SourceFile = z.infer<typeof SourceFile>

/**
 * A file as it may arrive: bounded by the size of a message only, so that a wrong name or too much text becomes a
 * `rejected` run that says so, not a protocol error.
 */
export const SubmittedFile = z.object({ name: z.string().max(256), text: z.string() })
export type SubmittedFile = z.infer<typeof SubmittedFile>

/** The file of a draft or an interview that holds the answers; authors write those of a wrong solution under the same name. */
export const ANSWERS_FILE = 'answers.json'

/** Chosen options, or the chosen line, by the question's id. */
export const Answers = z
  .record(z.string().max(64), z.array(z.number().int().nonnegative().max(MAX_SOURCE_BYTES)).max(MAX_OPTIONS))
  .refine((answers) => Object.keys(answers).length <= MAX_QUESTIONS, `at most ${MAX_QUESTIONS} answers`)
export type Answers = z.infer<typeof Answers>

/** What a person asks to be run. `snapshot` is the client's own name for this state of the editor. */
export const RunRequest = z.object({
  /** Slug of an exercise, or `scratch`. */
  exercise: z.string().max(64),
  /** None where an exercise has questions only. */
  files: z.array(SubmittedFile).max(MAX_SUBMITTED_FILES),
  answers: Answers.optional(),
  snapshot: z.string().max(64),
  /** After a pass other schedules are tried for much longer than usual. */
  longer: z.boolean().optional(),
  /** Something goes wrong around the code: a fault of the exercise, by its name. */
  fault: z.string().max(64).optional(),
  /** The tests once, without the race detector, for a closer look. It counts for nothing. */
  insight: Insight.optional(),
})
export type RunRequest = z.infer<typeof RunRequest>

/** What a run came to. */
const conclusion = {
  verdict: Verdict,
  /** Only with `failed`. */
  reason: FailureReason.optional(),
  /** One plain sentence. Places are written `file.go:12` when they can be opened. */
  summary: z.string(),
  /** Other evidence of the same run, strongest first. */
  others: z.array(Verdict),
  timings: Timings,
  /** Of all steps; a variant counts as one test, which passes where the candidate's tests dealt rightly with it. */
  tests: z.object({ passed: z.number().int(), failed: z.number().int(), total: z.number().int() }),
}

/** What happened in a run, in order. The last event of every run is its one `verdict`. */
export const RunEvent = z.discriminatedUnion('type', [
  /** 1 = next. Sent again whenever the position changes. */
  z.object({ type: z.literal('queued'), position: z.number().int().positive() }),
  z.object({ type: z.literal('started') }),
  /**
   * What follows belongs to this step. Only in runs of several; told again, with the same index, a step begins afresh
   * because its sandbox was lost.
   */
  z.object({
    type: z.literal('step'),
    mode: Mode,
    /** For people: `tests`, `measurements`, `questions`, `right variant 2`. */
    label: z.string(),
    /** From 1. */
    index: z.number().int().positive(),
    of: z.number().int().positive(),
  }),
  z.object({
    type: z.literal('answers'),
    answers: z.array(
      z.object({
        id: z.string(),
        right: z.boolean(),
        /** Markdown; only where the answer is right. */
        explanation: z.string().optional(),
      }),
    ),
  }),
  /** How the candidate's tests dealt with one variant. Right and wrong ones are numbered each on their own. */
  z.object({
    type: z.literal('variant'),
    /** `variant 3` */
    name: z.string(),
    kind: z.enum(['right', 'wrong']),
    /** The tests found fault with it. */
    caught: z.boolean(),
    verdict: Verdict,
    /** What is wrong with a wrong one; only once it is caught. */
    what: z.string().optional(),
  }),
  z.object({ type: z.literal('stage'), stage: Stage, state: z.enum(['begin', 'end']), ms: z.number().optional() }),
  z.object({ type: z.literal('diagnostics'), diagnostics: z.array(Diagnostic) }),
  /** The tests that must report, before any of them starts. */
  z.object({ type: z.literal('plan'), tests: z.array(z.object({ name: z.string(), hidden: z.boolean() })) }),
  z.object({
    type: z.literal('test'),
    name: z.string(),
    action: z.enum(['run', 'pause', 'cont', 'pass', 'fail', 'skip']),
    elapsedMs: z.number().optional(),
    hidden: z.boolean(),
  }),
  /** `test` is null where the text belongs to no test. `stderr` is what the process wrote to descriptor 2. */
  z.object({
    type: z.literal('output'),
    stream: z.enum(['stdout', 'stderr']),
    test: z.string().nullable(),
    text: z.string(),
  }),
  z.object({ type: z.literal('race'), race: Race }),
  z.object({ type: z.literal('panic'), panic: Panic }),
  z.object({
    type: z.literal('goroutines'),
    reason: z.enum(['deadlock', 'leak', 'timeout', 'panic']),
    goroutines: z.array(Goroutine),
    /** How many goroutines the dump had before it was cut. */
    total: z.number().int().nonnegative(),
    /** Who waits for whom. Only where something is waited for. */
    waitFor: WaitFor.optional(),
  }),
  /** What the tests left behind without proof that it can never end: it may still end by itself, so it is no leak. */
  z.object({
    type: z.literal('leftovers'),
    /** At most MAX_LEFTOVERS, with state, line and creation site; none of them is `leaked`. */
    goroutines: z.array(Goroutine),
    /** How many there are in all: those that were cut, and those that show no line of the run's own files, too. */
    total: z.number().int().positive(),
  }),
  /** What a closer look found: a profile, or in its sentence why there is none. */
  z.object({
    type: z.literal('profile'),
    kind: ProfileKind,
    /** What the profile says first, or why there is none. */
    sentence: z.string(),
    profile: Profile.nullable(),
    /** How often all tests ran while it was taken. */
    runs: z.number().int().positive(),
  }),
  /** What of the candidate's files goes to the heap, at most MAX_ESCAPES, by file and line. */
  z.object({ type: z.literal('escapes'), escapes: z.array(Escape), total: z.number().int().nonnegative() }),
  /** What the garbage collector did while profiles were taken. */
  z.object({
    type: z.literal('collections'),
    sentence: z.string(),
    /** At most MAX_COLLECTIONS, in order. */
    collections: z.array(Collection),
    total: z.number().int().positive(),
  }),
  /** What the scheduler did. Where there are totals the timeline itself can be had from /api/runs/<id>/timeline. */
  z.object({
    type: z.literal('timeline'),
    /** What it comes to, or why there is none. */
    sentence: z.string(),
    totals: TimelineTotals.nullable(),
  }),
  /** What the benchmarks came to, or in its sentence why there is nothing. */
  z.object({
    type: z.literal('benchmarks'),
    sentence: z.string(),
    /** At most MAX_BENCHMARKS, in the order in which they ran. */
    benchmarks: z.array(Benchmark),
    /** What could not be measured or compared, a sentence each. */
    notes: z.array(z.string()),
  }),
  /** What the tests came to as `go test -race` runs them. Only where other schedules are tried before the verdict. */
  z.object({ type: z.literal('result'), ...conclusion }),
  /** The same binary under another schedule. */
  z.object({
    type: z.literal('schedule'),
    /** From 1. */
    index: z.number().int().positive(),
    /** GOMAXPROCS. */
    processors: z.number().int().positive(),
    /** Of the order in which goroutines were made to give way to each other; 0: they ran as the scheduler had it. */
    seed: z.number().int().nonnegative(),
    verdict: Verdict,
    /** One sentence, as a verdict has it; empty where it passed. */
    summary: z.string(),
    /** What follows is this schedule's tests, output and evidence, in place of the first run's; then comes the verdict. */
    evidence: z.boolean(),
    /** Milliseconds that its run took. */
    ms: z.number().nonnegative(),
  }),
  z.object({ type: z.literal('verdict'), ...conclusion }),
])
export type RunEvent = z.infer<typeof RunEvent>
export type VerdictEvent = Extract<RunEvent, { type: 'verdict' }>

/** A run event as the log keeps it. `seq` starts at 1 and has no gaps; `at` is ms since the run was accepted. */
export const LoggedEvent = z.object({
  seq: z.number().int().positive(),
  at: z.number().nonnegative(),
  event: RunEvent,
})
export type LoggedEvent = z.infer<typeof LoggedEvent>

/** A run as every tab of its person sees it: the request with the server's id. */
export const RunDescription = RunRequest.extend({
  id: z.string(),
  /** The client's id of the request that started it. */
  request: z.string(),
  /** Milliseconds since the epoch, server clock. */
  acceptedAt: z.number(),
})
export type RunDescription = z.infer<typeof RunDescription>
