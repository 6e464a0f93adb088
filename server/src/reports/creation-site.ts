import type { Frame } from '@sandbox/protocol'
import { enclosingFunction, readableName } from './function-name.ts'
import { frameOf, MAX_CODE_LINE_CHARS, type Sources } from './sources.ts'

/** A call reaches over at most this many lines: beyond, the scan for its closing parenthesis gives up. */
const MAX_CALL_LINES = 400

/** `wg.Go` and errgroup's: they start the goroutine, so that a stack names them and not who called them. */
export const STARTS_FOR_OTHERS = /^(?:sync\.\(\*WaitGroup\)|golang\.org\/x\/sync\/errgroup\.\(\*Group\))\.Go$/

/**
 * Where `wg.Go(…)` was called. The race runtime does not show the caller of a function of package sync, so the creation
 * stack of such a goroutine lacks the one line that matters. `outermost` is the outermost own frame of that goroutine:
 * the literal that was passed, or the function that was named. Null unless there is exactly one place it can be.
 */
export function waitGroupGoSite(sources: Sources, outermost: Frame): Frame | null {
  const enclosing = enclosingFunction(outermost.function)
  return enclosing ? callAround(sources, outermost, enclosing) : callNaming(sources, outermost)
}

/** The nearest `.Go(` above the frame whose parentheses reach over the frame's line. */
function callAround(sources: Sources, inside: Frame, enclosing: string): Frame | null {
  const file = sources.files.get(inside.file)
  if (!file || inside.line === 0) return null
  const lines = file.text.split('\n')
  for (let line = inside.line; line > 0 && line > inside.line - MAX_CALL_LINES; line--) {
    const column = (lines[line - 1] ?? '').lastIndexOf('.Go(')
    if (column >= 0 && closingLine(lines, line, column + 3) >= inside.line) {
      return frameOf(sources, enclosing, inside.file, line)
    }
  }
  return null
}

/** The function in whose text a 0-based line stands, as the runtime would name it, or empty. A method's receiver is left out. */
function functionAt({ importPath }: Sources, text: string, index: number): string {
  const above = text.split('\n', index + 1).reverse()
  const begin = above.find((line) => line.startsWith('func ') || line === '}')
  const name = /^func (?:\([^)]*\) ?)?(\w+)/.exec(begin?.slice(0, MAX_CODE_LINE_CHARS) ?? '')?.[1]
  return name ? `${importPath}.${name}` : ''
}

/** The only `.Go(name)` or `.Go(x.name)` of the run's files. */
function callNaming(sources: Sources, named: Frame): Frame | null {
  const { name } = readableName(named.function)
  if (!/^\w+$/.test(name)) return null
  const call = new RegExp(`\\.Go\\(\\s*(?:[\\w.]+\\.)?${name}\\s*\\)`)
  const found: Frame[] = []
  for (const [file, { text }] of sources.files) {
    text.split('\n').forEach((line, index) => {
      if (line.length > MAX_CODE_LINE_CHARS || !call.test(line)) return
      found.push(frameOf(sources, functionAt(sources, text, index), file, index + 1))
    })
  }
  const [first] = found
  // Two calls in one function are told apart by nobody; the first of one file still names the right place.
  return first && found.every(({ file }) => file === first.file) && found.length === 1 ? first : null
}

/** Line of the parenthesis that closes the one at a 0-based column, or 0. Strings and comments are stepped over. */
function closingLine(lines: readonly string[], line: number, column: number): number {
  let depth = 0
  for (let at = line; at <= lines.length && at < line + MAX_CALL_LINES; at++) {
    const code = withoutText(lines[at - 1] ?? '', at === line ? column : 0)
    for (const char of code) {
      if (char === '(') depth++
      if (char === ')' && --depth === 0) return at
    }
  }
  return 0
}

/** The code of one line from a column on, without comments and literals; of an overlong line nothing. */
function withoutText(line: string, column: number): string {
  if (line.length > MAX_CODE_LINE_CHARS) return ''
  return line.slice(column).replace(/"(?:[^"\\]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|\/\/.*$|\/\*.*?\*\//g, '')
}
