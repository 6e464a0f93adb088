import { ClientMessage } from '@sandbox/protocol'
import { z } from 'zod'

/** No message is nested deeper than hello's resume entries or a run's files. */
export const MAX_JSON_DEPTH = 8
/** A run of 20 files has some 70 commas outside its strings. */
export const MAX_JSON_COMMAS = 256
const MAX_REASON_CHARS = 300

export type Decoded =
  | { type: 'message'; message: ClientMessage }
  /** `request` is the client's own name for what failed, where it could be read. */
  | { type: 'malformed'; reason: string; request?: string }

const Named = z.object({ request: z.string().max(64) })

/** Decodes one text frame. Total: junk is answered with what is wrong with it. */
export function decode(bytes: Buffer): Decoded {
  const value = parseBounded(bytes)
  if (value === undefined) return { type: 'malformed', reason: 'The message is not JSON of a message’s shape.' }
  const parsed = ClientMessage.safeParse(value)
  if (parsed.success) return { type: 'message', message: parsed.data }
  const named = Named.safeParse(value)
  const request = named.success ? { request: named.data.request } : {}
  return { type: 'malformed', reason: reasonOf(parsed.error), ...request }
}

/** JSON.parse costs tens of times its input in memory for a text of nothing but brackets, so that is looked at first. */
function parseBounded(bytes: Buffer): unknown {
  if (!isFlat(bytes)) return undefined
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN = new Set([0x5b, 0x7b])
const CLOSE = new Set([0x5d, 0x7d])

function isFlat(bytes: Buffer): boolean {
  let depth = 0
  let commas = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte === QUOTE) at = endOfString(bytes, at)
    else if (byte === COMMA) commas++
    else if (OPEN.has(byte)) depth++
    else if (CLOSE.has(byte)) depth--
    if (depth > MAX_JSON_DEPTH || commas > MAX_JSON_COMMAS) return false
  }
  return true
}

/** Index of the quote that ends the string that begins at `start`, or of the end of the text. */
function endOfString(bytes: Buffer, start: number): number {
  let at = bytes.indexOf(QUOTE, start + 1)
  while (at !== -1 && isEscaped(bytes, at)) at = bytes.indexOf(QUOTE, at + 1)
  return at === -1 ? bytes.length : at
}

function isEscaped(bytes: Buffer, at: number): boolean {
  let backslashes = 0
  while (bytes[at - 1 - backslashes] === BACKSLASH) backslashes++
  return backslashes % 2 === 1
}

function reasonOf(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'The message is not valid.'
  const where = issue.path.length === 0 ? 'message' : issue.path.join('.')
  return `${where}: ${issue.message}`.slice(0, MAX_REASON_CHARS)
}
