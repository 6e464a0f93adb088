import { z } from 'zod'
import { Slug } from '../exercise.ts'
import { Insight } from '../insight.ts'
import { MAX_SOURCE_BYTES, SCRATCH, SourceFile } from '../run.ts'
import { Verdict } from '../verdict.ts'
import { Guide, MAX_GUIDE_CHARS, SectionId } from './guide.ts'

export const MAX_NAME_CHARS = 60
export const MAX_NOTE_CHARS = 4000
/** Bytes of one change of the document, as it is sent. A page that was offline for long sends several. */
export const MAX_UPDATE_BYTES = 512 * 1024
/** Yjs structs of one change: characters that came one by one are one each, until a document has joined them. */
export const MAX_UPDATE_STRUCTS = 2000
/** Ranges that one change deletes. */
export const MAX_UPDATE_DELETIONS = 10_000

export const Role = z.enum(['interviewer', 'candidate'])
export type Role = z.infer<typeof Role>

/** Who somebody is in one interview: `m1` is the first who came. */
export const MemberId = z.string().regex(/^m[1-9]\d{0,2}$/)
export type MemberId = z.infer<typeof MemberId>

export const PersonName = z.string().trim().min(1, 'a name is needed').max(MAX_NAME_CHARS)

/** An exercise as an interview opens it: its slug, or `scratch`. */
export const OpenedExercise = z.union([z.literal(SCRATCH), Slug])

/** A file of the interview's document: `worker-pool/pool.go`. */
export const DocumentPath = z.string().regex(/^[a-z0-9-]{1,64}\/[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)

const Line = z.number().int().positive().max(MAX_SOURCE_BYTES)
/** Line and column, both from 1. */
export const TextPosition = z.tuple([Line, Line])
export type TextPosition = z.infer<typeof TextPosition>

/** Where somebody's cursor stands; a selection goes from `anchor` to `head`. */
export const Cursor = z.strictObject({ path: DocumentPath, anchor: TextPosition, head: TextPosition })
export type Cursor = z.infer<typeof Cursor>

/** Yjs's binary update, in base64. */
export const DocumentUpdate = z.base64().max(Math.ceil(MAX_UPDATE_BYTES / 3) * 4)

const Id = z.string().min(1).max(64)
const Points = z.number().int().min(0).max(100)

/** What a score rests on. `at`: milliseconds since the interview was made. */
export const Evidence = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('run'), run: Id }),
  z.strictObject({
    type: z.literal('line'),
    path: DocumentPath,
    line: Line,
    text: z.string().max(400),
    at: z.number(),
  }),
  z.strictObject({ type: z.literal('moment'), at: z.number().nonnegative(), words: z.string().max(400) }),
])
export type Evidence = z.infer<typeof Evidence>

/** What the interviewers show to the candidate besides the code and its runs. */
export const Sharing = z.strictObject({
  /** The time that is left. */
  clock: z.boolean(),
  /** So many of the exercise's hints. */
  hints: z.number().int().nonnegative().max(20),
})
export type Sharing = z.infer<typeof Sharing>

/** What is kept of the candidate beyond edits, runs and cursors. The candidate is told. */
export const Recording = z.strictObject({ pasting: z.boolean(), leaving: z.boolean() })
export type Recording = z.infer<typeof Recording>

const EVERYBODY_MAY = [z.strictObject({ type: z.literal('pointed'), path: DocumentPath, line: Line })] as const

const CANDIDATES_TELL = [
  z.strictObject({
    type: z.literal('pasted'),
    path: DocumentPath,
    line: Line,
    characters: z.number().int().positive(),
  }),
  /** The window was left, or was come back to. */
  z.strictObject({ type: z.literal('away'), away: z.boolean() }),
] as const

const INTERVIEWERS_MAY = [
  /** A candidate who waits comes in. */
  z.strictObject({ type: z.literal('admitted'), member: MemberId }),
  z.strictObject({ type: z.literal('removed'), member: MemberId }),
  /** From now on everybody works on this. `files` is what scratch begins with; an exercise brings its own. */
  z.strictObject({
    type: z.literal('opened'),
    exercise: OpenedExercise,
    files: z.array(SourceFile).max(20).optional(),
  }),
  z.strictObject({ type: z.literal('shared'), sharing: Sharing }),
  z.strictObject({ type: z.literal('recording'), recording: Recording }),
  /** What goes wrong around the candidate's code from now on; null: nothing. */
  z.strictObject({ type: z.literal('fault'), fault: Slug.nullable() }),
  z.strictObject({ type: z.literal('clock'), action: z.enum(['start', 'pause', 'resume']) }),
  /** The interview has come to this part, and in it to this question. */
  z.strictObject({ type: z.literal('turned'), part: Slug, question: Slug.nullable() }),
  /** A part has this many minutes of the reserve, in all. */
  z.strictObject({ type: z.literal('reserve'), part: Slug, minutes: z.number().int().nonnegative().max(120) }),
  z.strictObject({ type: z.literal('ticked'), question: Slug, point: Slug, on: z.boolean() }),
  /** A follow-up, a question of an area, or the probe of a point (by the point's id) was asked. */
  z.strictObject({ type: z.literal('asked'), question: Slug, followUp: Slug, on: z.boolean() }),
  /** Who practises alone has answered a question, and sees from now on what was expected. */
  z.strictObject({ type: z.literal('answered'), question: Slug }),
  z.strictObject({ type: z.literal('prepared'), item: Slug, on: z.boolean() }),
  /** A private note, or another text of one; empty: it is taken back. */
  z.strictObject({ type: z.literal('noted'), note: Id, text: z.string().max(MAX_NOTE_CHARS) }),
  /** Null takes the score back. */
  z.strictObject({ type: z.literal('scored'), section: SectionId, points: Points.nullable() }),
  z.strictObject({ type: z.literal('flagged'), flag: Slug, on: z.boolean() }),
  /** Evidence for a score; null takes it back. */
  z.strictObject({ type: z.literal('cited'), section: SectionId, cite: Id, evidence: Evidence.nullable() }),
  /** This interviewer has scored. Who has, sees the others who have. */
  z.strictObject({ type: z.literal('submitted'), on: z.boolean() }),
  /** What the interviewers settled on together. */
  z.strictObject({ type: z.literal('agreed'), section: SectionId, points: Points.nullable() }),
  z.strictObject({ type: z.literal('finished') }),
] as const

