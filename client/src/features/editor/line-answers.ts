import { useEffect, useRef } from 'react'
import type { Desk } from '../../state/desk.ts'
import { givenLines } from '../../state/given-lines.ts'
import { useStore } from '../../state/store.ts'
import type { WorkFile } from '../../state/workspace.ts'
import styles from './code-editor.module.css'
import { type CodeEditorInstance, monaco } from './monaco.ts'

/**
 * Where questions ask for a line of the open file: a press on its number answers, as Enter does where the file cannot be
 * edited, and the answers are marked where the lines that were given stand now. Says whether the file is asked about.
 */
export function useLineAnswers(editor: CodeEditorInstance | null, desk: Desk, file: WorkFile): boolean {
  const page = useStore(desk.page)
  const workspace = useStore(desk.workspace)
  const questions = page.type === 'exercise' ? page.detail.questions : NONE
  const asked = questions.some(({ answer }) => answer.type === 'line' && answer.file === file.name)
  const marked = useRef<monaco.editor.IEditorDecorationsCollection | null>(null)
  useEffect(() => {
    if (!editor) return
    marked.current ??= editor.createDecorationsCollection()
    const lines = asked && workspace ? givenLines(workspace, file.name) : null
    const marks = questions.flatMap(({ id, answer }, index) => {
      const given = workspace?.answers[id]?.[0]
      const isHere = answer.type === 'line' && answer.file === file.name
      const line = isHere && given !== undefined ? (lines?.now(given) ?? null) : null
      return line === null ? [] : [decorationOf(line, index + 1)]
    })
    marked.current.set(marks)
  }, [editor, questions, workspace, asked, file.name])
  useEffect(() => {
    if (!editor || !asked) return
    const pressed = editor.onMouseDown(({ target, event }) => {
      if (target.type !== monaco.editor.MouseTargetType.GUTTER_LINE_NUMBERS || event.altKey) return
      desk.answerWithLine(file.name, target.position.lineNumber)
    })
    const typed = editor.onKeyDown((event) => {
      const line = editor.getPosition()?.lineNumber
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
      if (file.role === 'editable' || event.keyCode !== monaco.KeyCode.Enter || !plain || !line) return
      event.preventDefault()
      event.stopPropagation()
      desk.answerWithLine(file.name, line)
    })
    return () => {
      pressed.dispose()
      typed.dispose()
    }
  }, [editor, desk, asked, file.name, file.role])
  return asked
}

const NONE: never[] = []

function decorationOf(line: number, question: number): monaco.editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(line, 1, line, 1),
    options: {
      isWholeLine: true,
      className: styles.lineAnswer ?? null,
      marginClassName: styles.marginAnswer ?? null,
      stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
      hoverMessage: { value: `Your answer to question ${question}` },
    },
  }
}
