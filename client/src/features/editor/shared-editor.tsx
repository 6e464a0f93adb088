import { useEffect, useMemo } from 'react'
import { type InterviewDesk, pathIn } from '../../state/interview/interview-desk.ts'
import { nameOf } from '../../state/interview/people.ts'
import { useStore } from '../../state/store.ts'
import type { WorkFile } from '../../state/workspace.ts'
import CodeEditor, { type CodeEditorProps } from './code-editor.tsx'
import { modelPath } from './models.ts'
import { type CodeEditorInstance, monaco } from './monaco.ts'
import { type PointedLine, type RemoteCursor, useRemoteCursors } from './remote-cursors.ts'
import { SharedText } from './shared-text.ts'
import { useFollowing } from './use-following.ts'
import { usePasteWatch } from './use-paste-watch.ts'
import { usePointing } from './use-pointing.ts'

interface SharedEditorProps extends CodeEditorProps {
  desk: InterviewDesk
}

/** The editor of a file that everybody in an interview edits. */
export default function SharedEditor(props: SharedEditorProps) {
  const { desk, exercise, file } = props
  return (
    <CodeEditor
      {...props}
      text={(editor) => <SharedFile desk={desk} editor={editor} exercise={exercise} file={file} />}
    />
  )
}

interface SharedFileProps {
  desk: InterviewDesk
  editor: CodeEditorInstance
  exercise: string
  file: WorkFile
}

/** Draws nothing of its own: it ties the editor to the document and to the others. */
function SharedFile({ desk, editor, exercise, file }: SharedFileProps) {
  const path = pathIn({ exercise }, file.name)
  useSharedText({ desk, editor, exercise, file })
  useOwnCursor(desk, editor, path)
  useRemoteCursors(editor, path, useOthersIn(desk, path))
  useFollowing(desk, editor, path)
  usePointing(desk, editor)
  usePasteWatch(desk, editor, path)
  return null
}

function useSharedText({ desk, editor, exercise, file }: SharedFileProps): void {
  const path = pathIn({ exercise }, file.name)
  // A file that was deleted and made again is another text under the same name.
  const text = file.role === 'editable' ? desk.document.text(path) : null
  useEffect(() => {
    const model = monaco.editor.getModel(monaco.Uri.parse(modelPath(exercise, file.name)))
    const undo = desk.document.undo(path)
    if (!text || !undo || !model) return
    const shared = new SharedText({
      monaco,
      model,
      editor,
      text,
      undo,
      edit: (change) => desk.document.edit(change),
      mend: (one) => desk.document.mend(one),
      onTooLong: () => desk.notice('A file has at most 256 KiB: the last change was taken back.'),
    })
    return () => shared.dispose()
  }, [desk, editor, exercise, file.name, path, text])
}

/** The others are told where this page's cursor stands. */
function useOwnCursor(desk: InterviewDesk, editor: CodeEditorInstance, path: string): void {
  useEffect(() => {
    const tell = () => {
      const selection = editor.getSelection()
      if (!selection) return
      desk.people.moved({
        path,
        anchor: [selection.selectionStartLineNumber, selection.selectionStartColumn],
        head: [selection.positionLineNumber, selection.positionColumn],
      })
    }
    const moved = editor.onDidChangeCursorSelection(tell)
    const other = editor.onDidChangeModel(tell)
    tell()
    return () => {
      moved.dispose()
      other.dispose()
    }
  }, [desk, editor, path])
}

/** Whose cursors stand in a file, and who points at one of its lines. */
function useOthersIn(desk: InterviewDesk, path: string): { cursors: RemoteCursor[]; pointed: PointedLine[] } {
  const interview = useStore(desk.interview)
  const me = useStore(desk.me)
  const { cursors, pointing } = useStore(desk.people.presence)
  return useMemo(() => {
    const called = (member: string) => (interview ? nameOf(interview, member) : '')
    return {
      cursors: [...cursors].flatMap(([member, cursor]) =>
        cursor.path === path && member !== me?.member ? [{ member, cursor, name: called(member) }] : [],
      ),
      pointed: pointing.flatMap((one) =>
        one.path === path ? [{ member: one.by, line: one.line, name: called(one.by) }] : [],
      ),
    }
  }, [interview, me, cursors, pointing, path])
}
