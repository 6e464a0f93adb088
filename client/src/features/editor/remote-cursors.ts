import type { Cursor, MemberId } from '@sandbox/protocol'
import { useEffect, useState } from 'react'
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

/** Where the others are. */
export interface Others {
  cursors: readonly RemoteCursor[]
  pointed: readonly PointedLine[]
}

type Shown = { cursor: Cursor; decorations: monaco.editor.IEditorDecorationsCollection }

/** Keeps the others drawn in the open file, while it is edited. */
export function useRemoteCursors(editor: CodeEditorInstance, path: string, others: Others): void {
  const [drawn, setDrawn] = useState<RemoteCursors | null>(null)
  useEffect(() => {
    const made = new RemoteCursors(editor)
    setDrawn(made)
    return () => made.dispose()
  }, [editor])
  useEffect(() => drawn?.show(path, others), [drawn, path, others])
}

/**
 * Shows in an editor where the others are. A cursor is drawn where it was told to be and then goes with the text: only its
 * owner knows better, and says so. The name stands behind the end of the line, where it covers no code.
 */
export class RemoteCursors {
  readonly #editor: CodeEditorInstance
  readonly #labels: LineLabels
  readonly #lines: monaco.editor.IEditorDecorationsCollection
  readonly #shown = new Map<MemberId, Shown>()
  #path: string | null = null

  constructor(editor: CodeEditorInstance) {
    this.#editor = editor
    this.#labels = new LineLabels(editor)
    this.#lines = editor.createDecorationsCollection()
  }

  show(path: string, { cursors, pointed }: Others): void {
    const model = this.#editor.getModel()
    if (!model) return
    // The decorations of another file are gone with it.
    if (this.#path !== path) this.#shown.clear()
    this.#path = path
    this.#drawCarets(cursors, model)
    this.#lines.set(pointed.map((one) => pointedDecoration(one, model)))
    this.#labels.show([
      ...cursors.map((one) => this.#nameOf(one)),
      ...pointed.map((one, index) => pointerOf(one, () => this.#lines.getRange(index)?.startLineNumber ?? null)),
    ])
  }

  dispose(): void {
    for (const { decorations } of this.#shown.values()) decorations.clear()
    this.#lines.clear()
    this.#labels.dispose()
  }

  #drawCarets(cursors: readonly RemoteCursor[], model: monaco.editor.ITextModel): void {
    for (const [member, { decorations }] of this.#shown) {
      if (cursors.some((one) => one.member === member)) continue
      decorations.clear()
      this.#shown.delete(member)
    }
    for (const one of cursors) {
      const before = this.#shown.get(one.member)
      if (before?.cursor === one.cursor) continue
      const decorations = before?.decorations ?? this.#editor.createDecorationsCollection()
      decorations.set(cursorDecorations(one, model))
      this.#shown.set(one.member, { cursor: one.cursor, decorations })
    }
  }

  #nameOf({ member, name }: RemoteCursor): LineLabel {
    return {
      words: name,
      classes: `${styles.name} ${colourClass(member)}`,
      line: () => this.#shown.get(member)?.decorations.getRange(0)?.endLineNumber ?? null,
    }
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
