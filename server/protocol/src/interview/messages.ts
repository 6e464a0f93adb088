import { z } from 'zod'
import { Act, Cursor, DocumentUpdate, LoggedEntry, MemberId, PersonName, Role } from './entry.ts'

/** What an interview's links carry: 192 random bits, base64url. Whoever has one comes in by it. */
export const InterviewKey = z.string().regex(/^[A-Za-z0-9_-]{32}$/)

/** The client's number for something that is to be kept; answered by `kept` once it is on the disk. */
const Serial = z.number().int().positive()

/** An act's own name, random, made by its page: however often it is sent under it, it is carried out once. */
export const ActId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)
export type ActId = z.infer<typeof ActId>

/** What a page may say in an interview, after a hello that named one. */
export const INTERVIEW_WISHES = [
  /** Comes in for the first time. */
  z.object({ type: z.literal('enter'), name: PersonName }),
  /** A change of the document. */
  z.object({ type: z.literal('edit'), serial: Serial, update: DocumentUpdate }),
  z.object({ type: z.literal('act'), serial: Serial, id: ActId, act: Act }),
  /** Null: nowhere any more. */
  z.object({ type: z.literal('cursor'), cursor: Cursor.nullable() }),
] as const

/** What a page hears in an interview. */
export const INTERVIEW_NEWS = [
  /** What somebody sees who is not in: `name` is null where it must be given first, else they wait to be let in. */
  z.object({
    type: z.literal('door'),
    role: Role,
    title: z.string(),
    name: z.string().nullable(),
    /** Names of the interviewers who are there. */
    interviewers: z.array(z.string()),
  }),
  /** Somebody is in. Sent again after every reconnect, whole. */
  z.object({
    type: z.literal('room'),
    role: Role,
    member: MemberId,
    /** Milliseconds since the interview was made, by the server's clock, now. */
    at: z.number().nonnegative(),
    /** All that this member may see, in order, but changes of the document and cursors. */
    entries: z.array(LoggedEntry),
    /** The document as it stands. */
    document: DocumentUpdate.or(z.base64()),
  }),
  /** More entries; not always newer than those before: some are shown later than they were written. */
  z.object({ type: z.literal('entries'), entries: z.array(LoggedEntry) }),
  /** Somebody else's change of the document. */
  z.object({ type: z.literal('edited'), by: MemberId.nullable(), update: z.base64() }),
  /** These, and all before them on this connection, are on the disk. */
  z.object({ type: z.literal('kept'), serial: Serial }),
  /** Something will never be kept, and why. */
  z.object({ type: z.literal('dropped'), serial: Serial, message: z.string() }),
  /** Where another one's cursor stands now. */
  z.object({ type: z.literal('cursor'), member: MemberId, cursor: Cursor.nullable() }),
  /** Who has a page open. */
  z.object({ type: z.literal('presence'), members: z.array(MemberId) }),
  /** What the candidate may know of the clock; null: it is not shared. `leftMs` is of now, negative when over. */
  z.object({
    type: z.literal('time'),
    time: z.object({ leftMs: z.number(), running: z.boolean() }).nullable(),
  }),
] as const
