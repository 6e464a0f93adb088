import { z } from 'zod'
import { Verdict } from '../verdict.ts'
import { Band, SectionId } from './guide.ts'

/** For whom a report is: the candidate's copy has nothing that only interviewers may see. */
export const ReportCopy = z.enum(['interviewers', 'candidate'])
export type ReportCopy = z.infer<typeof ReportCopy>

/** Milliseconds since the interview's start; negative before it. */
const Moment = z.number()
/** Milliseconds. */
const Duration = z.number().nonnegative()

const ReportRun = z.strictObject({
  /** From 1, in the interview. */
  number: z.number().int().positive(),
  by: z.string(),
  at: Moment,
  /** Null: it had not come to an end. */
  verdict: Verdict.nullable(),
  summary: z.string(),
  /** What an interviewer let go wrong around the code. */
  fault: z.string().nullable(),
})
export type ReportRun = z.infer<typeof ReportRun>

const ReportExercise = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Null where it was run and never opened. */
  openedAt: Moment.nullable(),
  /** How long it was the exercise that everybody worked on. */
  openMs: Duration,
  runs: z.array(ReportRun),
  /** The first race, and how long it took until a run passed; null where none did. */
  firstRace: z
    .strictObject({ run: z.number().int().positive(), at: Moment, fixedAfterMs: Duration.nullable() })
    .nullable(),
  /** As they were at the end. */
  files: z.array(z.strictObject({ name: z.string(), text: z.string() })),
})
export type ReportExercise = z.infer<typeof ReportExercise>

const ReportQuestion = z.strictObject({
  title: z.string(),
  seed: z.string(),
  spentMs: Duration,
  /** Minutes by the plan, least and most. */
  minutes: z.tuple([z.number(), z.number()]),
  said: z.array(z.string()),
  notSaid: z.array(z.string()),
  /** Follow-ups, and questions of areas. */
  asked: z.array(z.string()),
})
export type ReportQuestion = z.infer<typeof ReportQuestion>

const ReportPart = z.strictObject({
  title: z.string(),
  spentMs: Duration,
  /** By the plan, with what it got of the reserve. */
  minutes: z.number(),
  /** Those that came up. */
  questions: z.array(ReportQuestion),
  /** Titles of the others; alternatives that were not chosen are left out. */
  notAsked: z.array(z.string()),
})
export type ReportPart = z.infer<typeof ReportPart>

const ReportEvidence = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('run'), at: Moment, number: z.number().int(), summary: z.string() }),
  z.strictObject({ type: z.literal('line'), at: Moment, path: z.string(), line: z.number().int(), text: z.string() }),
  z.strictObject({ type: z.literal('moment'), at: Moment, words: z.string() }),
])
export type ReportEvidence = z.infer<typeof ReportEvidence>

const ReportSection = z.strictObject({
  id: SectionId,
  title: z.string(),
  /** Null: not scored. */
  points: z.number().nullable(),
  of: z.number(),
  minimum: z.number().nullable(),
  band: Band.nullable(),
  /** What the band stands for. */
  words: z.string().nullable(),
  /** From how many points each band begins, best first. */
  bands: z.array(z.strictObject({ band: Band, from: z.number() })),
  evidence: z.array(ReportEvidence),
})
export type ReportSection = z.infer<typeof ReportSection>

const Flags = z.array(z.string())

const ReportCard = z.strictObject({
  /** An interviewer; null: what all settled on together. */
  by: z.string().nullable(),
  /** Whether the interviewer has said that this is all. */
  submitted: z.boolean(),
  sections: z.array(ReportSection),
  total: z.number(),
  of: z.number(),
  passing: z.number(),
  /** As `ScoreVerdict` has it. */
  verdict: z.enum(['pass', 'fail', 'incomplete']),
  reasons: z.array(z.string()),
  greenFlags: Flags,
  redFlags: Flags,
})
export type ReportCard = z.infer<typeof ReportCard>

/** What only interviewers may see. */
const PrivateReport = z.strictObject({
  /** Null where the interview has no guide. */
  guide: z.strictObject({ title: z.string(), minutes: z.number() }).nullable(),
  /** The clock's running time, without pauses. */
  runningMs: Duration,
  pausedMs: Duration,
  parts: z.array(ReportPart),
  /** What was agreed comes first. */
  cards: z.array(ReportCard),
  notes: z.array(z.strictObject({ at: Moment, by: z.string(), text: z.string() })),
  /** Null where it was not recorded. */
  pastes: z
    .array(z.strictObject({ at: Moment, path: z.string(), line: z.number().int(), characters: z.number().int() }))
    .nullable(),
  /** `ms` is null where the window was not come back to. Null where it was not recorded. */
  absences: z.array(z.strictObject({ at: Moment, ms: Duration.nullable() })).nullable(),
})
export type PrivateReport = z.infer<typeof PrivateReport>

/** What an interview came to, for people; `report.json` is exactly this. */
export const InterviewReport = z.strictObject({
  format: z.literal('go-practice-report'),
  version: z.literal(1),
  copy: ReportCopy,
  title: z.string(),
  candidate: z.string(),
  interviewers: z.array(z.string()),
  alone: z.boolean(),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
  /** From start to end, or until now. */
  lengthMs: Duration,
  finished: z.boolean(),
  exercises: z.array(ReportExercise),
  /** Null in the candidate's copy. */
  private: PrivateReport.nullable(),
})
export type InterviewReport = z.infer<typeof InterviewReport>
