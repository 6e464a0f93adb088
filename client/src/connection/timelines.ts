import { Timeline } from '@sandbox/protocol'
import type { TimelineSource } from '../state/ports.ts'

/** The address of a person's own runs. */
export const RUNS = '/api/runs'

/** What the scheduler did in a run; `runs` is the address of all of them. Fails with a sentence for the page. */
export function httpTimelines(ask: typeof fetch, runs = RUNS): TimelineSource {
  return {
    async timeline(run) {
      const response = await answerOf(ask, `${runs}/${encodeURIComponent(run)}/timeline`)
      if (response.status === 404)
        throw new Error('The server does not keep this timeline any more. Record another one.')
      if (!response.ok) throw new Error(`The server answered ${response.status}.`)
      const parsed = Timeline.safeParse(await response.json().catch(() => null))
      if (!parsed.success) throw new Error('This page does not understand the timeline: reload it.')
      return parsed.data
    },
  }
}

async function answerOf(ask: typeof fetch, path: string): Promise<Response> {
  try {
    return await ask(path)
  } catch (cause) {
    throw new Error('The server cannot be reached.', { cause })
  }
}
