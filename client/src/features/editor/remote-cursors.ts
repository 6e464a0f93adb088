import type { Cursor, MemberId } from '@sandbox/protocol'
import { useEffect, useRef } from 'react'
import { colourOf } from '../../state/interview/people.ts'
import members from '../../ui/members.module.css'
import { type LineLabel, LineLabels } from './line-labels.ts'
import { type CodeEditorInstance, monaco } from './monaco.ts'
import styles from './remote-cursors.module.css'

/** Somebody else whose cursor stands in the open file. */
export interface RemoteCursor {
  member: MemberId
  name: string
  cursor: Cursor
}

/** A line of the open file that somebody points at. */
export interface PointedLine {
  member: MemberId
  name: string
  line: number
}

type Shown = { cursor: Cursor; decorations: monaco.editor.IEditorDecorationsCollection }

/**
 * Shows where the others are. A cursor is drawn where it was told to be and then goes with the text: only its owner knows
 * better, and says so. The name stands behind the end of the line, where it covers no code.
 */
export function useRemoteCursors(
  editor: CodeEditorInstance,
  path: string,
  { cursors, pointed }: { cursors: readonly RemoteCursor[]; pointed: readonly PointedLine[] },
): void {
  const shown = useRef(new Map<MemberId, Shown>())
  const shownPath = useRef(path)
  const lines = useRef<monaco.editor.IEditorDecorationsCollection | null>(null)
  const labels = useRef<LineLabels | null>(null)
  useEffect(() => {
    labels.current = new LineLabels(editor)
    return () => labels.current?.dispose()
  }, [editor])
  useEffect(() => {
    const model = editor.getModel()
    if (!model) return
    // The decorations of another file are gone with it.
    if (shownPath.current !== path) shown.current.clear()
    shownPath.current = path
    drawCarets(shown.current, cursors, { editor, model })
    lines.current ??= editor.createDecorationsCollection()
    lines.current.set(pointed.flatMap((one) => pointedDecoration(one, model)))
    labels.current?.show([
      ...cursors.map((one) => nameOf(one, shown.current)),
      ...pointed.map((one, index) => pointerOf(one, () => lines.current?.getRange(index)?.startLineNumber ?? null)),
    ])
  }, [editor, path, cursors, pointed])
}

type In = { editor: CodeEditorInstance; model: monaco.editor.ITextModel }

function drawCarets(shown: Map<MemberId, Shown>, cursors: readonly RemoteCursor[], { editor, model }: In): void {
  for (const [member, { decorations }] of shown) {
    if (cursors.some((one) => one.member === member)) continue
    decorations.clear()
    shown.delete(member)
  }
  for (const one of cursors) {
    const before = shown.get(one.member)
    if (before?.cursor === one.cursor) continue
    const decorations = before?.decorations ?? editor.createDecorationsCollection()
    decorations.set(cursorDecorations(one, model))
    shown.set(one.member, { cursor: one.cursor, decorations })
  }
}

const { AlwaysGrowsWhenTypingAtEdges, NeverGrowsWhenTypingAtEdges } = monaco.editor.TrackedRangeStickiness

/** The caret, which comes first, and the selection. */
function cursorDecorations({ member, cursor }: RemoteCursor, model: monaco.editor.ITextModel) {
  const colour = colourClass(member)
  const head = model.validatePosition({ lineNumber: cursor.head[0], column: cursor.head[1] })
  const anchor = model.validatePosition({ lineNumber: cursor.anchor[0], column: cursor.anchor[1] })
  const selected = monaco.Range.fromPositions(anchor, head)
  const caret: monaco.editor.IModelDeltaDecoration = {
    range: monaco.Range.fromPositions(head),
    options: { afterContentClassName: `${styles.caret} ${colour}`, stickiness: AlwaysGrowsWhenTypingAtEdges },
  }
  const selection: monaco.editor.IModelDeltaDecoration = {
    range: selected,
    options: { className: `${styles.selection} ${colour}`, stickiness: NeverGrowsWhenTypingAtEdges },
  }
  return selected.isEmpty() ? [caret] : [caret, selection]
}

function nameOf({ member, name }: RemoteCursor, shown: ReadonlyMap<MemberId, Shown>): LineLabel {
  return {
    words: name,
    classes: `${styles.name} ${colourClass(member)}`,
    line: () => shown.get(member)?.decorations.getRange(0)?.endLineNumber ?? null,
  }
}

function pointedDecoration({ member, line }: PointedLine, model: monaco.editor.ITextModel) {
  const colour = colourClass(member)
  const at = Math.min(line, model.getLineCount())
  return {
    range: new monaco.Range(at, 1, at, 1),
    options: {
      isWholeLine: true,
      className: `${styles.pointed} ${colour}`,
      marginClassName: `${styles.pointed} ${styles.pointedMargin} ${colour}`,
      stickiness: NeverGrowsWhenTypingAtEdges,
    },
  }
}

function pointerOf({ member, name }: PointedLine, line: () => number | null): LineLabel {
  return { words: `◄ ${name} points here`, classes: `${styles.pointer} ${colourClass(member)}`, line }
}

function colourClass(member: MemberId): string {
  return members[`member${colourOf(member)}`] ?? ''
}
