import { Readable } from 'node:stream'
import {
  type ExerciseDetail,
  Guide,
  type GuideChoice,
  type InterviewLinks,
  type LinkInfo,
  type OwnInterview,
  PersonName,
} from '@sandbox/protocol'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import { unpackRun } from '../interviews/kept-run.ts'
import type { Room } from '../interviews/room.ts'
import { type Opened, ownerOf, type Rooms } from '../interviews/rooms.ts'
import type { InterviewRecord } from '../store/interview-table.ts'
import { TokenBuckets } from '../token-bucket.ts'
import type { HostRules } from './hosts.ts'
import { importing, serveInterviewFiles } from './interview-files.ts'
import { complain, ourOriginOnly, personOf } from './responses.ts'
import { sendTimeline, type Timelines } from './timelines.ts'

export type InterviewOptions = {
  rooms: Rooms
  guides: readonly GuideChoice[]
  exercise: (slug: string) => ExerciseDetail | null
  timelines: Timelines
  /** What is kept of a run in an interview, gzipped; null where there is none. */
  runOf: (interview: string, run: string) => Uint8Array | null
  /** All that is kept of an interview's runs. */
  runsOf: (interview: string) => { run: string; frames: Uint8Array }[]
  /** Of exercises, by slug. */
  titles: () => Readonly<Record<string, string>>
  hosts: HostRules
}

const MAX_BODY_BYTES = 1024 * 1024
/** Making and changing interviews, for each person. */
const WRITES = { burst: 20, perSecond: 0.5 }
const MAX_LINK_HOURS = 24 * 90
const NO_INTERVIEW = 'This link opens no interview, or not any more.'

const MakeRequest = z.strictObject({
  title: z.string().trim().min(1, 'an interview has a title').max(120),
  candidate: PersonName,
  guide: Guide.optional(),
  alone: z.boolean().default(false),
})
const LinkRequest = z.strictObject({ hours: z.number().int().min(1).max(MAX_LINK_HOURS).nullable() })

/** What an address of an interview asks for. `room` loads its log where nobody is there: read it only where it is needed. */
export type Asked = {
  opened: Opened
  readonly room: Room
  person: string
  body: unknown
  params: Record<string, string>
  url: URL
}
type Handler = (asked: Asked, res: Response) => unknown
/** What an address opens for a person; null: nothing. */
export type Find = (params: Record<string, string>, person: string) => Opened | null

/** Interviews over HTTP: made, listed, read and deleted, under the /api that greets everybody. */
export function serveInterviews(app: Express, options: InterviewOptions): void {
  const allowed = [ourOriginOnly(options.hosts), notTooOften(new TokenBuckets(WRITES))]
  serveOwn(app, options, allowed)
  serveOne(app, options, [...allowed, bodyOf])
  serveRuns(app, options)
  const { rooms } = options
  serveInterviewFiles(app, options, {
    interviewers: (handle) => opening(rooms, forInterviewers(handle)),
    found: (find, handle) => opening(rooms, handle, find),
  })
}

/** What a person has to do with interviews before one is open. */
function serveOwn(app: Express, options: InterviewOptions, allowed: RequestHandler[]): void {
  const { rooms, guides } = options
  app.get('/api/guides', (_, res) => res.json(guides))
  app.post('/api/interviews/import', allowed, importing(options))
  app.get('/api/interviews', (_, res) => res.json(rooms.of(personOf(res)).map(listed)))
  app.post('/api/interviews', allowed, bodyOf, (req: Request, res: Response) => {
    const asked = MakeRequest.safeParse(req.body)
    if (!asked.success) return complain(res, 400, sentenceOf(asked.error))
    const guide = asked.data.guide ?? guides[0]?.guide
    if (guide === undefined) return complain(res, 503, 'The server has no guide. Send one with the interview.')
    const made = rooms.make({ ...asked.data, guide, owner: personOf(res) })
    if (typeof made === 'string') return complain(res, 409, made)
    const links: InterviewLinks = { interviewer: made.interviewerKey, candidate: made.candidateKey }
    res.status(201).json(links)
  })
}

/** One interview, by a link. */
function serveOne(app: Express, options: InterviewOptions, changing: RequestHandler[]): void {
  const { rooms, exercise } = options
  const anybody = (handle: Handler) => opening(rooms, handle)
  const interviewers = (handle: Handler) => opening(rooms, forInterviewers(handle))
  app.get(
    '/api/interview/:key',
    anybody(({ opened }, res) => res.json(infoOf(opened))),
  )
  app.get(
    '/api/interview/:key/exercise/:slug',
    anybody(({ opened, room, params }, res) => {
      const detail = exercise(params.slug ?? '')
      if (detail === null) complain(res, 404, 'There is no such exercise.')
      else res.json(opened.role === 'interviewer' ? detail : forCandidate(detail, room))
    }),
  )
  app.post(
    '/api/interview/:key/link',
    changing,
    interviewers(({ opened, body }, res) => {
      const asked = LinkRequest.safeParse(body)
      if (!asked.success) return complain(res, 400, sentenceOf(asked.error))
      if (opened.record.alone) return complain(res, 409, 'A mock interview has no candidate’s link.')
      res.json(rooms.setLink(opened.record, asked.data.hours))
    }),
  )
  app.post(
    '/api/interview/:key/interviewer-link',
    changing,
    interviewers(({ opened, person }, res) => {
      if (opened.record.owner !== person)
        return complain(res, 403, 'Only who made the interview may replace this link.')
      res.json({ interviewer: rooms.replaceInterviewersLink(opened.record) })
    }),
  )
  app.put(
    '/api/interview/:key/guide',
    changing,
    interviewers(({ room, person, body }, res) => {
      const guide = Guide.safeParse(body)
      const member = room.memberOf(person, 'interviewer')
      if (!guide.success) return complain(res, 400, sentenceOf(guide.error))
      if (member === null) return complain(res, 403, 'Come into the interview first.')
      room.setGuide(member, guide.data, (failure) => {
        if (failure === null) res.status(204).end()
        else complain(res, 503, 'The guide could not be kept. Try again.')
      })
    }),
  )
  app.get(
    '/api/interview/:key/log',
    interviewers(({ room, person }, res) => {
      const reader = { member: room.memberOf(person, 'interviewer') ?? '', role: 'interviewer' as const }
      res.type('application/jsonl')
      Readable.from(linesOf(room.visibleTo(reader))).pipe(res)
    }),
  )
  app.delete(
    '/api/interview/:key',
    changing,
    interviewers(({ opened }, res) => {
      rooms.delete(opened.record.id)
      res.status(204).end()
    }),
  )
}

