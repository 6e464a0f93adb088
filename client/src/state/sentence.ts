/** A part of a summary: text, code, or a place that can be opened. */
export type SentencePart =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'place'; text: string; file: string; line: number }

export interface Sentence {
  /** The coloured word before the colon, with it; empty where the sentence has none. */
  lead: string
  parts: SentencePart[]
}

const LEAD = /^[A-Z][A-Za-z -]{1,30}:(?= )/
const PART = /`([^`]+)`|\b([A-Za-z0-9][\w.-]*\.go):(\d+)(?::\d+)?/g

/** Splits a verdict's sentence. Only places in files that `opens` knows become links. */
export function splitSentence(text: string, opens: (file: string) => boolean): Sentence {
  const lead = LEAD.exec(text)?.[0] ?? ''
  return { lead, parts: splitText(text.slice(lead.length), opens) }
}

/** The same for any text: a panic's message, a line of output. */
export function splitText(text: string, opens: (file: string) => boolean): SentencePart[] {
  const parts: SentencePart[] = []
  let from = 0
  for (const match of text.matchAll(PART)) {
    const part = partOf(match, opens)
    if (!part) continue
    if (match.index > from) parts.push({ type: 'text', text: text.slice(from, match.index) })
    parts.push(part)
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from) })
  return parts
}

function partOf(match: RegExpExecArray, opens: (file: string) => boolean): SentencePart | null {
  const [text, code, file, line] = match
  if (code !== undefined) {
    const place = /^([A-Za-z0-9][\w.-]*\.go):(\d+)/.exec(code)
    if (place?.[1] && opens(place[1])) return { type: 'place', text: code, file: place[1], line: Number(place[2]) }
    return { type: 'code', text: code }
  }
  return file !== undefined && opens(file) ? { type: 'place', text, file, line: Number(line) } : null
}
