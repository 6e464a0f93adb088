import type { Express, Response } from 'express'
import { sendGzipped } from './gzipped.ts'
import { complain, personOf } from './responses.ts'

/** Where the timelines of runs are kept. */
export interface Timelines {
  /** Gzipped JSON; null where this person has none of that run, and none is kept under that id. */
  timelineOf(person: string, run: string): Promise<Buffer | null>
}

/** What the scheduler did in a run, for the person whose run it was, or who has its link, under the /api that greets everybody. */
export function serveTimelines(app: Express, { timelines }: { timelines: Timelines }): void {
  app.get('/api/runs/:id/timeline', async (req, res) => {
    await sendTimeline(await timelines.timelineOf(personOf(res), req.params.id), res)
  })
}

/** Answers with a kept timeline; null where it is not kept. */
export async function sendTimeline(bytes: Buffer | null, res: Response): Promise<void> {
  if (bytes === null) return complain(res, 404, 'The timeline of this run is not kept any more. Record another one.')
  await sendGzipped(bytes, res)
}
