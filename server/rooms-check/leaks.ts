import type { Marks } from './marks.ts'
import type { Piece } from './received.ts'

/** Something that must not come to somebody, as it would stand in a text. */
export type Secret = { what: string; text: string }

export type Secrets = {
  marks: Marks
  /** Looked for everywhere. */
  texts: readonly Secret[]
  /** Looked for in what is told to a person: a script may know the word. */
  words: readonly Secret[]
}

/** Shorter ones are names and numbers; a change of the document has some more. */
const MIN_BASE64_CHARS = 16

/** What came that must not come: one sentence each. */
export function leaksIn(pieces: readonly Piece[], { marks, texts, words }: Secrets): string[] {
  return pieces.flatMap((piece) => {
    const text = textsOf(piece).join('\n')
    const looked = piece.isFile ? texts : [...texts, ...words]
    const found = [...marks.in(text), ...looked.filter((secret) => text.includes(secret.text)).map(({ what }) => what)]
    return found.map((what) => `${what} came with ${piece.from}`)
  })
}

/** What can be read in a piece: itself, the strings in its JSON without their escapes, and what these carry packed. */
export function textsOf({ bytes, isFile }: Piece): string[] {
  const text = bytes.toString('utf8')
  if (isFile) return [text]
  const strings = text.split('\n').flatMap((line) => stringsIn(parsed(line)))
  return [text, ...strings, ...strings.filter(isPacked).map((packed) => Buffer.from(packed, 'base64').toString('utf8'))]
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, each]) => [key, ...stringsIn(each)])
}

function isPacked(text: string): boolean {
  return text.length >= MIN_BASE64_CHARS && /^[A-Za-z0-9+/]+={0,2}$/.test(text)
}
