import * as Y from 'yjs'
import { smallestEdit } from '../smallest-edit.ts'

/** Typing that is undone as one step, in milliseconds. */
const UNDO_STEP_MS = 500

/** Why the document changed: `own` is what the person at this page did, and can undo. */
export type Origin = 'own' | 'server' | 'restored' | 'mended'

interface NamedText {
  name: string
  text: string
}

export interface SharedDocumentParts {
  /** Something in it is otherwise, whoever did it. */
  changed(): void
  /** This page changed it: the server is to know. */
  edited(update: Uint8Array): void
}

/** The files of an interview, as everybody edits them at once: one Yjs document, a text for each file. */
export class SharedDocument {
  readonly doc = new Y.Doc()
  readonly #files = this.doc.getMap<unknown>('files')
  readonly #undo = new Map<string, { text: Y.Text; manager: Y.UndoManager }>()

  constructor({ changed, edited }: SharedDocumentParts) {
    this.#files.observeDeep(changed)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== from('server') && origin !== from('restored')) edited(update)
    })
  }

  /** Takes in a change that was made elsewhere, or before a reload. Throws where it is not one. */
  apply(update: Uint8Array, origin: 'server' | 'restored'): void {
    Y.applyUpdate(this.doc, update, from(origin))
  }

  /**
   * What a document does not have that stands here; null where it has everything. Deletions alone cannot be told from what
   * a document has: `hasDeleted` says that there may be some.
   */
  missingIn(document: Uint8Array, hasDeleted: boolean): Uint8Array | null {
    const theirs = Y.encodeStateVectorFromUpdate(document)
    const known = Y.decodeStateVector(theirs)
    const mine = Y.decodeStateVector(Y.encodeStateVector(this.doc))
    const hasMore = [...mine].some(([client, clock]) => clock > (known.get(client) ?? 0))
    return hasMore || hasDeleted ? Y.encodeStateAsUpdate(this.doc, theirs) : null
  }

  /** The files whose paths begin with the exercise's name, by name. */
  filesOf(exercise: string): NamedText[] {
    const prefix = `${exercise}/`
    return [...this.#files]
      .flatMap(([path, text]) =>
        path.startsWith(prefix) && text instanceof Y.Text
          ? [{ name: path.slice(prefix.length), text: text.toString() }]
          : [],
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** The text of a file, for who edits it in place; null where there is none. */
  text(path: string): Y.Text | null {
    const text = this.#files.get(path)
    return text instanceof Y.Text ? text : null
  }

  /** The undo of what was done at this page to a file; null where there is no such file. */
  undo(path: string): Y.UndoManager | null {
    const text = this.text(path)
    const known = this.#undo.get(path)
    if (known && known.text === text) return known.manager
    known?.manager.destroy()
    this.#undo.delete(path)
    if (!text) return null
    const manager = new Y.UndoManager(text, {
      trackedOrigins: new Set([from('own')]),
      captureTimeout: UNDO_STEP_MS,
    })
    this.#undo.set(path, { text, manager })
    return manager
  }

  /** Changes the document by hand, as one step that others see at once. */
  edit(change: () => void): void {
    this.doc.transact(change, from('own'))
  }

  /** Makes the files of an exercise those of `after` where `before` has them otherwise; each can be undone by itself. */
  write(exercise: string, before: readonly NamedText[], after: readonly NamedText[]): void {
    for (const { name } of before) {
      if (!after.some((file) => file.name === name)) this.edit(() => this.#files.delete(`${exercise}/${name}`))
    }
    for (const { name, text } of after) {
      if (before.some((file) => file.name === name && file.text === text)) continue
      this.#writeFile(`${exercise}/${name}`, text)
    }
  }

  #writeFile(path: string, wanted: string): void {
    const text = this.text(path)
    if (!text) {
      this.edit(() => this.#files.set(path, new Y.Text(wanted)))
      return
    }
    const { start, end, insert } = smallestEdit(text.toString(), wanted)
    const undo = this.undo(path)
    undo?.stopCapturing()
    this.edit(() => {
      text.delete(start, end - start)
      text.insert(start, insert)
    })
    undo?.stopCapturing()
  }

  /** Takes carriage returns out of a text: an editor shows none, and offsets would differ. Whoever sees one does so, which comes to the same. */
  mend(text: Y.Text): void {
    const current = text.toString()
    if (!current.includes('\r')) return
    this.doc.transact(() => {
      for (let at = current.length - 1; at >= 0; at--) if (current[at] === '\r') text.delete(at, 1)
    }, from('mended'))
  }
}

const ORIGINS: Readonly<Record<Origin, symbol>> = {
  own: Symbol('own'),
  server: Symbol('server'),
  restored: Symbol('restored'),
  mended: Symbol('mended'),
}

function from(origin: Origin): symbol {
  return ORIGINS[origin]
}
