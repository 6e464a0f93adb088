import { smallestEdit } from '../../state/smallest-edit.ts'
import { monaco } from './monaco.ts'

const SCHEME = 'practice'

/** The address of a file's text inside Monaco. */
export function modelPath(exercise: string, file: string): string {
  return `${SCHEME}:/${exercise}/${file}`
}

/** Makes a model read `text`, by the smallest single edit, so that undo and the cursor survive. */
export function replaceText(model: monaco.editor.ITextModel, text: string): void {
  const edits = editsTo(model, text)
  if (edits.length === 0) return
  model.pushStackElement()
  model.pushEditOperations([], edits, () => null)
  model.pushStackElement()
}

/** The same where nobody will undo it. */
export function showText(model: monaco.editor.ITextModel, text: string): void {
  model.applyEdits(editsTo(model, text))
}

function editsTo(model: monaco.editor.ITextModel, text: string): monaco.editor.IIdentifiedSingleEditOperation[] {
  const current = model.getValue()
  if (current === text) return []
  const { start, end, insert } = smallestEdit(current, text)
  return [{ range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)), text: insert }]
}

/** Lets go of the texts of files that are no longer there, with their undo history. */
export function disposeOtherModels(exercise: string, names: string[]): void {
  const keep = new Set(names.map((name) => modelPath(exercise, name)))
  for (const model of monaco.editor.getModels()) {
    if (model.uri.scheme === SCHEME && !keep.has(`${SCHEME}:${model.uri.path}`)) model.dispose()
  }
}
