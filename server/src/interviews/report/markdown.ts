import { splitCode, visibleText } from './visible-text.ts'

/** What means something in Markdown, anywhere in a line. A bar does in tables only. */
const SPECIAL = /[\\`*_{}[\]<>#~&]/g
/** What makes a line a list, a quotation or a heading's underline. */
const OPENING = /^(\s*)([-+=]|\d+[.)])/

/** Text in Markdown that reads as it was written, in one line. */
export function plain(text: string): string {
  return visibleText(text)
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .replace(SPECIAL, (character) => `\\${character}`)
    .replace(OPENING, (_, space: string, mark: string) => `${space}${mark.slice(0, -1)}\\${mark.slice(-1)}`)
}

/** A sentence of a verdict; what stands between backticks is code. */
export function sentence(text: string): string {
  const pieces = splitCode(text).map((piece, index) => (index % 2 === 1 ? codeSpan(piece) : spaced(piece)))
  return pieces.join('').trim()
}

/** As `plain`, between code: the spaces at its ends stay. */
function spaced(text: string): string {
  const words = plain(text)
  return words === '' ? ' ' : `${/^\s/.test(text) ? ' ' : ''}${words}${/\s$/.test(text) ? ' ' : ''}`
}

/** Code within a line. */
export function codeSpan(code: string): string {
  const text = visibleText(code).replace(/\s*\n\s*/g, ' ')
  const fence = '`'.repeat(longestRun(text) + 1)
  const room = /^`|`$/.test(text) ? ' ' : ''
  return text === '' ? '' : `${fence}${room}${text}${room}${fence}`
}

/** A block of code, fenced by more backticks than it has. */
export function codeBlock(code: string, language: string): string {
  const text = visibleText(code).replace(/\n$/, '')
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text}\n${fence}`
}

/** A table; its cells are Markdown of one line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((ticks) => ticks.length))
}
