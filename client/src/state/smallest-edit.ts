/** One replacement in a text: what stands from `start` to `end` becomes `insert`. Offsets are UTF-16 code units. */
export interface TextEdit {
  start: number
  end: number
  insert: string
}

/** The one replacement that turns one text into another, with the common ends left alone. It never halves a character. */
export function smallestEdit(from: string, to: string): TextEdit {
  const most = Math.min(from.length, to.length)
  let start = 0
  while (start < most && from[start] === to[start]) start++
  if (isHalf(from, start) || isHalf(to, start)) start--
  let tail = 0
  while (tail < most - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++
  if (isHalf(from, from.length - tail) || isHalf(to, to.length - tail)) tail--
  return { start, end: from.length - tail, insert: to.slice(start, to.length - tail) }
}

/** Whether a text cut at this offset would be cut within a character of two code units. */
function isHalf(text: string, offset: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, offset - 1), offset + 1))
}
