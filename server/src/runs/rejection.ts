import { type Diagnostic, type Limits, type RunEvent, SourceFile, type VerdictEvent } from '@sandbox/protocol'
import { emptyVerdict } from './endings.ts'

/** Why nothing is to be run. */
export interface Rejection {
  type: 'rejected'
  /** One sentence, which names the file where there is one. */
  message: string
  /** The same for a machine: never empty. */
  diagnostics: [Diagnostic]
}

/** What a run's files are asked for before anything reads them. */
export interface SizedFile {
  name: string
  bytes: number
}

/** A request that cannot be carried out, of which no one file is the cause. */
export function rejected(message: string): Rejection {
  return { type: 'rejected', message, diagnostics: [diagnosticAt({ file: '', line: 0, column: 0 }, message)] }
}

/** A file that cannot be taken. */
export function rejectedFile(name: string, message: string): Rejection {
  const diagnostics: [Diagnostic] = [diagnosticAt({ file: name, line: 1, column: 1 }, message)]
  return { type: 'rejected', message: `${shownName(name)}: ${message}`, diagnostics }
}

/** A line of a file that cannot be taken; both count from 1, and a column that is not known is 0. */
export function rejectedLine(place: { file: string; line: number; column: number }, message: string): Rejection {
  const at = `${shownName(place.file)}:${place.line}`
  return { type: 'rejected', message: `${at}: ${message}`, diagnostics: [diagnosticAt(place, message)] }
}

/** What a run tells that was rejected before it began. */
export function refusalOf({ message, diagnostics }: Rejection): { events: [RunEvent]; verdict: VerdictEvent } {
  return {
    events: [{ type: 'diagnostics', diagnostics }],
    verdict: emptyVerdict('rejected', `Rejected: ${message}`),
  }
}

/** Refuses too many files, two of one name, and too much text. */
export function checkSizes(files: readonly SizedFile[], limits: Limits): Rejection | null {
  const tooMany = files[limits.sourceFiles]
  if (tooMany) {
    const counts = `${files.length} files were sent and at most ${limits.sourceFiles} are possible`
    return rejectedFile(tooMany.name, `${counts}; put its code into one of the others, or remove it.`)
  }
  const names = files.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return rejectedFile(twice, 'two files have this name; rename one of them.')
  return checkBytes(files, limits.sourceBytes)
}

/** The largest file is the one to shorten. */
function checkBytes(files: readonly SizedFile[], most: number): Rejection | null {
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const [largest] = files.toSorted((a, b) => b.bytes - a.bytes)
  if (all <= most || !largest) return null
  const own = files.length > 1 ? ` (${largest.bytes} bytes)` : ''
  const sums = `the source has ${all} bytes in all and at most ${most} are possible`
  return rejectedFile(largest.name, `${sums}; shorten this file${own} by ${all - most} bytes.`)
}

/** Refuses a file whose name cannot be that of a Go file here. */
export function checkNames(files: readonly { name: string }[]): Rejection | null {
  const bad = files.find(({ name }) => !isPlain(name))
  return bad ? rejectedFile(bad.name, 'a file name has letters, digits, "_", "-" or ".", and ends in .go.') : null
}

function isPlain(name: string): boolean {
  return SourceFile.shape.name.safeParse(name).success
}

const MAX_SHOWN_NAME_CHARS = 64

/** Any other name is quoted: it could hold a line break, or be longer than the sentence. */
function shownName(name: string): string {
  return isPlain(name) || name === 'go.mod' ? name : JSON.stringify(name.slice(0, MAX_SHOWN_NAME_CHARS))
}

function diagnosticAt(place: { file: string; line: number; column: number }, message: string): Diagnostic {
  return { source: 'load', severity: 'error', ...place, message }
}