/** What somebody in an interview may ask to be put into its log. Who may what is `mayAct`. */
export const Act = z.discriminatedUnion('type', [...EVERYBODY_MAY, ...CANDIDATES_TELL, ...INTERVIEWERS_MAY])
export type Act = z.infer<typeof Act>

/** What only the server puts there. */
const RECORDED = [
  z.strictObject({
    type: z.literal('made'),
    title: z.string().max(120),
    candidate: z.string().max(MAX_NAME_CHARS),
    /** A mock interview: one person is both. */
    alone: z.boolean(),
    /** Milliseconds since the epoch. All other times count from here. */
    madeAt: z.number().nonnegative(),
  }),
  z.strictObject({ type: z.literal('guide'), guide: Guide }),
  /** Candidates wait until they are admitted. */
  z.strictObject({ type: z.literal('joined'), member: MemberId, name: PersonName, role: Role }),
  z.strictObject({ type: z.literal('edited'), update: DocumentUpdate }),
  z.strictObject({ type: z.literal('cursor'), cursor: Cursor }),
  /** `insight`: a closer look, which counts for nothing. */
  z.strictObject({ type: z.literal('ran'), run: Id, exercise: OpenedExercise, insight: Insight.optional() }),
  z.strictObject({ type: z.literal('concluded'), run: Id, verdict: Verdict, summary: z.string() }),
] as const

/** One thing that happened in an interview. */
export const Entry = z.discriminatedUnion('type', [
  ...EVERYBODY_MAY,
  ...CANDIDATES_TELL,
  ...INTERVIEWERS_MAY,
  ...RECORDED,
])
export type Entry = z.infer<typeof Entry>

/** An entry as the log keeps it. */
export const LoggedEntry = z.object({
  /** From 1, without gaps. */
  seq: z.number().int().positive(),
  /** Milliseconds since the interview was made. */
  at: z.number().nonnegative(),
  /** Null: the server. */
  by: MemberId.nullable(),
  entry: Entry,
})
export type LoggedEntry = z.infer<typeof LoggedEntry>

/** The longest entry that is no change of the document, in characters of JSON. */
export const MAX_ENTRY_CHARS = MAX_GUIDE_CHARS + 1024

/**
 * Who may see an entry.
 * - `all`: the candidate, too.
 * - `interviewers`: every interviewer.
 * - `author`: the interviewer who wrote it; the others once all of them have submitted their scores.
 */
export type Audience = 'all' | 'interviewers' | 'author'

const AUDIENCE: Readonly<Record<Entry['type'], Audience>> = {
  made: 'all',
  joined: 'all',
  admitted: 'all',
  removed: 'all',
  opened: 'all',
  edited: 'all',
  cursor: 'all',
  pointed: 'all',
  ran: 'all',
  concluded: 'all',
  shared: 'all',
  recording: 'all',
  fault: 'all',
  finished: 'all',
  guide: 'interviewers',
  pasted: 'interviewers',
  away: 'interviewers',
  clock: 'interviewers',
  turned: 'interviewers',
  reserve: 'interviewers',
  ticked: 'interviewers',
  asked: 'interviewers',
  answered: 'interviewers',
  prepared: 'interviewers',
  noted: 'interviewers',
  cited: 'author',
  scored: 'author',
  flagged: 'author',
  submitted: 'interviewers',
  agreed: 'interviewers',
}

/** Who may see an entry of this type. */
export function audienceOf(type: Entry['type']): Audience {
  return AUDIENCE[type]
}

const CANDIDATE_ACTS: ReadonlySet<Act['type']> = new Set<Act['type']>(['pointed', 'pasted', 'away'])
const CANDIDATE_ONLY: ReadonlySet<Act['type']> = new Set<Act['type']>(['pasted', 'away'])

/** Whether somebody of this role may put such an act into the log. */
export function mayAct(role: Role, type: Act['type']): boolean {
  return role === 'candidate' ? CANDIDATE_ACTS.has(type) : !CANDIDATE_ONLY.has(type)
}
