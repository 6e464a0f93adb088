import { LoggedEntry, ServerMessage } from '@sandbox/protocol'
import { interviewPath } from '../state/interview/office.ts'
import type { ReplaySource } from '../state/interview/replay.ts'

/** One line of a log: no entry is longer. Beyond it, what comes is no log. */
const MAX_LINE_CHARS = 2 * 1024 * 1024
/** The caller is told of progress each time so many entries have come. */
const PROGRESS_EVERY = 500

const NOT_UNDERSTOOD = 'This page does not understand the interview’s log: reload it.'

/** The interview of a link, to be replayed. Both fail with a sentence for the page. */
export function httpReplays(ask: typeof fetch, key: string): ReplaySource {
  const base = `/api/interview/${encodeURIComponent(key)}`
  return {
    links: {
      live: interviewPath(key),
      report: `${base}/report.html`,
      candidateCopy: `${base}/report.html?copy=candidate`,
      markdown: `${base}/report.md`,
      json: `${base}/report.json`,
      exported: `${base}/export`,
    },
    async log(onProgress) {
      const entries: LoggedEntry[] = []
      for await (const line of linesOf(await answerOf(ask, `${base}/log`))) {
        entries.push(decoded(LoggedEntry, line))
        if (entries.length % PROGRESS_EVERY === 0) onProgress(entries.length)
      }
      return entries
    },
    async run(id) {
      const messages: ServerMessage[] = []
      const response = await answerOf(ask, `${base}/runs/${encodeURIComponent(id)}`)
      for await (const line of linesOf(response)) messages.push(decoded(ServerMessage, line))
      return messages
    },
  }
}

function decoded<T>(schema: { safeParse(value: unknown): { data?: T } }, line: string): T {
  const parsed = schema.safeParse(jsonOf(line))
  if (parsed.data === undefined) throw new Error(NOT_UNDERSTOOD)
  return parsed.data
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new Error(NOT_UNDERSTOOD, { cause })
  }
}

async function answerOf(ask: typeof fetch, path: string): Promise<Response> {
  let response: Response
  try {
    response = await ask(path)
  } catch (cause) {
    throw new Error('The server cannot be reached.', { cause })
  }
  if (response.ok) return response
  if (response.status === 404) throw new Error('This is not kept, or not any more.')
  if (response.status === 403) throw new Error('Only interviewers can see this.')
  throw new Error(`The server answered ${response.status}.`)
}

/** The lines of an answer while it comes; empty ones are left out. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  let rest = ''
  for await (const text of textsOf(response)) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE_CHARS) throw new Error(NOT_UNDERSTOOD)
    yield* lines.filter((line) => line !== '')
  }
  if (rest !== '') yield rest
}

async function* textsOf({ body }: Response): AsyncGenerator<string> {
  if (!body) return
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (let read = await nextOf(reader); !read.done; read = await nextOf(reader)) yield read.value
  } finally {
    // A stream that has failed says so again; who reads has been told already.
    await reader.cancel().catch(() => {})
  }
}

async function nextOf(reader: ReadableStreamDefaultReader<string>): Promise<ReadableStreamReadResult<string>> {
  try {
    return await reader.read()
  } catch (cause) {
    throw new Error('The connection was lost while the interview was read.', { cause })
  }
}
