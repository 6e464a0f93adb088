import * as Y from 'yjs'
import { fromBase64 } from './base64.ts'
import { FileHistory } from './file-history.ts'

/** A file's text was changed, or the file came or went. */
export interface TextChange {
  path: string
  /** Lines that now hold what was written, from 1, both included. */
  lines: [number, number]
  /** As it is now; empty where the file is gone. */
  text: string
}

/**
 * The interview's document at every entry of its log. The changes go through Yjs once, in order; what they did to each
 * file's text is kept, so that no moment needs Yjs again: going back would mean to start over.
 */
export class DocumentHistory {
  readonly #doc = new Y.Doc()
  readonly #root = this.#doc.getMap<unknown>('files')
  readonly #files = new Map<string, FileHistory>()
  readonly #touched = new Set<string>()

  constructor() {
    this.#root.observeDeep((events) => {
      for (const event of events) for (const path of pathsOf(event, this.#root)) this.#touched.add(path)
    })
  }

  /** Takes in the change of the entry of this index. What is no change that Yjs can read changes nothing. */
  apply(index: number, update: string): TextChange[] {
    this.#touched.clear()
    try {
      Y.applyUpdate(this.#doc, fromBase64(update))
    } catch {
      // A log that was imported may hold anything.
      return []
    }
    return [...this.#touched].flatMap((path) => this.#changed(index, path))
  }

  /** Every file as it was after the entry of this index, by its path. */
  at(index: number): ReadonlyMap<string, string> {
    const files = new Map<string, string>()
    for (const [path, history] of this.#files) {
      const text = history.at(index)
      if (text !== null) files.set(path, text)
    }
    return files
  }

  #changed(index: number, path: string): TextChange[] {
    const value = this.#root.get(path)
    const text = value instanceof Y.Text ? value.toString() : null
    const history = this.#files.get(path) ?? new FileHistory()
    if (text === history.latest) return []
    this.#files.set(path, history)
    const splice = history.push(index, text)
    const start = splice?.start ?? 0
    const end = splice === null ? (text?.length ?? 0) : start + splice.insert.length
    return [{ path, lines: [lineAt(text ?? '', start), lineAt(text ?? '', end)], text: text ?? '' }]
  }
}

function pathsOf(event: Y.YEvent<Y.AbstractType<unknown>>, root: Y.Map<unknown>): string[] {
  if (event.target === root) return [...event.keys.keys()]
  const [path] = event.path
  return typeof path === 'string' ? [path] : []
}

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}
