import { gunzipSync } from 'node:zlib'

/** What a collected profile may unpack to, in bytes. A real one has some 20 KB. */
const MAX_UNPACKED_BYTES = 4 * 1024 * 1024

export type Unpacked = { type: 'unpacked'; bytes: Buffer } | { type: 'unreadable'; why: 'junk' | 'too-large' }

/** Unpacks what hostile code may have packed: a gzip bomb ends at MAX_UNPACKED_BYTES. */
export function unpack(packed: Buffer): Unpacked {
  try {
    return { type: 'unpacked', bytes: gunzipSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES }) }
  } catch (error) {
    return { type: 'unreadable', why: error instanceof RangeError ? 'too-large' : 'junk' }
  }
}
