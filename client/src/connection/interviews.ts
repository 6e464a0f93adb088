import { CandidateKey, GuideChoice, InterviewLinks, LinkInfo, OwnInterview } from '@sandbox/protocol'
import { z } from 'zod'
import type { InterviewOffice } from '../state/interview/office.ts'

const Refusal = z.object({ error: z.string() })
/** The interviewers' key of an interview that was imported, or has another link now. */
const Interviewers = InterviewLinks.pick({ interviewer: true })

/** Interviews of this page's own server. Fails with a sentence for the page, the server's own where it gave one. */
export function httpInterviews(ask: typeof fetch): InterviewOffice {
  const json = (method: string, body: unknown): RequestInit => ({
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return {
    async mine() {
      return understood(z.array(OwnInterview), await answerOf(ask, '/api/interviews'))
    },
    async guides() {
      return understood(z.array(GuideChoice), await answerOf(ask, '/api/guides'))
    },
    async make(request) {
      return understood(InterviewLinks, await answerOf(ask, '/api/interviews', json('POST', request)))
    },
    async bring(text) {
      // A server waits for a request for some seconds only, and a slow line sends a tenth of the text in a tenth of the time.
      const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
      const options = { method: 'POST', headers, body: await gzipped(text) }
      const response = await answerOf(ask, '/api/interviews/import', options, [400])
      if (response.status === 400) return { type: 'refused', problems: (await refusalOf(response)).split('\n') }
      return { type: 'made', key: (await understood(Interviewers, response)).interviewer }
    },
    async remove(key) {
      await answerOf(ask, pathOf(key), json('DELETE', {}))
    },
    async info(key) {
      const response = await answerOf(ask, pathOf(key), {}, [404])
      return response.status === 404 ? null : understood(LinkInfo, response)
    },
    async renewLink(key, hours) {
      return understood(CandidateKey, await answerOf(ask, `${pathOf(key)}/link`, json('POST', { hours })))
    },
    async replaceInterviewerLink(key) {
      const response = await answerOf(ask, `${pathOf(key)}/interviewer-link`, json('POST', {}))
      return (await understood(Interviewers, response)).interviewer
    },
    async saveGuide(key, guide) {
      await answerOf(ask, `${pathOf(key)}/guide`, json('PUT', guide))
    },
  }
}

function gzipped(text: string): Promise<Blob> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
}

function pathOf(key: string): string {
  return `/api/interview/${encodeURIComponent(key)}`
}

async function answerOf(ask: typeof fetch, path: string, options: RequestInit = {}, expected: number[] = []) {
  let response: Response
  try {
    response = await ask(path, options)
  } catch (cause) {
    throw new Error('The server cannot be reached.', { cause })
  }
  if (!response.ok && !expected.includes(response.status)) throw new Error(await refusalOf(response))
  return response
}

async function refusalOf(response: Response): Promise<string> {
  const parsed = Refusal.safeParse(await response.json().catch(() => null))
  return parsed.success ? parsed.data.error : `The server answered ${response.status}.`
}

async function understood<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => null))
  if (!parsed.success)
    throw new Error('This page does not understand the server’s answer: reload it.', { cause: parsed.error })
  return parsed.data
}
