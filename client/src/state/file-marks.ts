import { type LineMap, mapLines } from './line-map.ts'
import { marksOf } from './marks.ts'
import type { RunState } from './run.ts'
import type { WorkFile } from './workspace.ts'

/** The worst that the shown run says of a file. */
export interface FileMark {
  kind: 'error' | 'race' | 'panic' | 'blocked' | 'advice'
  /** For the pointer and for screen readers. */
  words: string
}

/** The text of a file as a run took it; files that are not the person's own never change. Null where it had none. */
export function snapshotText(run: RunState, file: WorkFile): string | null {
  if (file.role !== 'editable') return file.text
  return run.description.files.find((other) => other.name === file.name)?.text ?? null
}

/** What the evidence of a run says of each file, by its name; a line that was changed since counts no more. */
export function fileMarksOf(run: RunState, files: WorkFile[]): Map<string, FileMark> {
  const marks = marksOf(run, 0)
  const accesses = marks.filter(({ kind }) => kind === 'write' || kind === 'read')
  const blocked = marks.filter(({ kind }) => kind === 'blocked')
  const panics = marks.filter(({ kind }) => kind === 'panic')
  const errors = run.diagnostics.filter(({ severity }) => severity === 'error')
  const advice = run.diagnostics.filter(({ severity }) => severity === 'advice')
  const entries = files.flatMap((file): [string, FileMark][] => {
    const count = counter(run, file)
    const found = [
      mark('error', count(errors), 'line with an error', 'lines with errors'),
      mark('race', count(accesses), 'line of a race', 'lines of races'),
      mark('panic', count(panics), 'line of a panic', 'lines of a panic'),
      mark('blocked', count(blocked), 'line where goroutines wait', 'lines where goroutines wait'),
      mark('advice', count(advice), 'line that vet remarks on', 'lines that vet remarks on'),
    ].find((one) => one !== null)
    return found ? [[file.name, found]] : []
  })
  return new Map(entries)
}

function counter(run: RunState, file: WorkFile): (places: { file: string; line: number }[]) => number {
  const snapshot = snapshotText(run, file)
  let map: LineMap | null = null
  return (places) => {
    const lines = new Set(places.flatMap((place) => (place.file === file.name ? [place.line] : [])))
    if (snapshot === null || lines.size === 0) return 0
    map ??= mapLines(snapshot, file.text)
    const follow = map
    // Line 0 is the file as a whole.
    return [...lines].filter((line) => line === 0 || follow(line) !== null).length
  }
}

function mark(kind: FileMark['kind'], count: number, one: string, many: string): FileMark | null {
  return count === 0 ? null : { kind, words: `${count} ${count === 1 ? one : many}` }
}
