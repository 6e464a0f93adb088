import { Editor, loader } from '@monaco-editor/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Desk } from '../../state/desk.ts'
import type { LineMap } from '../../state/line-map.ts'
import type { Mark } from '../../state/marks.ts'
import type { LineHint } from '../../state/profile.ts'
import { useStore } from '../../state/store.ts'
import type { WorkFile } from '../../state/workspace.ts'
import styles from './code-editor.module.css'
import { EDITOR_OPTIONS, PLAIN_BRACKETS } from './editor-options.ts'
import { languageOf, registerGo } from './go-language.ts'
import { useLineAnswers } from './line-answers.ts'
import { useLineHints } from './line-hints.ts'
import { type LineMark, lineMarks } from './line-marks.ts'
import { markDecorations } from './mark-decorations.ts'
import { type Problem, setProblems } from './markers.ts'
import { disposeOtherModels, modelPath, replaceText } from './models.ts'
import { type CodeEditorInstance, monaco } from './monaco.ts'
import { type Note, PeekNote } from './peek-note.tsx'
import { defineThemes, type Scheme, THEME_OF } from './themes.ts'

loader.config({ monaco })
registerGo(monaco)
defineThemes(monaco)

export interface CodeEditorProps {
  desk: Desk
  exercise: string
  file: WorkFile
  /** Every name in the workspace: models of other files are let go. */
  names: string[]
  scheme: Scheme
  marks: Mark[]
  hints: readonly LineHint[]
  problems: Problem[]
  /** From the lines of the shown run's snapshot to those of the text now. */
  map: LineMap
  note: Note | null
  /** Keeps the text, where it is not the workspace alone that has it. */
  text?: (editor: CodeEditorInstance) => ReactNode
}

/** The editor of the open file: Monaco, kept in step with the workspace. */
export default function CodeEditor(props: CodeEditorProps) {
  const { desk, exercise, file, scheme, text } = props
  const [editor, setEditor] = useState<CodeEditorInstance | null>(null)
  useModels(editor, props)
  useMarks(editor, props)
  useProblems(editor, props)
  useLineHints(editor, { file: file.name, hints: props.hints, map: props.map })
  useReveal(editor, desk)
  const asked = useLineAnswers(editor, desk, file)
  return (
    <div className={asked ? `${styles.host} ${styles.asked}` : styles.host} data-testid="editor">
      <Editor
        path={modelPath(exercise, file.name)}
        defaultValue={file.text}
        defaultLanguage={languageOf(file.name)}
        theme={THEME_OF[scheme]}
        options={{
          ...EDITOR_OPTIONS,
          readOnly: file.role !== 'editable',
          readOnlyMessage: { value: readOnlyReason(file) },
          ariaLabel: `${file.name}. ${asked && file.role !== 'editable' ? 'Enter answers the question with this line. ' : ''}Press Control M to let Tab move on.`,
        }}
        keepCurrentModel
        loading={null}
        onMount={(mounted) => {
          setEditor(mounted)
          performance.mark('editor-ready')
        }}
      />
      {editor && (text ? text(editor) : <WorkspaceText editor={editor} {...props} />)}
      {editor && props.note && <PeekNote editor={editor} note={props.note} desk={desk} />}
    </div>
  )
}

function readOnlyReason(file: WorkFile): string {
  if (file.role === 'kept') return 'This is the code as it was run. Open a copy of it to change it.'
  if (file.role === 'material') return 'The questions are about this file.'
  return file.role === 'test' ? 'Visible tests are run as they are.' : 'This file belongs to the exercise.'
}

/** Tells where the cursor is, and lets go of the models of files that are gone. */
function useModels(editor: CodeEditorInstance | null, { desk, exercise, file, names }: CodeEditorProps): void {
  useEffect(() => {
    const moved = editor?.onDidChangeCursorPosition(({ position }) =>
      desk.viewing.moveCursor(position.lineNumber, position.column),
    )
    return () => moved?.dispose()
  }, [editor, desk])
  useEffect(() => {
    const model = editor && monaco.editor.getModel(monaco.Uri.parse(modelPath(exercise, file.name)))
    model?.updateOptions(PLAIN_BRACKETS)
  }, [editor, exercise, file.name])
  const known = names.join('\n')
  useEffect(() => disposeOtherModels(exercise, known.split('\n')), [exercise, known])
}

/** Typing goes to the workspace; what the workspace changes by itself (format, reset) comes back as an edit that can be undone. */
function WorkspaceText({ editor, desk, exercise, file }: CodeEditorProps & { editor: CodeEditorInstance }) {
  useEffect(() => {
    const changed = editor.onDidChangeModelContent(() => {
      const model = editor.getModel()
      const name = model?.uri.path.split('/').at(-1)
      if (model && name && model.uri.path === `/${exercise}/${name}`) desk.editing.edit(name, model.getValue())
    })
    return () => changed.dispose()
  }, [editor, desk, exercise])
  useEffect(() => {
    const model = monaco.editor.getModel(monaco.Uri.parse(modelPath(exercise, file.name)))
    if (model) replaceText(model, file.text)
  }, [exercise, file])
  return null
}

function useMarks(editor: CodeEditorInstance | null, props: CodeEditorProps): void {
  const { desk, file, marks, map, scheme } = props
  const shown = useRef<LineMark[]>([])
  const collection = useRef<monaco.editor.IEditorDecorationsCollection | null>(null)
  useEffect(() => {
    if (!editor) return
    collection.current ??= editor.createDecorationsCollection()
    shown.current = lineMarks(marks, file.name, map)
    collection.current.set(markDecorations(shown.current, scheme))
  }, [editor, file.name, marks, map, scheme])
  useEffect(() => {
    const pressed = editor?.onMouseDown(({ target, event }) => {
      if (target.type !== monaco.editor.MouseTargetType.GUTTER_GLYPH_MARGIN || event.altKey) return
      const mark = shown.current.find((one) => one.line === target.position.lineNumber)
      const run = desk.runs.shown()
      if (mark && run) desk.viewing.openEvidence(mark, run)
    })
    return () => pressed?.dispose()
  }, [editor, desk])
}

function useProblems(editor: CodeEditorInstance | null, { exercise, file, problems, map }: CodeEditorProps): void {
  useEffect(() => {
    const model = editor && monaco.editor.getModel(monaco.Uri.parse(modelPath(exercise, file.name)))
    if (model) setProblems(model, problems, file.name, map)
  }, [editor, exercise, file.name, problems, map])
}

/** Brings the place that was asked for into the middle, and the keyboard with it. */
function useReveal(editor: CodeEditorInstance | null, desk: Desk): void {
  const { reveal } = useStore(desk.view)
  useEffect(() => {
    if (!editor || !reveal) return
    const model = editor.getModel()
    if (!model?.uri.path.endsWith(`/${reveal.file}`)) return
    const line = Math.min(reveal.line, model.getLineCount())
    editor.revealLineInCenterIfOutsideViewport(line)
    editor.setPosition({ lineNumber: line, column: model.getLineFirstNonWhitespaceColumn(line) || 1 })
    editor.focus()
  }, [editor, reveal])
}

// The diff editor and the replay's view live in the same chunk: Monaco is loaded once.
export { ChangesView } from './changes-view.tsx'
export { ReplayedCode } from './replayed-code.tsx'
