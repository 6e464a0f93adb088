import { DraftUpdate, type KeptDraft, MAX_SOURCE_BYTES, SCRATCH } from '@sandbox/protocol'
import express, { type Express, type RequestHandler, type Response } from 'express'
import { TokenBuckets } from '../token-bucket.ts'
import type { HostRules } from './hosts.ts'
import { complain, ourOriginOnly, personOf } from './responses.ts'

/** What the page may keep of a person's writing. */
export interface Drafts {
  /** Null where the store fails. */
  one(person: string, exercise: string): { draft: KeptDraft | null } | null
  /** Null where the store fails. */
  keep(person: string, exercise: string, update: DraftUpdate): { kept: boolean; draft: KeptDraft } | null
  forget(person: string): boolean
}

export type DraftOptions = { drafts: Drafts; hosts: HostRules; knows: (exercise: string) => boolean }

/** JSON may take six bytes for a character. */
const MAX_BODY_BYTES = 6 * MAX_SOURCE_BYTES
/** A page writes two seconds after the last keystroke; a person has some pages. Each write waits for the disk. */
const WRITES = { burst: 20, perSecond: 2 }

/** Reading and writing of drafts, under the /api that greets everybody. */
export function serveDrafts(app: Express, { drafts, hosts, knows }: DraftOptions): void {
  const path = '/api/drafts/:exercise'
  const writes = new TokenBuckets(WRITES)
  app.use(path, (req, res, next) => {
    if (knows(req.params.exercise)) next()
    else complain(res, 404, 'There is no such exercise.')
  })
  app.get(path, (req, res) => {
    const found = drafts.one(personOf(res), req.params.exercise)
    if (found === null) complain(res, 503, 'Your draft could not be read.')
    else if (found.draft === null) res.status(204).end()
    else res.json(found.draft)
  })
  app.put(path, ourOriginOnly(hosts), notTooOften(writes), bodyOf, (req, res) => {
    const update = DraftUpdate.safeParse(req.body)
    if (!update.success) return complain(res, 400, sentenceOf(update.error.issues[0]))
    const keeping = drafts.keep(personOf(res), String(req.params.exercise), update.data)
    if (keeping === null) complain(res, 503, 'Your draft could not be kept on the server.')
    else res.status(keeping.kept ? 200 : 409).json(keeping.draft)
  })
}

/** Whether a draft can belong to it: an exercise of the list, or scratch. */
export function hasDrafts(exercise: string, isExercise: (slug: string) => boolean): boolean {
  return exercise === SCRATCH || isExercise(exercise)
}

const readBody = express.json({ limit: MAX_BODY_BYTES })

const bodyOf: RequestHandler = (req, res, next) => {
  readBody(req, res, (err?: unknown) => {
    if (err === undefined) next()
    else complainOfBody(res, err)
  })
}

function complainOfBody(res: Response, err: unknown): void {
  const isTooLarge = typeof err === 'object' && err !== null && 'status' in err && err.status === 413
  if (isTooLarge) complain(res, 413, `A draft has at most ${MAX_SOURCE_BYTES / 1024} KiB.`)
  else complain(res, 400, 'The body is no JSON.')
}

function notTooOften(writes: TokenBuckets): RequestHandler {
  return (_, res, next) => {
    if (writes.take(personOf(res))) next()
    else complain(res.set('Retry-After', '1'), 429, 'Too many drafts at once. Try again in a second.')
  }
}

function sentenceOf(issue: { path: PropertyKey[]; message: string } | undefined): string {
  return `${issue?.path.map(String).join('.') || 'the draft'}: ${issue?.message ?? 'cannot be read'}`
}
