import { type LineMap, mapLines, reversed } from './line-map.ts'
import { fileNamed, givenText, type Workspace } from './workspace.ts'

/** The lines of a file as the exercise gave it, which are what questions ask for, beside those of the text as it is now. */
export interface GivenLines {
  texts: string[]
  /** Where a given line stands now; null where it was changed or removed. */
  now: LineMap
  /** Which given line a line of the text now is; null where it was written since. */
  given: LineMap
}

/** Follows the given lines of a file through the edits; null where the exercise has no such file. */
export function givenLines(workspace: Workspace, name: string): GivenLines | null {
  const text = givenText(workspace, name)
  const file = fileNamed(workspace, name)
  if (text === null || !file) return null
  const texts = text.split('\n')
  const now = mapLines(text, file.text)
  return { texts, now, given: reversed(now, texts.length) }
}
