import type { ExerciseDetail } from '@sandbox/protocol'
import type { RunState } from '../../state/run.ts'

/** The text of a line as the run saw it; null where the file is not known here. */
export type SourceLine = {
  line(file: string, line: number): string | null
  /** Whether a place in this file can be opened in the editor. */
  opens(file: string): boolean
}

/** The source of a run: the snapshot's own files, and the exercise's other files and visible tests. */
export function sourceOf(run: RunState, detail: ExerciseDetail | null): SourceLine {
  const others = [...(detail?.starter.filter((file) => !file.editable) ?? []), ...(detail?.visibleTests ?? [])]
  const files = new Map([...others, ...run.description.files].map((file) => [file.name, file.text.split('\n')]))
  return {
    line: (file, line) => files.get(file)?.[line - 1]?.trim() || null,
    opens: (file) => files.has(file),
  }
}
