import type { LoggedEntry } from '@sandbox/protocol'
import * as Y from 'yjs'

/** What of a log cannot be, one sentence each: its numbers count from 1 without a gap, its time never goes back. */
export function logProblems(entries: readonly LoggedEntry[]): string[] {
  return entries.flatMap(({ seq, at }, index) => {
    const before = entries[index - 1]
    const expected = (before?.seq ?? 0) + 1
    const problems: string[] = []
    if (seq !== expected) problems.push(`entry ${seq} stands where ${expected} should`)
    if (before !== undefined && at < before.at) problems.push(`entry ${seq} is older than the one before it`)
    return problems
  })
}

/** The lines of a file, as a document's state has them. */
export function linesOf(state: Uint8Array, path: string): Set<string> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return new Set(doc.getMap<Y.Text>('files').get(path)?.toString().split('\n'))
}

/** The text of a file, as the changes in a log make it; null where they make none. */
export function textOf(entries: readonly LoggedEntry[], path: string): string | null {
  const doc = new Y.Doc()
  for (const { entry } of entries) if (entry.type === 'edited') Y.applyUpdate(doc, Buffer.from(entry.update, 'base64'))
  return doc.getMap<Y.Text>('files').get(path)?.toString() ?? null
}
