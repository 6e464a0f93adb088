import { isUtf8 } from 'node:buffer'
import { type Rejection, rejectedLine } from './rejection.ts'

const NEWLINE = 0x0a

/**
 * The text of a file, byte order mark and all. What is not UTF-8 is refused at its first wrong byte, as the compiler
 * refuses it: put into its place, U+FFFD would make another program of it.
 */
export function decodeSource(file: string, bytes: Buffer): string | Rejection {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let line = 1
  let from = 0
  let to = endOfLine(bytes, from)
  // No character but the newline itself has its byte, so each line can be looked at alone.
  while (to < bytes.length && isUtf8(bytes.subarray(from, to))) {
    line++
    from = to + 1
    to = endOfLine(bytes, from)
  }
  const column = 1 + wrongByte(bytes.subarray(from, to))
  return notText({ file, line, column })
}

/** Refuses a text with half of a surrogate pair, which JSON can carry and UTF-8 cannot. */
export function checkWellFormed({ name, text }: { name: string; text: string }): Rejection | null {
  if (text.isWellFormed()) return null
  const index = text.split('\n').findIndex((line) => !line.isWellFormed())
  return notText({ file: name, line: index + 1, column: 1 })
}

function endOfLine(bytes: Buffer, from: number): number {
  const found = bytes.indexOf(NEWLINE, from)
  return found < 0 ? bytes.length : found
}

/** Offset of the first byte that begins no character of UTF-8. */
function wrongByte(line: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let begun = 0
  try {
    for (let offset = 0; offset < line.length; offset++) {
      if (decoder.decode(line.subarray(offset, offset + 1), { stream: true }) !== '') begun = offset + 1
    }
  } catch {
    // Thrown at a byte that cannot continue the character, or begins none; a last one that is cut off is not thrown for.
  }
  return begun
}

function notText(place: { file: string; line: number; column: number }): Rejection {
  return rejectedLine(place, 'this is not UTF-8 text.')
}
