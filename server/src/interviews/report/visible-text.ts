/** Controls but tab and line feed, and what turns the direction of text round, so that code reads as something it is not. */
const HIDDEN = /(?![\t\n])\p{Cc}|\p{Bidi_Control}|\uFEFF/gu

/** A person's text as everybody may read it: what would be invisible is named, as `⟨U+202E⟩`. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(HIDDEN, (hidden) => `⟨U+${(hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`)
}

/** A sentence's pieces in order; every second one is code. A lone backtick is text. */
export function splitCode(sentence: string): string[] {
  const pieces = sentence.split('`')
  if (pieces.length % 2 === 1) return pieces
  const rest = pieces.slice(-2).join('`')
  return [...pieces.slice(0, -2), rest]
}

/** `22 November 2026, 14:03 UTC` */
export function dateWords(epochMs: number): string {
  const date = new Date(epochMs)
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
  return `${day}, ${time} UTC`
}
