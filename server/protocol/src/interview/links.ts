import { z } from 'zod'
import { Role } from './entry.ts'
import { Guide } from './guide.ts'
import { InterviewKey } from './messages.ts'

/** Milliseconds since the epoch. */
const Moment = z.number()

/** What an interview is called, and how long it is kept. */
const Facts = z.object({
  title: z.string(),
  candidate: z.string(),
  /** A mock interview: one person is both. */
  alone: z.boolean(),
  madeAt: Moment,
  finishedAt: Moment.nullable(),
  /** When it will be deleted by itself. */
  deletesAt: Moment,
})

/** `GET /api/interviews`: one of the caller's own. */
export const OwnInterview = Facts.extend({
  /** The interviewer's. */
  key: InterviewKey,
})
export type OwnInterview = z.infer<typeof OwnInterview>

/** `GET /api/interview/:key`: what a link opens. */
export const LinkInfo = Facts.extend({
  role: Role,
  /** Interviewers only; null where there is no candidate's link now. */
  candidateKey: InterviewKey.nullable().optional(),
  candidateExpiresAt: Moment.nullable().optional(),
})
export type LinkInfo = z.infer<typeof LinkInfo>

/** `POST /api/interview/:key/link`: the candidate's link from now on. */
export const CandidateKey = z.object({ candidateKey: InterviewKey.nullable(), expiresAt: Moment.nullable() })
export type CandidateKey = z.infer<typeof CandidateKey>

/** `POST /api/interviews`: both links of a new interview; one that is done alone has no candidate's. */
export const InterviewLinks = z.object({ interviewer: InterviewKey, candidate: InterviewKey.nullable() })
export type InterviewLinks = z.infer<typeof InterviewLinks>

/** `GET /api/guides`: what an interview can begin with. */
export const GuideChoice = z.object({ id: z.string(), guide: Guide })
export type GuideChoice = z.infer<typeof GuideChoice>
