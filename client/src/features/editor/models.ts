import { monaco } from './monaco.ts'
import { smallestEdit } from './smallest-edit.ts'

const SCHEME = 'practice'

/** The address of a file's text inside Monaco. */
export function modelPath(exercise: string, file: string): string {
  return `${SCHEME}:/${exercise}/${file}`
}

/** Makes a model read `text`, by the smallest single edit, so that undo and the cursor survive. */
export function replaceText(model: monaco.editor.ITextModel, text: string): void {
  const current = model.getValue()
  if (current === text) return
  const { start, end, insert } = smallestEdit(current, text)
  const range = monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end))
  model.pushStackElement()
  model.pushEditOperations([], [{ range, text: insert }], () => null)
  model.pushStackElement()
}

/** Lets go of the texts of files that are no longer there, with their undo history. */
export function disposeOtherModels(exercise: string, names: string[]): void {
  const keep = new Set(names.map((name) => modelPath(exercise, name)))
  for (const model of monaco.editor.getModels()) {
    if (model.uri.scheme === SCHEME && !keep.has(`${SCHEME}:${model.uri.path}`)) model.dispose()
  }
}
