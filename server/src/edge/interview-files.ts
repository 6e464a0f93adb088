import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { checkExport, MAX_EXPORT_BYTES, ReportCopy } from '@sandbox/protocol'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { exportText } from '../interviews/exported.ts'
import { buildReport } from '../interviews/report/build-report.ts'
import { REPORT_POLICY } from '../interviews/report/html-report.ts'
import { REPLAY_LINK } from '../interviews/report/html-text.ts'
import { type ReportFormat, renderReport } from '../interviews/report/render-report.ts'
import type { Asked, Find, InterviewOptions } from './interviews.ts'
import { ReportPasses } from './report-passes.ts'
import { complain, personOf } from './responses.ts'

const NOT_WHOLE = 'The file is no JSON: it is something else, or a part of it is missing.'
const BUSY = 'Another interview is being imported. Try again in a moment.'

type Parts = Pick<InterviewOptions, 'rooms' | 'titles' | 'runsOf'>
type Handle = (asked: Asked, res: Response) => unknown
type Serving = {
  interviewers: (handle: Handle) => RequestHandler<Record<string, string>>
  found: (find: Find, handle: Handle) => RequestHandler<Record<string, string>>
}

/** Interviews as files: reports, exports and imports. */
export function serveInterviewFiles(app: Express, parts: Parts, serving: Serving): void {
  const { interviewers } = serving
  serveReportPage(app, parts, serving)
  for (const format of ['md', 'json'] as const) {
    app.get(
      `/api/interview/:key/report.${format}`,
      interviewers((asked, res) => sendReport(asked, { format, titles: parts.titles() }, res)),
    )
  }
  app.get(
    '/api/interview/:key/export',
    interviewers(async ({ opened, room, person }, res) => {
      const { id, candidate, madeAt } = opened.record
      const reader = { member: room.memberOf(person, 'interviewer') ?? '', role: 'interviewer' as const }
      const runs = parts.runsOf(id)
      res.type('application/json').attachment(fileNameOf(candidate, madeAt))
      await pipeline(Readable.from(exportText({ entries: room.visibleTo(reader), runs })), res)
    }),
  )
}

/** The report as a page has an address without a key, since browsers print it; from there one comes to the replay. */
function serveReportPage(app: Express, { rooms, titles }: Parts, { interviewers, found }: Serving): void {
  const passes = new ReportPasses()
  const byPass: Find = ({ interview = '', pass = '' }, person) => {
    const record = rooms.record(interview)
    return record !== null && passes.opens(pass, record, person) ? { record, role: 'interviewer' } : null
  }
  app.get(
    '/api/interview/:key/report.html',
    interviewers(({ opened, person, url }, res) => {
      const { id } = opened.record
      const copy = copyOf(url, res)
      if (copy === null) return
      res.redirect(303, `/api/report/${id}/${passes.of(opened.record, person)}/report.html?copy=${copy}`)
    }),
  )
  app.get(
    '/api/report/:interview/:pass/report.html',
    found(byPass, (asked, res) => sendReport(asked, { format: 'html', titles: titles() }, res)),
  )
  app.get(
    `/api/report/:interview/:pass/${REPLAY_LINK}`,
    found(byPass, ({ opened }, res) => res.redirect(303, `/interview/${opened.record.interviewerKey}/replay`)),
  )
}

type Asking = { format: ReportFormat; titles: Readonly<Record<string, string>> }

function sendReport({ room, person, url }: Asked, { format, titles }: Asking, res: Response): void {
  const copy = copyOf(url, res)
  if (copy === null) return
  const files = [...room.texts].map(([path, text]) => ({ path, text }))
  const interview = room.interviewFor({ member: room.memberOf(person, 'interviewer') ?? '', role: 'interviewer' })
  const report = buildReport({ interview, files, titles, at: room.at, copy })
  const { type, text } = renderReport(report, format)
  if (format === 'html') res.set('Content-Security-Policy', REPORT_POLICY)
  res.type(type).send(text)
}

/** For whom a report is asked; null where nobody knows, which has been said then. */
function copyOf(url: URL, res: Response): ReportCopy | null {
  const copy = ReportCopy.safeParse(url.searchParams.get('copy') ?? 'interviewers')
  if (!copy.success) complain(res, 400, 'copy: is interviewers or candidate')
  return copy.data ?? null
}

/** Makes an interview of an exported file. One at a time: a file is large, and so is what is read of it. */
export function importing({ rooms }: Parts): RequestHandler[] {
  let busy = false
  const begin: RequestHandler = (_, res, next) => {
    if (busy) return complain(res.set('Retry-After', '5'), 503, BUSY)
    busy = true
    res.once('close', () => {
      busy = false
    })
    next()
  }
  return [begin, bodyOf, (req, res, next) => void importFile(rooms, req, res).catch(next)]
}

async function importFile(rooms: Parts['rooms'], req: Request, res: Response): Promise<void> {
  const checked = checkExport(req.body)
  if (checked.type === 'bad') return complain(res, 400, checked.problems.join('\n'))
  const made = await rooms.import(personOf(res), checked.file)
  if (typeof made === 'string') complain(res, 400, made)
  else res.status(201).json({ interviewer: made.interviewerKey })
}

/** `interview-mira-castell-2026-11-22.json`; letters that not every file system has are left out. */
function fileNameOf(candidate: string, madeAt: number): string {
  const words = candidate
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  return ['interview', ...(words ?? []), `${new Date(madeAt).toISOString().slice(0, 10)}.json`].join('-')
}

const readFile = express.json({ limit: MAX_EXPORT_BYTES })

const bodyOf: RequestHandler = (req, res, next) => {
  readFile(req, res, (err?: unknown) => {
    if (err === undefined) next()
    else if (err instanceof SyntaxError) complain(res, 400, NOT_WHOLE)
    else complain(res, 400, `This is no exported interview of at most ${MAX_EXPORT_BYTES / 1024 / 1024} MiB.`)
  })
}
