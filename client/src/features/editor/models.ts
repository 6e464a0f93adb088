import { monaco } from './monaco.ts'

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

/** The one replacement that turns one text into another, with the common ends left alone. */
export function smallestEdit(from: string, to: string): { start: number; end: number; insert: string } {
  const most = Math.min(from.length, to.length)
  let start = 0
  while (start < most && from[start] === to[start]) start++
  let tail = 0
  while (tail < most - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail++
  return { start, end: from.length - tail, insert: to.slice(start, to.length - tail) }
}

/** Lets go of the texts of files that are no longer there, with their undo history. */
export function disposeOtherModels(exercise: string, names: string[]): void {
  const keep = new Set(names.map((name) => modelPath(exercise, name)))
  for (const model of monaco.editor.getModels()) {
    if (model.uri.scheme === SCHEME && !keep.has(`${SCHEME}:${model.uri.path}`)) model.dispose()
  }
}
