import { useEffect, useRef, useState } from 'react'
import styles from './code-editor.module.css'
import { EDITOR_OPTIONS, PLAIN_BRACKETS } from './editor-options.ts'
import { languageOf } from './go-language.ts'
import type { LineMark } from './line-marks.ts'
import { markDecorations } from './mark-decorations.ts'
import { showText } from './models.ts'
import { type CodeEditorInstance, monaco } from './monaco.ts'
import { type RemoteCursor, RemoteCursors } from './remote-cursors.ts'
import { type Scheme, THEME_OF } from './themes.ts'

const OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  ...EDITOR_OPTIONS,
  readOnly: true,
  domReadOnly: true,
}

export interface ReplayedCodeProps {
  /** The file's name, for its language and for screen readers. */
  name: string
  text: string
  scheme: Scheme
  marks: readonly LineMark[]
  cursors: readonly RemoteCursor[]
  /** The line that is kept in view; null: the reader's own scrolling stays. */
  line: number | null
}

/** A file as it was, which changes while one looks on and cannot be edited. */
export function ReplayedCode({ name, text, scheme, marks, cursors, line }: ReplayedCodeProps) {
  const host = useRef<HTMLDivElement>(null)
  const [editor, setEditor] = useState<CodeEditorInstance | null>(null)
  useEffect(() => {
    if (!host.current) return
    const model = monaco.editor.createModel('', languageOf(name))
    const made = monaco.editor.create(host.current, { ...OPTIONS, ariaLabel: `${name}, as it was`, model })
    model.updateOptions(PLAIN_BRACKETS)
    setEditor(made)
    return () => {
      setEditor(null)
      made.dispose()
      model.dispose()
    }
  }, [name])
  useEffect(() => monaco.editor.setTheme(THEME_OF[scheme]), [scheme])
  useEffect(() => {
    const model = editor?.getModel()
    if (!editor || !model) return
    showText(model, text)
    const marked = editor.createDecorationsCollection(markDecorations(marks, scheme))
    // A replay jumps: a cursor that went with the text would come back elsewhere than it was.
    const others = new RemoteCursors(editor)
    others.show(name, { cursors, pointed: [] })
    return () => {
      marked.clear()
      others.dispose()
    }
  }, [editor, name, text, marks, cursors, scheme])
  useEffect(() => {
    const lines = editor?.getModel()?.getLineCount()
    if (editor && lines !== undefined && line !== null)
      editor.revealLineInCenterIfOutsideViewport(Math.min(line, lines))
  }, [editor, line])
  return <div ref={host} className={styles.host} data-testid="replayed-code" />
}
