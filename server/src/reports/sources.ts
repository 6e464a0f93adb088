import { posix } from 'node:path'
import type { Frame, Job, Origin } from '@sandbox/protocol'

/** One of the run's own files. */
export interface OwnFile {
  origin: Exclude<Origin, 'go'>
  text: string
}

/** The run's own files by bare name: what a stack or a message is judged against. */
export interface Sources {
  /** Import path of the package, for example `sandbox/counter`. */
  importPath: string
  files: ReadonlyMap<string, OwnFile>
}

/** What stands in place of a hidden test's name. */
const HIDDEN_FILE = 'hidden test'

/** What stands in place of the name of a hidden file that is no test: a variant's, which candidates' tests are to catch. */
const VARIANT_FILE = 'the variant’s code'

/** What stands in place of a hidden file's name. */
export function hiddenName(name: string): typeof HIDDEN_FILE | typeof VARIANT_FILE {
  return name.endsWith('_test.go') ? HIDDEN_FILE : VARIANT_FILE
}

/** Whether a name is one of those that stand in place of a hidden file's. */
export function isHiddenName(name: string): boolean {
  return name === HIDDEN_FILE || name === VARIANT_FILE
}

/** The words for a place in a file that is not shown. */
export function inHidden(name: string): string {
  return name === VARIANT_FILE ? `in ${VARIANT_FILE}` : `in a ${HIDDEN_FILE}`
}

const ORIGIN_OF_OWNER = { candidate: 'candidate', judge: 'test', hidden: 'hidden' } as const

/** The sources of one test job. */
export function sourcesOf(job: Extract<Job, { type: 'test' }>): Sources {
  const files = job.files.map(({ name, owner, text }) => [name, { origin: ORIGIN_OF_OWNER[owner], text }] as const)
  return { importPath: job.importPath, files: new Map(files) }
}

/** The own file that a position's path means, or null. The build trims paths to bare names or to the import path. */
function ownFile(sources: Sources, path: string): { name: string; file: OwnFile } | null {
  const name = posix.basename(path)
  const file = sources.files.get(name)
  const folder = posix.dirname(path)
  const isPackage = folder === '.' || folder === sources.importPath || folder.endsWith(`/${sources.importPath}`)
  return file && isPackage ? { name, file } : null
}

/** The own file of a compiler's or vet's message: these speak of no other files, whatever folder they were built in. */
export function ownFileByName(sources: Sources, path: string): { name: string; file: OwnFile } | null {
  const name = posix.basename(path)
  const file = sources.files.get(name)
  return file ? { name, file } : null
}

/** A stack frame with its origin; a frame of a hidden file loses its line and file name. */
export function frameOf(sources: Sources, fn: string, path: string, line: number): Frame {
  const own = ownFile(sources, path)
  if (!own) return { function: fn, file: path, line, origin: 'go' }
  const { origin } = own.file
  if (origin === 'hidden') return { function: fn, file: hiddenName(own.name), line: 0, origin }
  return { function: fn, file: own.name, line, origin }
}

/** Functions that the judge links into every test binary: `go test` has no such frames, and they say nothing to a reader. */
export function isOfJudge(fn: string): boolean {
  return fn.startsWith('gosandbox/evidence.')
}

/** Innermost frame of the run's own files. */
export function siteOf(stack: readonly Frame[]): Frame | null {
  return stack.find((frame) => frame.origin !== 'go') ?? null
}

/** Code lines longer than this are not read for hints: nobody wrote them for a reader, and patterns would take long. */
export const MAX_CODE_LINE_CHARS = 400

const LINES = new WeakMap<OwnFile, string[]>()

/** A file's lines, split once: a dump asks for the lines of hundreds of goroutines. */
function linesOf(file: OwnFile): string[] {
  const lines = LINES.get(file) ?? file.text.split('\n')
  LINES.set(file, lines)
  return lines
}

/** Text of a line of a file that may be shown, or null where there is none or it is longer than MAX_CODE_LINE_CHARS. */
export function lineText(sources: Sources, frame: Frame): string | null {
  const file = sources.files.get(frame.file)
  if (!file || frame.origin === 'go' || frame.origin === 'hidden') return null
  const line = linesOf(file)[frame.line - 1] ?? null
  return line !== null && line.length <= MAX_CODE_LINE_CHARS ? line : null
}

/** After so many lines a `Fail` no longer belongs to the `Log` before it. */
const LINES_TO_FAIL = 4

/** Whether a line of a file of any origin is a call of a test's `Log` or `Logf` that no `Fail` or `FailNow` follows. */
export function isLogCall(sources: Sources, name: string, line: number): boolean {
  const file = sources.files.get(name)
  const code = file ? linesOf(file).slice(line - 1, line + LINES_TO_FAIL) : []
  if (code.some((one) => one.length > MAX_CODE_LINE_CHARS)) return false
  return /^\s*[a-z]{1,2}\.Logf?\(/.test(code[0] ?? '') && !code.some((one) => /\.Fail(?:Now)?\(\)/.test(one))
}

/** Replaces every `hidden_test.go:12:3` in a text: the positions of a hidden file are of no use and not for showing. */
export function redactPositions(sources: Sources, text: string): string {
  if (!text.includes('.go')) return text
  let redacted = text
  for (const [name, file] of sources.files) {
    if (file.origin === 'hidden') redacted = redactFile(redacted, name)
  }
  return redacted
}

function redactFile(text: string, name: string): string {
  if (!text.includes(name)) return text
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return text.replace(new RegExp(`(?<![\\w.-])${literal}(?::\\d+)*`, 'g'), hiddenName(name))
}
