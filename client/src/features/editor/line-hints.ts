import { useEffect, useRef } from 'react'
import type { LineMap } from '../../state/line-map.ts'
import type { LineHint } from '../../state/profile.ts'
import styles from './code-editor.module.css'
import { type CodeEditorInstance, monaco } from './monaco.ts'

/** A hint of at least this weight stands out. */
const LOUD = 0.25

/** Shows hints behind the lines of the open file, as long as these are as they were when the run took them. */
export function useLineHints(
  editor: CodeEditorInstance | null,
  { file, hints, map }: { file: string; hints: readonly LineHint[]; map: LineMap },
): void {
  const collection = useRef<monaco.editor.IEditorDecorationsCollection | null>(null)
  useEffect(() => {
    const model = editor?.getModel()
    if (!editor || !model) return
    collection.current ??= editor.createDecorationsCollection()
    collection.current.set(
      hints.flatMap((hint) => {
        const line = hint.file === file ? map(hint.line) : null
        return line === null || line > model.getLineCount() ? [] : [decorationOf(hint, line, model)]
      }),
    )
  }, [editor, file, hints, map])
}

function decorationOf({ text, weight }: LineHint, line: number, model: monaco.editor.ITextModel) {
  const end = model.getLineMaxColumn(line)
  return {
    range: new monaco.Range(line, end, line, end),
    options: {
      showIfCollapsed: true,
      after: {
        content: `   ${text}`,
        inlineClassName: `${styles.hint} ${weight >= LOUD ? styles.loudHint : ''}`,
        inlineClassNameAffectsLetterSpacing: true,
        cursorStops: monaco.editor.InjectedTextCursorStops.None,
      },
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
    },
  }
}
