import type { LineMap } from '../../state/line-map.ts'
import type { Mark, MarkKind } from '../../state/marks.ts'

/** All marks of one line as the margin shows them: one shape, the letters of its lanes, every note. */
export interface LineMark {
  /** 1-based, in the text as it is now. */
  line: number
  kind: MarkKind
  lanes: '' | 'A' | 'B' | 'AB'
  selected: boolean
  /** Number of the story where it is not the selected one; null where it is, or where no race is meant. */
  story: number | null
  /** What a click opens; of races the one with this index. */
  of: Mark['of']
  race: number | null
  notes: string[]
}

/** The shape that a line with several marks shows. */
const STRONGEST: MarkKind[] = ['write', 'read', 'panic', 'blocked', 'go']

/** The marks of one file at the lines where they stand now; a line that was changed since has lost its mark. */
export function lineMarks(marks: Mark[], file: string, map: LineMap): LineMark[] {
  const byLine = new Map<number, Mark[]>()
  for (const mark of marks) {
    const line = mark.file === file ? map(mark.line) : null
    if (line !== null) byLine.set(line, [...(byLine.get(line) ?? []), mark])
  }
  return [...byLine].map(([line, all]) => mergeMarks(line, all))
}

function mergeMarks(line: number, all: Mark[]): LineMark {
  const chosen = all.filter((mark) => mark.selected)
  const shown = chosen.length > 0 ? chosen : all
  const kind = STRONGEST.find((wanted) => shown.some((mark) => mark.kind === wanted)) ?? 'go'
  const race = shown.find((mark) => mark.race !== null)?.race ?? null
  const of = race === null ? (shown.find((mark) => mark.kind === kind)?.of ?? 'goroutines') : 'race'
  const ofKind = shown.filter((mark) => mark.kind === kind || (kind === 'write' && mark.kind === 'read'))
  return {
    line,
    kind,
    lanes: lanesOf(ofKind),
    selected: chosen.length > 0,
    story: chosen.length > 0 || race === null ? null : race + 1,
    of,
    race,
    notes: [...new Set(shown.map((mark) => storyWords(mark) + mark.note)), ...alsoWords(chosen, all)],
  }
}

/** A mark of another story says which. */
function storyWords({ race, selected }: Mark): string {
  return selected || race === null ? '' : `Race ${race + 1}: `
}

/** The selected story is the one drawn; the others that meet on its line are named. */
function alsoWords(chosen: Mark[], all: Mark[]): string[] {
  const others = all.flatMap((mark) => (chosen.includes(mark) || mark.race === null ? [] : [mark.race + 1]))
  const races = [...new Set(others)].sort((a, b) => a - b)
  if (chosen.length === 0 || races.length === 0) return []
  return [`Also in ${races.length === 1 ? 'race' : 'races'} ${races.join(', ')}.`]
}

function lanesOf(marks: Mark[]): LineMark['lanes'] {
  const a = marks.some((mark) => mark.lane === 'A')
  const b = marks.some((mark) => mark.lane === 'B')
  if (a && b) return 'AB'
  if (a) return 'A'
  return b ? 'B' : ''
}
