import type { Cursor } from '@sandbox/protocol'
import { monaco } from './monaco.ts'
import styles from './replayed-cursors.module.css'

/** Where somebody's cursor stands in the open file. */
export interface ReplayedCursor extends Omit<Cursor, 'path'> {
  name: string
  /** Tells people apart, from 0. */
  tone: number
}

const TONES = 4

/** Others' cursors and what they have selected. A name stands behind the line, never over code. */
export function cursorDecorations(
  cursors: readonly ReplayedCursor[],
  model: monaco.editor.ITextModel,
): monaco.editor.IModelDeltaDecoration[] {
  return cursors.flatMap((cursor) => decorationsOf(cursor, model))
}

function decorationsOf(cursor: ReplayedCursor, model: monaco.editor.ITextModel): monaco.editor.IModelDeltaDecoration[] {
  const { name, tone, anchor, head } = cursor
  const colour = styles[`tone${tone % TONES}`] ?? ''
  const at = model.validatePosition({ lineNumber: head[0], column: head[1] })
  const from = model.validatePosition({ lineNumber: anchor[0], column: anchor[1] })
  const end = model.getLineMaxColumn(at.lineNumber)
  const selection = monaco.Range.fromPositions(...(from.isBefore(at) ? ([from, at] as const) : ([at, from] as const)))
  // What is drawn behind a line stands before a caret at its end: there the name's edge is the caret.
  const isAtEnd = at.column === end
  const caret = {
    range: monaco.Range.fromPositions(at),
    options: { beforeContentClassName: `${styles.caret} ${colour}` },
  }
  const label = {
    range: new monaco.Range(at.lineNumber, end, at.lineNumber, end),
    options: {
      showIfCollapsed: true,
      after: {
        content: name,
        inlineClassName: `${styles.name} ${isAtEnd ? styles.atEnd : ''} ${colour}`,
        inlineClassNameAffectsLetterSpacing: true,
        cursorStops: monaco.editor.InjectedTextCursorStops.None,
      },
    },
  }
  const marked = { range: selection, options: { className: `${styles.selection} ${colour}` } }
  return [...(selection.isEmpty() ? [] : [marked]), ...(isAtEnd ? [] : [caret]), label]
}
