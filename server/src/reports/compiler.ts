import type { Diagnostic } from '@sandbox/protocol'
import { hiddenName, isHiddenName, ownFileByName, redactPositions, type Sources } from './sources.ts'

/** Messages kept of one build, and the length of each in characters. */
export const MAX_DIAGNOSTICS = 100
export const MAX_DIAGNOSTIC_CHARS = 2000

const MESSAGE = /^(\S[^:]*):(\d+)(?::(\d+))?: (.*)$/
const CONTINUATION = /^\t/
/** Lines that say nothing of their own: package headers and the remark that the list was cut. */
const NOISE = /^(?:# |(?:\S[^:]*:\d+(?::\d+)?: )?too many errors$|\s*$)/
const STRING_LITERAL = /"(?:[^"\\]|\\.)*"|`[^`]*`/g

interface Message {
  path: string
  line: number
  column: number
  text: string
}

/** Reads what the compiler or the linker printed. A line without a position becomes a message without one. */
export function parseCompilerOutput(sources: Sources, source: Diagnostic['source'], text: string): Diagnostic[] {
  const messages: Message[] = []
  for (const line of text.split('\n')) addLine(messages, line.replace(/\r$/, ''))
  return foldHidden(messages.slice(0, MAX_DIAGNOSTICS).map((message) => toDiagnostic(sources, source, message)))
}

/** Equal messages of hidden files, which differ only in places that are not shown, become one that counts them. */
function foldHidden(diagnostics: Diagnostic[]): Diagnostic[] {
  const counts = new Map<string, number>()
  for (const { file, message } of diagnostics)
    if (isHiddenName(file)) counts.set(message, (counts.get(message) ?? 0) + 1)
  return diagnostics.flatMap((diagnostic) => {
    if (!isHiddenName(diagnostic.file)) return [diagnostic]
    const count = counts.get(diagnostic.message) ?? 0
    counts.delete(diagnostic.message)
    if (count === 0) return []
    return [count === 1 ? diagnostic : { ...diagnostic, message: `${diagnostic.message} (${count} times)` }]
  })
}

function addLine(messages: Message[], line: string): void {
  if (NOISE.test(line)) return
  const last = messages.at(-1)
  if (CONTINUATION.test(line) && last) {
    if (last.text.length < MAX_DIAGNOSTIC_CHARS) last.text += `\n${line}`
    return
  }
  if (messages.length > MAX_DIAGNOSTICS) return
  const [, path, row, column, text] = MESSAGE.exec(line) ?? []
  const place = { path: path ?? '', line: Number(row ?? 0), column: Number(column ?? 0) }
  messages.push({ ...place, text: text ?? line })
}

function toDiagnostic(sources: Sources, source: Diagnostic['source'], message: Message): Diagnostic {
  const own = ownFileByName(sources, message.path)
  const place =
    own?.file.origin === 'hidden'
      ? { file: hiddenName(own.name), line: 0, column: 0 }
      : { file: own?.name ?? message.path, line: message.line, column: message.column }
  return { source, severity: 'error', ...place, message: redactMessage(sources, place.file, message.text) }
}

/** A message about a hidden file could quote it: string literals are cut, positions in it are dropped everywhere. */
export function redactMessage(sources: Sources, file: string, text: string): string {
  const redacted = redactPositions(sources, relativePositions(sources, text.slice(0, MAX_DIAGNOSTIC_CHARS)))
  return isHiddenName(file) ? redacted.replace(STRING_LITERAL, '"…"') : redacted
}

/** Positions in continuation lines name files by the path of the build folder: bare names are enough. */
function relativePositions(sources: Sources, text: string): string {
  return text.replace(/(^|[\s(])(\S+\.go)(?=:\d+)/gm, (whole, before: string, path: string) => {
    const name = ownFileByName(sources, path)?.name
    return name ? `${before}${name}` : whole
  })
}
