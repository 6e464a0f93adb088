import { MAX_SOURCE_BYTES } from '@sandbox/protocol'
import type { Text, UndoManager, YTextEvent } from 'yjs'
import { editsOf, movedOffset, sideOf } from '../../state/interview/text-delta.ts'
import { smallestEdit, type TextEdit } from '../../state/smallest-edit.ts'
import type { CodeEditorInstance, Monaco, monaco } from './monaco.ts'

type Model = monaco.editor.ITextModel

export interface SharedTextParts {
  monaco: Monaco
  model: Model
  /** The editor that shows the model, now or later. */
  editor: CodeEditorInstance
  text: Text
  undo: UndoManager
  /** Changes the document by hand. */
  edit(change: () => void): void
  /** Takes out of the text what an editor cannot show. */
  mend(text: Text): void
  /** A change was taken back because the file would be too long. */
  onTooLong(): void
}

/**
 * Keeps a model of Monaco and a shared text the same. What is typed becomes changes of the text, each as it was made; what others
 * do becomes edits of the model that leave cursors with the code they stand in. Undo is the text's: it takes back what was done at
 * this page and nothing else, whatever happened since.
 */
export class SharedText {
  readonly #parts: SharedTextParts
  readonly #listening: { dispose(): void }[]
  readonly #told = (event: YTextEvent) => this.#tell(event)
  #isTyping = false
  #isShowing = false
  #isUndoing = false

  constructor(parts: SharedTextParts) {
    const { model, text, editor, undo } = parts
    this.#parts = parts
    this.#showAll()
    text.observe(this.#told)
    this.#listening = [
      model.onDidChangeContent((event) => this.#typed(event)),
      // As in an editor for one: what is typed after a move of the cursor is another step.
      editor.onDidChangeCursorPosition(({ reason }) => {
        if (reason === parts.monaco.editor.CursorChangeReason.Explicit) undo.stopCapturing()
      }),
    ]
    // Keys, menus and commands all end in these four methods of the model, which its published type does not list.
    Object.assign(model, {
      undo: () => this.#take(() => undo.undo()),
      redo: () => this.#take(() => undo.redo()),
      canUndo: () => undo.canUndo(),
      canRedo: () => undo.canRedo(),
    })
  }

  dispose(): void {
    const { model, text } = this.#parts
    text.unobserve(this.#told)
    for (const one of this.#listening) one.dispose()
    for (const method of ['undo', 'redo', 'canUndo', 'canRedo']) Reflect.deleteProperty(model, method)
  }

  #typed(event: monaco.editor.IModelContentChangedEvent): void {
    if (this.#isShowing) return
    const { model, onTooLong } = this.#parts
    if (isTooLong(model)) {
      this.#showAll()
      onTooLong()
      return
    }
    if (event.isEolChange) this.#showAll()
    else this.#write(event.isFlush ? this.#wholeChange() : event.changes.map(editOfChange))
  }

  /** The whole text was replaced: what is the same in both stays. */
  #wholeChange(): TextEdit[] {
    const { model, text } = this.#parts
    return [smallestEdit(text.toString(), model.getValue())]
  }

  /** Monaco tells several changes from the last to the first: none moves another. */
  #write(edits: readonly TextEdit[]): void {
    const { text, edit } = this.#parts
    this.#isTyping = true
    try {
      edit(() => {
        for (const { start, end, insert } of edits) {
          text.delete(start, end - start)
          text.insert(start, insert)
        }
      })
    } finally {
      this.#isTyping = false
    }
  }

  #tell(event: YTextEvent): void {
    if (this.#isTyping) return
    const { model, text, mend } = this.#parts
    const edits = editsOf(event.delta)
    const keep = this.#isUndoing ? null : this.#places(edits)
    this.#show(edits)
    if (model.getValueLength() !== text.length) {
      // A carriage return came in from elsewhere: the model has it as a line end.
      mend(text)
      this.#showAll()
    }
    if (keep) keep()
    else this.#goTo(edits)
  }

  #show(edits: readonly TextEdit[]): void {
    const { model, monaco } = this.#parts
    const rangeOf = ({ start, end }: TextEdit) =>
      monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
    const operations = edits.map((edit) => ({ range: rangeOf(edit), text: edit.insert }))
    this.#isShowing = true
    try {
      model.applyEdits(operations)
    } finally {
      this.#isShowing = false
    }
  }

