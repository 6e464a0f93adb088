import type { Diagnostic } from '@sandbox/protocol'
import type { LineMap } from '../../state/line-map.ts'
import { monaco } from './monaco.ts'

/** A diagnostic to underline. `fresh` lines are those of the text now; others are the snapshot's and are followed. */
export interface Problem {
  diagnostic: Diagnostic
  fresh: boolean
}

const OWNER = 'go'

/** Underlines what the compiler, vet and gofmt say of a file. */
export function setProblems(model: monaco.editor.ITextModel, problems: Problem[], file: string, map: LineMap): void {
  const markers = problems.flatMap(({ diagnostic, fresh }) => {
    const line = diagnostic.file === file && diagnostic.line > 0 ? place(diagnostic.line, fresh, map) : null
    return line === null || line > model.getLineCount() ? [] : [markerOf(model, diagnostic, line)]
  })
  monaco.editor.setModelMarkers(model, OWNER, markers)
}

function place(line: number, fresh: boolean, map: LineMap): number | null {
  return fresh ? line : map(line)
}

function markerOf(model: monaco.editor.ITextModel, diagnostic: Diagnostic, line: number): monaco.editor.IMarkerData {
  const text = model.getLineContent(line)
  const startColumn = Math.max(1, Math.min(diagnostic.column || firstColumn(text), text.length + 1))
  const { endLine, endColumn } = diagnostic
  const sameLine = endLine === undefined || endLine === diagnostic.line
  return {
    severity: diagnostic.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Info,
    message: diagnostic.message,
    source: diagnostic.analyzer ? `vet: ${diagnostic.analyzer}` : diagnostic.source,
    startLineNumber: line,
    startColumn,
    endLineNumber: line,
    endColumn: sameLine && endColumn && endColumn > startColumn ? endColumn : wordEnd(text, startColumn),
  }
}

function firstColumn(text: string): number {
  return text.length - text.trimStart().length + 1
}

/** The compiler gives a point; a word can be seen. */
function wordEnd(text: string, column: number): number {
  const word = /^[\p{L}\p{Nd}_]+/u.exec(text.slice(column - 1))?.[0]
  return column + (word?.length ?? 1)
}
