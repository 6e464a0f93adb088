/** The one replacement that turns one text into another, with the common ends left alone. */
export function smallestEdit(from: string, to: string): { start: number; end: number; insert: string } {
  const most = Math.min(from.length, to.length)
  let start = 0
  while (start < most && from[start] === to[start]) start++
  let tail = 0
  while (tail < most - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++
  return { start, end: from.length - tail, insert: to.slice(start, to.length - tail) }
}
