import { access } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { extname, join } from 'node:path'
import type { ExerciseDetail, ExerciseSummary, Progress, SolutionsDetail } from '@sandbox/protocol'
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Response } from 'express'
import type { Log } from '../log.ts'
import type { StatusBoard } from '../sessions/status-board.ts'
import { addressOf } from './address.ts'
import { type Drafts, hasDrafts, serveDrafts } from './drafts.ts'
import { type HostRules, isOurHost } from './hosts.ts'
import { type InterviewOptions, serveInterviews } from './interviews.ts'
import { type KeptRuns, serveKeptRuns } from './kept-runs.ts'
import type { People } from './person.ts'
import { complain, ourOriginOnly, personOf } from './responses.ts'
import { serveTimelines, type Timelines } from './timelines.ts'

/** What the page may know of the catalogue. */
export interface Shelf {
  list(): ExerciseSummary[]
  detail(slug: string): ExerciseDetail | null
  /** What is shown once an exercise is solved; null where there is none of that name. */
  solutions(slug: string): Promise<SolutionsDetail | null>
}

/** What is kept of a person, as far as the page asks for it. */
export interface Records {
  of(person: string): Progress[]
  opened(person: string, exercise: string): void
  reveal(person: string, exercise: string): boolean
  maySeeSolutions(person: string, exercise: string): boolean
  forget(person: string): boolean
}

export type PageOptions = {
  clientDir: string
  shelf: Shelf
  records: Records
  drafts: Drafts
  timelines: Timelines
  interviews: Omit<InterviewOptions, 'hosts' | 'timelines' | 'exercise'>
  keptRuns: KeptRuns
  board: StatusBoard
  people: People
  hosts: HostRules
  trustedProxies: number
  log: Log
}

const PAGES = [
  '/',
  '/exercise/:slug',
  '/scratch',
  '/run/:id',
  '/interview',
  '/interview/:key',
  '/interview/:key/replay',
]
const HEADERS_TIMEOUT_MS = 10_000
const REQUEST_TIMEOUT_MS = 15_000
const NO_SUCH_EXERCISE = 'There is no such exercise.'
const NEVER_CHANGES = 'public, max-age=31536000, immutable'
/** Kept, but asked for again each time: the answer is then 304. */
const ASK_AGAIN = 'no-cache'

/** The HTTP server with everything but the sockets; it does not listen yet. */
export function createHttpServer(options: PageOptions): Server {
  const server = createServer(createApp(options))
  server.headersTimeout = HEADERS_TIMEOUT_MS
  server.requestTimeout = REQUEST_TIMEOUT_MS
  return server
}

/** The page, its data, and the two questions that an operator's probe asks. */
export function createApp(options: PageOptions): Express {
  const { board, clientDir } = options
  const app = express()
  app.disable('x-powered-by')
  app.set('query parser', false)
  app.use(securityHeaders, ourHostOnly(options.hosts))

  app.get('/healthz', (_, res) => res.json({ status: 'ok' }))
  app.get('/readyz', (_, res) => {
    const { ready, driver, reasons } = board.status
    res.status(ready ? 200 : 503).json({ ready, driver, reasons })
  })

  app.use('/api', greetOr429(options), (_, res, next) => {
    res.set('Cache-Control', ASK_AGAIN)
    next()
  })
  serveExercises(app, options)
  serveRecords(app, options)
  serveDrafts(app, {
    ...options,
    knows: (exercise) => hasDrafts(exercise, (slug) => options.shelf.detail(slug) !== null),
  })
  serveTimelines(app, options)
  serveInterviews(app, { ...options, ...options.interviews, exercise: options.shelf.detail })
  serveKeptRuns(app, options)
  app.use('/api', (_, res) => complain(res, 404, 'There is nothing at this address.'))

  app.get(PAGES, greet(options), (req, res, next) => {
    sendFile({ root: clientDir, path: 'index.html', cache: ASK_AGAIN, accepts: acceptedEncodings(req) }, res).catch(
      next,
    )
  })
  app.get('/*path', (req, res, next) => {
    const cache = req.path.startsWith('/assets/') ? NEVER_CHANGES : ASK_AGAIN
    sendFile({ root: clientDir, path: req.path.slice(1), cache, accepts: acceptedEncodings(req) }, res).catch(next)
  })
  app.use((_, res) => complain(res, 404, 'There is nothing at this address.'))
  app.use(answerErrors(options.log))
  return app
}

function serveExercises(app: Express, { shelf, records }: PageOptions): void {
  app.get('/api/exercises', (_, res) => res.json(shelf.list()))
  app.get('/api/exercises/:slug', (req, res) => {
    const detail = shelf.detail(req.params.slug)
    if (detail === null) return complain(res, 404, NO_SUCH_EXERCISE)
    records.opened(personOf(res), detail.slug)
    res.json(detail)
  })
}

