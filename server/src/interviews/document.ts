import { MAX_FILES, type MemberId } from '@sandbox/protocol'
import * as Y from 'yjs'
import { checkUpdate, type NewContent, ROOT } from './update-check.ts'

/** Of all files of an interview together, as they stand. */
const MAX_CHARS = 1024 * 1024
/** Files of all its exercises. */
const MAX_PATHS = 10 * MAX_FILES
/** Yjs keeps a trace of whatever was there: an interview has some thousands. */
const MAX_STRUCTS = 50_000
/** Every page that edits is one, every time it is loaded. */
const MAX_CLIENTS = 1000
/** Clocks that one struct may take, which are no characters: what is left of something deleted. */
const MAX_LENGTH = 2 * MAX_CHARS

/** Why an update is not taken in; null: it was. */
type Objection = string | null

/**
 * The text that an interview works on. Updates come from strangers: one is taken in only if it does what our pages do,
 * under the name that its member has in the document, and fits.
 */
export class SharedDocument {
  readonly #doc = new Y.Doc()
  readonly #files = this.#doc.getMap<Y.Text>(ROOT)
  /** Whose structs a Yjs client's are: nobody goes on under another one's name, whose own edits would then be lost. */
  readonly #owners = new Map<number, MemberId | null>()

  /** Takes in what was checked when it came first. Throws where it is no update. */
  restore(edits: readonly { by: MemberId | null; update: Uint8Array }[]): void {
    if (edits.length === 0) return
    for (const { by, update } of edits) {
      const { from } = Y.parseUpdateMeta(update)
      for (const client of from.keys()) if (!this.#owners.has(client)) this.#owners.set(client, by)
    }
    Y.applyUpdate(this.#doc, Y.mergeUpdates(edits.map(({ update }) => update)))
  }

  /** Takes an update in, or says why not and stays as it was. */
  apply(update: Uint8Array, by: MemberId | null): Objection {
    const content = checkUpdate(update, this.#doc)
    if (typeof content === 'string') return content
    const objection = this.#foreign(content, by) ?? this.#tooMuch(content)
    if (objection !== null) return objection
    for (const client of content.clients) this.#owners.set(client, by)
    Y.applyUpdate(this.#doc, update)
    return null
  }

  /** All of it, as one update. */
  get state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc)
  }

  /** Every file's text, by path. */
  get texts(): ReadonlyMap<string, string> {
    return new Map([...this.#files.entries()].map(([path, text]) => [path, text.toString()]))
  }

  /** Whether there are files of an exercise. */
  has(exercise: string): boolean {
    return [...this.#files.keys()].some((path) => path.startsWith(`${exercise}/`))
  }

  /** Puts those files there that are missing and returns the update that did it; null where none is. */
  seed(exercise: string, files: readonly { name: string; text: string }[], by: MemberId): Uint8Array | null {
    const missing = files.filter(({ name }) => !this.#files.has(`${exercise}/${name}`))
    if (missing.length === 0) return null
    const before = Y.encodeStateVector(this.#doc)
    this.#doc.transact(() => {
      for (const { name, text } of missing) this.#files.set(`${exercise}/${name}`, new Y.Text(text))
    })
    if (!this.#owners.has(this.#doc.clientID)) this.#owners.set(this.#doc.clientID, by)
    return Y.encodeStateAsUpdate(this.#doc, before)
  }

  #foreign({ clients }: NewContent, by: MemberId | null): Objection {
    const isForeign = (client: number) => this.#owners.has(client) && this.#owners.get(client) !== by
    return [...clients].some(isForeign) ? 'This goes on in the name of somebody else.' : null
  }

  /** What adds nothing is never too much: it makes room. */
  #tooMuch({ structs, clients, files, chars }: NewContent): Objection {
    if (files > 0 && this.#files.size + files > MAX_PATHS) return `An interview has at most ${MAX_PATHS} files.`
    if (chars > 0 && this.#chars + chars > MAX_CHARS) return `The files together have at most ${MAX_CHARS / 1024} KiB.`
    const unknown = [...clients].filter((client) => !this.#owners.has(client)).length
    const isFull = structs.length > 0 && this.#structs + structs.length > MAX_STRUCTS
    const isCrowded = unknown > 0 && this.#owners.size + unknown > MAX_CLIENTS
    if (isFull || isCrowded || structs.some(({ length }) => length > MAX_LENGTH))
      return 'This interview has been edited as often as is kept. Go on in another one.'
    return null
  }

  /** As they are kept: what somebody typed in a run has become one. */
  get #structs(): number {
    let sum = 0
    for (const structs of this.#doc.store.clients.values()) sum += structs.length
    return sum
  }

  get #chars(): number {
    let sum = 0
    for (const text of this.#files.values()) sum += text.length
    return sum
  }
}
