import { z } from 'zod'

/** What a run can come to. Every run ends with exactly one of them. */
export const Verdict = z.enum([
  'passed',
  'failed',
  'race',
  'deadlock',
  'leak',
  'panic',
  'timeout',
  'out-of-memory',
  'output-limit',
  'compile-error',
  'rejected',
  'cancelled',
  'void',
  'internal-error',
])
export type Verdict = z.infer<typeof Verdict>

/** A verdict as people read it. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  race: 'Race',
  deadlock: 'Deadlock',
  leak: 'Leak',
  panic: 'Panic',
  timeout: 'Timeout',
  'out-of-memory': 'Out of memory',
  'output-limit': 'Too much output',
  'compile-error': 'Does not compile',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
  void: 'Void',
  'internal-error': 'Our error',
}

/** Why a run is `failed`, where it is more than a test of behaviour that says so. */
export const FailureReason = z.enum(['too-slow', 'too-many-allocations', 'wrong-answers', 'missed-bug', 'false-alarm'])
export type FailureReason = z.infer<typeof FailureReason>

/** Evidence by strength: where several were found, the first of this list is the verdict. */
export const EVIDENCE_BY_STRENGTH = ['race', 'panic', 'deadlock', 'leak', 'failed'] as const satisfies Verdict[]

/** Ends that cut a run short: the first that happened is the verdict, whatever else was seen. */
export const TERMINATORS = ['cancelled', 'timeout', 'out-of-memory', 'output-limit'] as const satisfies Verdict[]
export type Terminator = (typeof TERMINATORS)[number]

/** The stages of one run, in the order in which they begin; vet runs beside link. */
export const Stage = z.enum(['load', 'compile', 'vet', 'link', 'run'])
export type Stage = z.infer<typeof Stage>

/** Milliseconds by stage, plus `queue` (waiting for a turn), `sandbox` (waiting for a sandbox) and `total` (accepted → verdict). */
export const Timings = z.object({
  queue: z.number(),
  sandbox: z.number(),
  load: z.number(),
  compile: z.number(),
  vet: z.number(),
  link: z.number(),
  run: z.number(),
  total: z.number(),
})
export type Timings = z.infer<typeof Timings>