  /** The text is what holds. */
  #showAll(): void {
    const { model, monaco, text, mend } = this.#parts
    this.#isShowing = true
    try {
      model.setEOL(monaco.editor.EndOfLineSequence.LF)
    } finally {
      this.#isShowing = false
    }
    mend(text)
    const wanted = text.toString()
    if (model.getValue() !== wanted) this.#show([smallestEdit(model.getValue(), wanted)])
  }

  /** Remembers cursors and what is in view; the returned function brings them to where they belong after the edits. */
  #places(edits: readonly TextEdit[]): (() => void) | null {
    const { model, editor, monaco } = this.#parts
    if (editor.getModel() !== model) return () => {}
    const before = model.getValue()
    const selections = (editor.getSelections() ?? []).map((selection) =>
      movedSelection(selection, { model, before, edits }),
    )
    const inView = firstInView(editor, model)
    return () => {
      const moved = selections.map(({ from, to }) => {
        const [start, end] = [model.getPositionAt(from), model.getPositionAt(to)]
        return new monaco.Selection(start.lineNumber, start.column, end.lineNumber, end.column)
      })
      if (!sameSelections(moved, editor.getSelections() ?? [])) editor.setSelections(moved)
      if (inView) keepInView(editor, model, { ...inView, offset: movedOffset(inView.offset, edits, 'right') })
    }
  }

  #take(act: () => void): void {
    this.#isUndoing = true
    try {
      act()
    } finally {
      this.#isUndoing = false
    }
  }

  /** After an undo the cursor is where the text has changed. */
  #goTo(edits: readonly TextEdit[]): void {
    const { model, editor } = this.#parts
    const last = edits.at(-1)
    if (!last || editor.getModel() !== model) return
    const end = movedOffset(last.end, edits, 'right')
    editor.setPosition(model.getPositionAt(end))
    editor.revealPosition(model.getPositionAt(end))
  }
}

function editOfChange({ rangeOffset, rangeLength, text }: monaco.editor.IModelContentChange): TextEdit {
  return { start: rangeOffset, end: rangeOffset + rangeLength, insert: text }
}

/** More than a run would take. A character has three bytes at most for each of its units. */
function isTooLong(model: Model): boolean {
  const units = model.getValueLength()
  return units * 3 > MAX_SOURCE_BYTES && new TextEncoder().encode(model.getValue()).length > MAX_SOURCE_BYTES
}

type Before = { model: Model; before: string; edits: readonly TextEdit[] }

/** A selection's two ends, the one that moves with the arrow keys as `to`, by their offsets after the edits. */
function movedSelection(selection: monaco.Selection, { model, before, edits }: Before): { from: number; to: number } {
  const anchor = model.getOffsetAt({
    lineNumber: selection.selectionStartLineNumber,
    column: selection.selectionStartColumn,
  })
  const head = model.getOffsetAt({ lineNumber: selection.positionLineNumber, column: selection.positionColumn })
  if (anchor === head) {
    const offset = movedOffset(head, edits, sideOf(head, before))
    return { from: offset, to: offset }
  }
  // What is inserted at an edge of a selection does not belong to it.
  const [first, last] = anchor < head ? (['right', 'left'] as const) : (['left', 'right'] as const)
  return { from: movedOffset(anchor, edits, first), to: movedOffset(head, edits, last) }
}

function sameSelections(a: readonly monaco.Selection[], b: readonly monaco.Selection[]): boolean {
  return a.length === b.length && a.every((one, index) => b[index] !== undefined && one.equalsSelection(b[index]))
}

/** The first line in view, and how far below the upper edge it begins, in pixels. */
function firstInView(editor: CodeEditorInstance, model: Model): { offset: number; below: number } | null {
  const line = editor.getVisibleRanges()[0]?.startLineNumber
  if (line === undefined) return null
  const below = editor.getTopForLineNumber(line) - editor.getScrollTop()
  return { offset: model.getOffsetAt({ lineNumber: line, column: 1 }), below }
}

function keepInView(
  editor: CodeEditorInstance,
  model: Model,
  { offset, below }: { offset: number; below: number },
): void {
  const wanted = editor.getTopForLineNumber(model.getPositionAt(offset).lineNumber) - below
  if (wanted !== editor.getScrollTop()) editor.setScrollTop(wanted)
}
