import type { TextEdit } from '../smallest-edit.ts'

/** A change as Yjs tells it: steps through the text as it was. */
export type Delta = readonly { insert?: unknown; delete?: number | undefined; retain?: number | undefined }[]

/** The change as replacements in the text as it was, from its beginning to its end, none touching another. */
export function editsOf(delta: Delta): TextEdit[] {
  const edits: TextEdit[] = []
  let at = 0
  for (const step of delta) {
    const last = edits.at(-1)
    const current = last?.end === at ? last : null
    if (typeof step.insert === 'string') {
      if (current) current.insert += step.insert
      else edits.push({ start: at, end: at, insert: step.insert })
    } else if (step.delete !== undefined) {
      at += step.delete
      if (current) current.end = at
      else edits.push({ start: at - step.delete, end: at, insert: '' })
    } else at += step.retain ?? 0
  }
  return edits
}

/**
 * Where a place stays when something is inserted at it: behind what is left of it, before what is right of it, or, at the
 * beginning of a line, with the line when whole lines come before it.
 */
export type Side = 'left' | 'right' | 'line'

/** Where a place of the text as it was is after these edits. Within what was replaced it keeps its distance to the beginning. */
export function movedOffset(offset: number, edits: readonly TextEdit[], side: Side): number {
  let shift = 0
  for (const { start, end, insert } of edits) {
    if (offset < start) break
    const isInsertionHere = start === end && offset === start
    if (isInsertionHere ? staysBefore(insert, side) : offset < end) {
      const kept = isInsertionHere ? 0 : Math.min(offset - start, insert.length)
      return start + shift + kept
    }
    shift += insert.length - (end - start)
  }
  return offset + shift
}

function staysBefore(insert: string, side: Side): boolean {
  return side === 'left' || (side === 'line' && !insert.endsWith('\n'))
}

/** A cursor stays behind what was typed before it; at the beginning of a line it goes with the line. */
export function sideOf(offset: number, text: { charAt(offset: number): string }): Side {
  return offset === 0 || text.charAt(offset - 1) === '\n' ? 'line' : 'left'
}
