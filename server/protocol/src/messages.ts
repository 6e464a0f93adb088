import { z } from 'zod'
import { INTERVIEW_NEWS, INTERVIEW_WISHES, InterviewKey } from './interview/messages.ts'
import { Diagnostic } from './report.ts'
import { LoggedEvent, RunDescription, RunRequest, SourceFile } from './run.ts'

/** Raised when an old client could misread a new server; the server closes with CloseCode.version. */
export const PROTOCOL_VERSION = 2

/** Largest message a client may send: the source limit, escaped as JSON in the worst usual case. */
export const MAX_MESSAGE_BYTES = 1024 * 1024

const Request = z.string().min(1).max(64)

export const ClientMessage = z.discriminatedUnion('type', [
  /** First message on every socket. `resume` names what the client already has, so that only the rest is sent. */
  z.object({
    type: z.literal('hello'),
    version: z.number().int(),
    resume: z.array(z.object({ run: z.string().max(64), after: z.number().int().nonnegative() })).max(8),
    /** The page is one of this interview: its runs are the interview's. */
    interview: InterviewKey.optional(),
  }),
  z.object({ type: z.literal('run'), request: Request, run: RunRequest }),
  z.object({ type: z.literal('cancel'), run: z.string().max(64) }),
  /** gofmt of one file. */
  z.object({ type: z.literal('format'), request: Request, file: SourceFile }),
  /** Asks for a sign of life; answered by `status`. A page cannot see the pings of the WebSocket itself. */
  z.object({ type: z.literal('ping') }),
  ...INTERVIEW_WISHES,
])
export type ClientMessage = z.infer<typeof ClientMessage>
export type InterviewWish = z.infer<(typeof INTERVIEW_WISHES)[number]>

const WISHES = new Set<string>(INTERVIEW_WISHES.map(({ shape }) => shape.type.value))

/** Whether a message only makes sense in an interview. */
export function isInterviewWish(message: ClientMessage): message is InterviewWish {
  return WISHES.has(message.type)
}

/** Whether code can be run here, and how it is confined. */
export const SandboxStatus = z.object({
  ready: z.boolean(),
  driver: z.enum(['docker', 'bubblewrap', 'none']),
  goVersion: z.string(),
  /** Each limit is `enforced` by the kernel or `watched` by us. */
  enforcement: z.record(z.string(), z.enum(['enforced', 'watched'])),
  /** Where not ready: one sentence each, for example what each driver answered. */
  reasons: z.array(z.string()),
  /** How many runs at a time. */
  slots: z.number().int().positive(),
})
export type SandboxStatus = z.infer<typeof SandboxStatus>

export const ErrorCode = z.enum([
  'bad-message',
  'unknown-exercise',
  'unknown-run',
  'too-many-runs',
  'not-ready',
  'rate',
  'unknown-interview',
  'not-allowed',
])
export type ErrorCode = z.infer<typeof ErrorCode>

/** A run of this person began (in whichever tab), or is told again after a reconnect. */
export const RunMessage = z.object({ type: z.literal('run'), run: RunDescription })
export const EventMessage = LoggedEvent.extend({ type: z.literal('event'), run: z.string() })

export const ServerMessage = z.discriminatedUnion('type', [
  /** Answers hello. `server` changes with every start of the server. */
  z.object({
    type: z.literal('welcome'),
    version: z.number().int(),
    server: z.string(),
    /** The server's clock, in milliseconds since the epoch: a page's own may be off, and \`acceptedAt\` is told by this one. */
    now: z.number(),
    sandbox: SandboxStatus,
  }),
  z.object({ type: z.literal('status'), sandbox: SandboxStatus }),
  RunMessage,
  EventMessage,
  z.object({
    type: z.literal('formatted'),
    request: Request,
    /** Null where the file does not parse; `diagnostics` says where. */
    text: z.string().nullable(),
    diagnostics: z.array(Diagnostic),
  }),
  z.object({ type: z.literal('error'), code: ErrorCode, message: z.string(), request: z.string().optional() }),
  ...INTERVIEW_NEWS,
])
export type ServerMessage = z.infer<typeof ServerMessage>
export type InterviewNews = z.infer<(typeof INTERVIEW_NEWS)[number]>

const NEWS = new Set<string>(INTERVIEW_NEWS.map(({ shape }) => shape.type.value))

/** Whether a message is about an interview, and not about runs or this server. */
export function isInterviewNews(message: ServerMessage): message is InterviewNews {
  return NEWS.has(message.type)
}

/** Why the server closes a socket. 4000–4999 are the application's own (RFC 6455 §7.4.2). */
export const CloseCode = {
  goingAway: 1001,
  tooLarge: 1009,
  version: 4000,
  helloExpected: 4001,
  tooManyBadMessages: 4002,
  flood: 4003,
  slowReader: 4004,
  tooManySockets: 4005,
  noAnswer: 4006,
  /** The link to the interview is not, or no longer, one; or its member was sent away. */
  noEntry: 4007,
  /** What was said could not be kept; come back for what was. */
  notKept: 4008,
} as const
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode]
