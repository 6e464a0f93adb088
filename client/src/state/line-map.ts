/** Above this many cells the changed middle is not compared line by line; its lines then count as changed. */
export const MAX_DIFF_CELLS = 250_000

/** For each 1-based line of `before`, its line in `after`, or null where it was changed or removed. */
export type LineMap = (line: number) => number | null

const unchanged: LineMap = (line) => line

/** Follows the lines of a snapshot into the text as it is now: the common ends first, then the longest common subsequence between them. */
export function mapLines(before: string, after: string): LineMap {
  if (before === after) return unchanged
  const a = before.split('\n')
  const b = after.split('\n')
  const head = commonHead(a, b)
  const tail = commonTail(a, b, head)
  const middle = matchMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  return (line) => {
    if (line < 1 || line > a.length) return null
    if (line <= head) return line
    if (line > a.length - tail) return line + b.length - a.length
    const match = middle[line - head - 1]
    return match === undefined || match === null ? null : match + head + 1
  }
}

/** The same pairs of lines read the other way: from those of `after`, of which there are `lines` in `before`. */
export function reversed(map: LineMap, lines: number): LineMap {
  if (map === unchanged) return unchanged
  const back = new Map<number, number>()
  for (let line = 1; line <= lines; line++) {
    const found = map(line)
    if (found !== null) back.set(found, line)
  }
  return (line) => back.get(line) ?? null
}

function commonHead(a: string[], b: string[]): number {
  const most = Math.min(a.length, b.length)
  let head = 0
  while (head < most && a[head] === b[head]) head++
  return head
}

function commonTail(a: string[], b: string[], head: number): number {
  const most = Math.min(a.length, b.length) - head
  let tail = 0
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return tail
}

/** For each line of `a`, the index in `b` that the longest common subsequence pairs it with. */
function matchMiddle(a: string[], b: string[]): (number | null)[] {
  if (a.length * b.length > MAX_DIFF_CELLS) return []
  const width = b.length + 1
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: (number | null)[] = a.map(() => null)
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs[i++] = j++
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  }
  return pairs
}