/** What is kept of the person who asks, and what depends on it. */
function serveRecords(app: Express, options: PageOptions): void {
  const { shelf, records, drafts, keptRuns, interviews, hosts } = options
  app.get('/api/progress', (_, res) => res.json(records.of(personOf(res))))
  app.get('/api/exercises/:slug/solutions', (req, res, next) => {
    const { slug } = req.params
    if (shelf.detail(slug) === null) return complain(res, 404, NO_SUCH_EXERCISE)
    if (!records.maySeeSolutions(personOf(res), slug))
      return complain(res, 403, 'Solve the exercise first, or give up on it.')
    shelf.solutions(slug).then((solutions) => res.json(solutions), next)
  })
  app.post('/api/exercises/:slug/reveal', ourOriginOnly(hosts), (req, res) => {
    const { slug } = req.params
    if (typeof slug !== 'string' || shelf.detail(slug) === null) return complain(res, 404, NO_SUCH_EXERCISE)
    if (records.reveal(personOf(res), slug)) res.status(204).end()
    else complain(res, 503, 'This could not be kept. Try again.')
  })
  app.delete('/api/me', ourOriginOnly(hosts), (_, res) => {
    const person = personOf(res)
    // All, even where one fails.
    const stores = [records, drafts, keptRuns, interviews.rooms]
    const forgotten = stores.map((store) => store.forget(person))
    if (forgotten.every(Boolean)) res.status(204).end()
    else complain(res, 503, 'Your data could not be deleted. Try again.')
  })
}

const securityHeaders: RequestHandler = (req, res, next) => {
  const host = req.headers.host ?? ''
  // Some browsers do not count a socket to the page's own host as 'self'.
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : ''
  res.set({
    'Content-Security-Policy': [
      "default-src 'self'",
      // The editor makes style elements while it runs.
      "style-src 'self' 'unsafe-inline'",
      "worker-src 'self' blob:",
      "font-src 'self' data:",
      "img-src 'self' data:",
      `connect-src 'self'${sockets}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  })
  next()
}

function ourHostOnly(hosts: HostRules): RequestHandler {
  return (req, res, next) => {
    if (isOurHost(req, hosts)) next()
    else complain(res, 421, 'This server is not the host you asked for.')
  }
}

/** Makes sure that the browser has a person's cookie before the page opens its socket. */
function greet({ people, trustedProxies }: PageOptions): RequestHandler {
  return (req, res, next) => {
    const greeting = people.greet(req, addressOf(req, trustedProxies))
    if (greeting?.cookie) res.set('Set-Cookie', greeting.cookie)
    next()
  }
}

function greetOr429({ people, trustedProxies }: PageOptions): RequestHandler {
  return (req, res, next) => {
    const greeting = people.greet(req, addressOf(req, trustedProxies))
    if (greeting === null) {
      res.set('Retry-After', '60')
      complain(res, 429, 'Too many new visitors from your address. Try again in a minute.')
      return
    }
    if (greeting.cookie !== null) res.set('Set-Cookie', greeting.cookie)
    res.locals.person = greeting.person
    next()
  }
}

type FileAnswer = { root: string; path: string; cache: string; accepts: string }

function acceptedEncodings(req: { headers: Record<string, string | string[] | undefined> }): string {
  return String(req.headers['accept-encoding'] ?? '')
}

/** Sends a built file, compressed ahead where the build left such a twin. Rejects with status 404 where there is none. */
async function sendFile({ root, path, cache, accepts }: FileAnswer, res: Response): Promise<void> {
  const encoding = await twinOf(join(root, path), accepts)
  res.set({ 'Cache-Control': cache, Vary: 'Accept-Encoding' }).type(extname(path))
  if (encoding !== null) res.set('Content-Encoding', encoding.name)
  const file = encoding === null ? path : `${path}${encoding.suffix}`
  await new Promise<void>((resolve, reject) => {
    res.sendFile(file, { root, cacheControl: false, dotfiles: 'deny', index: false }, (err) =>
      err ? reject(err) : resolve(),
    )
  })
}

const ENCODINGS = [
  { name: 'br', suffix: '.br' },
  { name: 'gzip', suffix: '.gz' },
]

async function twinOf(file: string, accepts: string): Promise<(typeof ENCODINGS)[number] | null> {
  for (const encoding of ENCODINGS) {
    if (!new RegExp(`\\b${encoding.name}\\b`).test(accepts)) continue
    if (
      await access(file + encoding.suffix).then(
        () => true,
        () => false,
      )
    )
      return encoding
  }
  return null
}

/** Errors as JSON with a sentence and no stack; ours go to the log. */
function answerErrors(log: Log): ErrorRequestHandler {
  return (err: unknown, req, res, next) => {
    if (res.headersSent) {
      next(err)
      return
    }
    const status = statusOf(err)
    res.removeHeader('Content-Encoding')
    if (status >= 500) log.error({ err, path: req.path }, 'a request failed')
    complain(res, status, status >= 500 ? 'The server failed at this request.' : 'There is nothing at this address.')
  }
}

function statusOf(err: unknown): number {
  const status = typeof err === 'object' && err !== null && 'status' in err ? Number(err.status) : 500
  return status >= 400 && status < 600 ? status : 500
}
