import type { KeptLink } from '@sandbox/protocol'
import { KeptRunId } from '@sandbox/protocol'
import type { Express, Request, RequestHandler, Response } from 'express'
import type { RunKeeping } from '../sessions/kept-run-desk.ts'
import { type BucketOptions, TokenBuckets } from '../token-bucket.ts'
import { sendGzipped } from './gzipped.ts'
import type { HostRules } from './hosts.ts'
import { complain, ourOriginOnly, personOf } from './responses.ts'

/** Where runs are kept for who is shown them. */
export interface KeptRuns {
  keep(person: string, run: string): Promise<RunKeeping>
  /** Gzipped JSON; null where there is no such run. */
  read(person: string, id: string): { content: Buffer; own: boolean } | null
  delete(person: string, id: string): boolean
  forget(person: string): boolean
}

export type KeptRunOptions = { keptRuns: KeptRuns; hosts: HostRules }

/** Each waits for the disk and compresses some MiB at worst. */
const KEEPS: BucketOptions = { burst: 10, perSecond: 0.2 }
/** Whoever follows links; 128 bits are not found by asking faster. */
const READS: BucketOptions = { burst: 60, perSecond: 5 }

const NO_SUCH_RUN = 'There is no run at this address: it was deleted, or kept long enough.'

const REFUSALS: Record<Extract<RunKeeping, { type: 'refused' }>['reason'], { status: number; sentence: string }> = {
  unknown: { status: 404, sentence: 'The server does not know this run any more. Run the code again, then copy.' },
  unfinished: { status: 409, sentence: 'A run can be kept once it has ended.' },
  'too-large': { status: 413, sentence: 'This run has printed more than is kept.' },
  'no-room': { status: 507, sentence: 'The server has no room to keep another run.' },
  failed: { status: 503, sentence: 'The run could not be kept. Try again.' },
}

/** Keeping a run of one's own, reading one by its link, deleting one's own; under the /api that greets everybody. */
export function serveKeptRuns(app: Express, { keptRuns, hosts }: KeptRunOptions): void {
  const ours = ourOriginOnly(hosts)
  app.post('/api/runs/:id/keep', ours, notTooOften(KEEPS), async (req, res) => {
    const keeping = await keptRuns.keep(personOf(res), String(req.params.id))
    if (keeping.type === 'kept')
      res.status(201).json({ id: keeping.id, expiresAt: keeping.expiresAt } satisfies KeptLink)
    else complain(res, REFUSALS[keeping.reason].status, REFUSALS[keeping.reason].sentence)
  })
  app.get('/api/runs/:id', notTooOften(READS), async (req, res) => {
    const found = isId(req) ? keptRuns.read(personOf(res), req.params.id) : null
    if (found === null) return complain(res, 404, NO_SUCH_RUN)
    // What this person may do with it, as RFC 9110 10.2.1 has it.
    res.set('Allow', found.own ? 'GET, DELETE' : 'GET')
    await sendGzipped(found.content, res)
  })
  app.delete('/api/runs/:id', ours, (req, res) => {
    // Another's is answered like one that is not there.
    if (isId(req) && keptRuns.delete(personOf(res), req.params.id)) res.status(204).end()
    else complain(res, 404, NO_SUCH_RUN)
  })
}

function isId(req: Request): req is Request<{ id: string }> {
  return KeptRunId.safeParse(req.params.id).success
}

function notTooOften(options: BucketOptions): RequestHandler {
  const buckets = new TokenBuckets(options)
  return (_, res: Response, next) => {
    if (buckets.take(personOf(res))) next()
    else complain(res.set('Retry-After', '5'), 429, 'Too many runs at once. Try again in a moment.')
  }
}