/** The runs of an interview, for everybody who was let in. */
function serveRuns(app: Express, { rooms, runOf, timelines }: InterviewOptions): void {
  const insiders = (handle: Handler) => opening(rooms, forInsiders(handle))
  app.get(
    '/api/interview/:key/runs/:run',
    insiders(async ({ opened, params }, res) => {
      const kept = runOf(opened.record.id, params.run ?? '')
      if (kept === null) complain(res, 404, 'This run is not kept.')
      else res.type('application/jsonl').send(await unpackRun(kept))
    }),
  )
  app.get(
    '/api/interview/:key/runs/:run/timeline',
    insiders(async ({ opened, params }, res) => {
      await sendTimeline(await timelines.timelineOf(ownerOf(opened.record.id), params.run ?? ''), res)
    }),
  )
}

/** Finds the interview of the address, by its key where nothing else is said, and gives its room back afterwards. */
function opening(
  rooms: Rooms,
  handle: Handler,
  find: Find = ({ key }) => rooms.find(key ?? ''),
): RequestHandler<Record<string, string>> {
  return async (req, res) => {
    const opened = find(req.params, personOf(res))
    if (opened === null) return complain(res, 404, NO_INTERVIEW)
    let room: Room | null = null
    const asked: Asked = {
      opened,
      get room() {
        room ??= rooms.open(opened.record)
        return room
      },
      person: personOf(res),
      body: req.body,
      params: req.params,
      url: new URL(req.url, 'http://localhost'),
    }
    try {
      await handle(asked, res)
    } finally {
      if (room !== null) rooms.release(room)
    }
  }
}

function forInterviewers(handle: Handler): Handler {
  return (asked, res) =>
    asked.opened.role === 'interviewer' ? handle(asked, res) : complain(res, 403, 'Only interviewers may ask for this.')
}

/** A candidate who still waits at the door sees nothing of what goes on behind it. */
function forInsiders(handle: Handler): Handler {
  return (asked, res) => {
    if (asked.opened.role === 'interviewer' || isInside(asked)) return handle(asked, res)
    return complain(res, 403, 'You were not let in yet.')
  }
}

function isInside({ opened, room, person }: Asked): boolean {
  const member = room.memberOf(person, opened.role)
  return room.interview.members.some(({ id, standing }) => id === member && standing === 'inside')
}

/** What a candidate may know of an exercise: the hints that are shared, the fault that is on, nothing for afterwards. */
function forCandidate(detail: ExerciseDetail, { interview }: Room): ExerciseDetail {
  const isOpen = detail.slug === interview.exercise
  const hints = isOpen ? detail.hints.slice(0, interview.sharing.hints) : []
  const faults = isOpen ? detail.faults.filter(({ id }) => id === interview.fault) : []
  return { ...detail, hints, faults, followUps: [], talkingPoints: [] }
}

function listed(record: InterviewRecord): OwnInterview {
  const { interviewerKey: key, title, candidate, alone, madeAt, finishedAt, deletesAt } = record
  return { key, title, candidate, alone, madeAt, finishedAt, deletesAt }
}

function infoOf({ record, role }: Opened): LinkInfo {
  const { title, candidate, alone, madeAt, finishedAt, deletesAt } = record
  const link =
    role === 'interviewer' ? { candidateKey: record.candidateKey, candidateExpiresAt: record.candidateUntil } : {}
  return { role, title, candidate, alone, madeAt, finishedAt, deletesAt, ...link }
}

function* linesOf(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${JSON.stringify(value)}\n`
}

const readBody = express.json({ limit: MAX_BODY_BYTES })

const bodyOf: RequestHandler = (req, res, next) => {
  readBody(req, res, (err?: unknown) => {
    if (err === undefined) next()
    else complain(res, 400, `The body is no JSON of at most ${MAX_BODY_BYTES / 1024} KiB.`)
  })
}

function notTooOften(writes: TokenBuckets): RequestHandler {
  return (_, res, next) => {
    if (writes.take(personOf(res))) next()
    else complain(res.set('Retry-After', '2'), 429, 'Too many changes at once. Try again in a moment.')
  }
}

function sentenceOf(error: z.ZodError): string {
  const issue = error.issues[0]
  return `${issue?.path.map(String).join('.') || 'the request'}: ${issue?.message ?? 'cannot be read'}`
}
