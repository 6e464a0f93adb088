import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Response } from 'express'

const decompress = promisify(gunzip)
/** Far more than the largest that is kept: a timeline. */
const MAX_JSON_BYTES = 128 * 1024 * 1024

/** Answers with JSON that is kept gzipped, as the reader can take it. Never cached: it may be deleted. */
export async function sendGzipped(bytes: Buffer, res: Response): Promise<void> {
  res.set({ 'Cache-Control': 'no-store', Vary: 'Accept-Encoding' }).type('json')
  if (res.req.acceptsEncodings('gzip'))
    res.set({ 'Content-Encoding': 'gzip', 'Content-Length': String(bytes.length) }).end(bytes)
  else res.end(await decompress(bytes, { maxOutputLength: MAX_JSON_BYTES }))
}
