import { useEffect, useRef } from 'react'
import { questionAbout } from '../../state/answers.ts'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import type { WorkFile } from '../../state/workspace.ts'
import styles from './code-editor.module.css'
import { type CodeEditorInstance, monaco } from './monaco.ts'

/**
 * Where questions ask for a line of the open file: a press on its number answers, as Enter does where the file cannot be
 * edited, and the given lines are marked. Says whether the file is asked about.
 */
export function useLineAnswers(editor: CodeEditorInstance | null, practice: Practice, file: WorkFile): boolean {
  const page = useStore(practice.page)
  const workspace = useStore(practice.workspace)
  const questions = page.type === 'exercise' ? page.detail.questions : NONE
  const asked = questions.some(({ answer }) => answer.type === 'line' && answer.file === file.name)
  const answers = workspace?.answers
  const marked = useRef<monaco.editor.IEditorDecorationsCollection | null>(null)
  useEffect(() => {
    if (!editor) return
    marked.current ??= editor.createDecorationsCollection()
    const given = questions.flatMap((question, index) => {
      const line = answers?.[question.id]?.[0]
      const isHere = question.answer.type === 'line' && question.answer.file === file.name
      return isHere && line !== undefined ? [decorationOf(line, index + 1)] : []
    })
    marked.current.set(given)
  }, [editor, questions, answers, file.name])
  useEffect(() => {
    if (!editor || !asked) return
    const pressed = editor.onMouseDown(({ target }) => {
      if (target.type !== monaco.editor.MouseTargetType.GUTTER_LINE_NUMBERS) return
      answerWith(practice, file.name, target.position.lineNumber)
    })
    const typed = editor.onKeyDown((event) => {
      const line = editor.getPosition()?.lineNumber
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
      if (file.role === 'editable' || event.keyCode !== monaco.KeyCode.Enter || !plain || !line) return
      event.preventDefault()
      event.stopPropagation()
      answerWith(practice, file.name, line)
    })
    return () => {
      pressed.dispose()
      typed.dispose()
    }
  }, [editor, practice, asked, file.name, file.role])
  return asked
}

const NONE: never[] = []

function answerWith(practice: Practice, file: string, line: number): void {
  const page = practice.page.get()
  const workspace = practice.workspace.get()
  if (page.type !== 'exercise' || !workspace) return
  const { picking } = practice.view.get()
  const question = questionAbout(file, { questions: page.detail.questions, answers: workspace.answers, picking })
  if (!question) return
  practice.editing.answer(question.id, [line])
  practice.viewing.chooseColumn('questions')
}

function decorationOf(line: number, question: number): monaco.editor.IModelDeltaDecoration {
  return {
    range: new monaco.Range(line, 1, line, 1),
    options: {
      isWholeLine: true,
      className: styles.lineAnswer ?? null,
      marginClassName: styles.marginAnswer ?? null,
      hoverMessage: { value: `Your answer to question ${question}` },
    },
  }
}
