import type { ServerMessage } from '@sandbox/protocol'
import type { InterviewSource } from '../state/interview/ports.ts'
import { decodeDetail, decodeMessage, decodeSummaries } from './decode.ts'

/** The address of what the server has of an interview. */
export function interviewAddress(key: string): string {
  return `/api/interview/${encodeURIComponent(key)}`
}

/** Exercises and runs of an interview, as its key may see them. Fails with a sentence for the page. */
export function httpInterview(ask: typeof fetch, key: string): InterviewSource {
  const base = interviewAddress(key)
  return {
    async exercises() {
      const response = await answerOf(ask, '/api/exercises')
      return decodeSummaries(await response.json())
    },
    async exercise(slug) {
      const response = await answerOf(ask, `${base}/exercise/${encodeURIComponent(slug)}`)
      return response.status === 404 ? null : decodeDetail(await response.json())
    },
    async run(id) {
      const response = await answerOf(ask, `${base}/runs/${encodeURIComponent(id)}`)
      return response.status === 404 ? null : messagesIn(await response.text())
    },
  }
}

/** One message a line; what this page does not know is left out. */
function messagesIn(lines: string): ServerMessage[] {
  return lines.split('\n').flatMap((line) => decodeMessage(line) ?? [])
}

async function answerOf(ask: typeof fetch, path: string): Promise<Response> {
  let response: Response
  try {
    response = await ask(path)
  } catch (cause) {
    throw new Error('The server cannot be reached.', { cause })
  }
  if (!response.ok && response.status !== 404) throw new Error(`The server answered ${response.status}.`)
  return response
}
