import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { ServerMessage, type VerdictEvent } from '@sandbox/protocol'
import type { Run } from '../runs/run-registry.ts'

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** Larger than any run's log. */
const MAX_FRAMES_BYTES = 16 * 1024 * 1024
const NEWLINE = Buffer.from('\n')

/** The messages of a run as they went over the sockets, one JSON a line, gzipped. */
export function packRun(run: Run): Promise<Buffer> {
  const lines = [...framesOf(run)].flatMap((frame) => [frame, NEWLINE])
  return compress(Buffer.concat(lines))
}

/** What `packRun` packed, as text. Throws where it is anything else, or too large. */
export async function unpackRun(bytes: Uint8Array): Promise<string> {
  const text = await decompress(bytes, { maxOutputLength: MAX_FRAMES_BYTES })
  return text.toString('utf8')
}

/** How a run ended; null where it has not. */
export function verdictOf({ log }: Run): VerdictEvent | null {
  const frame = log.frameAfter(log.length - 1)
  if (frame === undefined) return null
  const message = ServerMessage.parse(JSON.parse(frame.toString('utf8')))
  return message.type === 'event' && message.event.type === 'verdict' ? message.event : null
}

function* framesOf({ log }: Run): Generator<Buffer> {
  yield log.announcement
  for (let seq = 0; seq < log.length; seq++) {
    const frame = log.frameAfter(seq)
    if (frame !== undefined) yield frame
  }
}
