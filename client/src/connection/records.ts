import { Progress, SolutionsDetail } from '@sandbox/protocol'
import { z } from 'zod'
import type { RecordKeeper } from '../state/ports.ts'

/** What the server keeps of this person. Fails with a sentence for the page. */
export function httpRecords(ask: typeof fetch): RecordKeeper {
  return {
    async progress() {
      const response = await answerOf(ask, '/api/progress')
      return z.array(Progress).parse(await response.json())
    },
    async solutions(slug) {
      const response = await answerOf(ask, `${pathOf(slug)}/solutions`, {}, [403])
      return response.status === 403 ? null : SolutionsDetail.parse(await response.json())
    },
    async reveal(slug) {
      await answerOf(ask, `${pathOf(slug)}/reveal`, { method: 'POST' })
    },
  }
}

function pathOf(slug: string): string {
  return `/api/exercises/${encodeURIComponent(slug)}`
}

async function answerOf(ask: typeof fetch, path: string, options: RequestInit = {}, expected: number[] = []) {
  let response: Response
  try {
    response = await ask(path, options)
  } catch (cause) {
    throw new Error('The server cannot be reached.', { cause })
  }
  if (!response.ok && !expected.includes(response.status)) throw new Error(`The server answered ${response.status}.`)
  return response
}
