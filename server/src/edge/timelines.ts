import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Express, Response } from 'express'
import { complain, personOf } from './responses.ts'

/** Where the timelines of runs are kept. */
export interface Timelines {
  /** Gzipped JSON; null where this person has none of that run. */
  timelineOf(person: string, run: string): Promise<Buffer | null>
}

const decompress = promisify(gunzip)
/** Far more than the largest that is kept. */
const MAX_TIMELINE_JSON_BYTES = 128 * 1024 * 1024

/** What the scheduler did in a run, for the person whose run it was, under the /api that greets everybody. */
export function serveTimelines(app: Express, { timelines }: { timelines: Timelines }): void {
  app.get('/api/runs/:id/timeline', async (req, res) => {
    await sendTimeline(await timelines.timelineOf(personOf(res), req.params.id), res)
  })
}

/** Answers with a kept timeline; null where it is not kept. */
export async function sendTimeline(bytes: Buffer | null, res: Response): Promise<void> {
  if (bytes === null) return complain(res, 404, 'The timeline of this run is not kept any more. Record another one.')
  res.set({ 'Cache-Control': 'no-store', Vary: 'Accept-Encoding' }).type('json')
  if (res.req.acceptsEncodings('gzip'))
    res.set({ 'Content-Encoding': 'gzip', 'Content-Length': String(bytes.length) }).end(bytes)
  else res.end(await decompress(bytes, { maxOutputLength: MAX_TIMELINE_JSON_BYTES }))
}
