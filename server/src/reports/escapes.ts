import { type Escape, MAX_ESCAPES } from '@sandbox/protocol'
import { ownFileByName, type Sources } from './sources.ts'

/** Longest text of one remark, in characters. */
const MAX_TEXT_CHARS = 160
const REMARK = /^(\S[^:]*):(\d+):(\d+): (.*)$/
/** What the compiler says of values that go to the heap; of the rest (inlining, what stays) nothing is shown. */
const TO_THE_HEAP = /^(?:moved to heap: |.* escapes to heap$)/
/** The slice of a variadic call: its elements are told by themselves. */
const ARGUMENTS = /^\.\.\. argument /

/**
 * Reads what the compiler says with -m (cmd/compile/internal/escape) of the candidate's files. The same remark comes once
 * for every copy that was inlined.
 */
export function parseEscapes(sources: Sources, text: string): { escapes: Escape[]; total: number } {
  const found = new Map<string, Escape>()
  for (const line of text.split('\n')) {
    const one = escapeOf(sources, line)
    if (one) found.set(`${one.file}:${one.line} ${one.text}`, one)
  }
  const all = [...found.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
  return { escapes: all.slice(0, MAX_ESCAPES), total: all.length }
}

function escapeOf(sources: Sources, remark: string): Escape | null {
  const [, path = '', line = '', column = '', text = ''] = REMARK.exec(remark) ?? []
  if (!TO_THE_HEAP.test(text) || ARGUMENTS.test(text)) return null
  const own = ownFileByName(sources, path)
  if (own?.file.origin !== 'candidate' || Number(line) === 0) return null
  return { file: own.name, line: Number(line), column: Number(column), text: text.slice(0, MAX_TEXT_CHARS) }
}
