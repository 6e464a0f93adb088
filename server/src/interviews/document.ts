import { DocumentPath, MAX_FILES } from '@sandbox/protocol'
import * as Y from 'yjs'

/** Of all files that were ever in an interview's document together. */
const MAX_CHARS = 1024 * 1024
/** Files of all its exercises. */
const MAX_PATHS = 10 * MAX_FILES
/** The one root of the document: file texts by `<exercise>/<name>`. */
const ROOT = 'files'

/** Why an update is not taken in; null: it can be. */
type Objection = string | null

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]
type Known = (id: { client: number; clock: number }) => boolean

/**
 * The text that an interview works on. Updates come from strangers: one is taken in only if it does what our pages do
 * (texts under a path, characters in a text, deletions), refers to nothing that is unknown here, and fits.
 */
export class SharedDocument {
  readonly #doc = new Y.Doc()
  readonly #files = this.#doc.getMap<Y.Text>(ROOT)

  /** Takes in what was checked when it came first. Throws where it is no update. */
  restore(updates: Uint8Array[]): void {
    if (updates.length > 0) Y.applyUpdate(this.#doc, Y.mergeUpdates(updates))
  }

  /** Takes an update in, or says why not and stays as it was. */
  apply(update: Uint8Array): Objection {
    const objection = this.#objection(update)
    if (objection === null) Y.applyUpdate(this.#doc, update)
    return objection
  }

  /** All of it, as one update. */
  get state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc)
  }

  /** Whether an exercise has files here. */
  has(exercise: string): boolean {
    return [...this.#files.keys()].some((path) => path.startsWith(`${exercise}/`))
  }

  /** The files of an exercise, by name. */
  filesOf(exercise: string): { name: string; text: string }[] {
    const prefix = `${exercise}/`
    return [...this.#files.entries()]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, text]) => ({ name: path.slice(prefix.length), text: text.toString() }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Every file's text, by path. */
  get texts(): ReadonlyMap<string, string> {
    return new Map([...this.#files.entries()].map(([path, text]) => [path, text.toString()]))
  }

  /** Puts files there and returns the update that did it. */
  seed(exercise: string, files: { name: string; text: string }[]): Uint8Array {
    const before = Y.encodeStateVector(this.#doc)
    this.#doc.transact(() => {
      for (const { name, text } of files) this.#files.set(`${exercise}/${name}`, new Y.Text(text))
    })
    return Y.encodeStateAsUpdate(this.#doc, before)
  }

  #objection(update: Uint8Array): Objection {
    const decoded = decode(update)
    if (decoded === null) return 'This is no change of a document.'
    const { structs, ds } = decoded
    const known = this.#knownWith(structs)
    if (!structs.every((struct) => isOurs(struct, known))) return 'This is no change that our pages make.'
    const deleted = [...ds.clients].flatMap(([client, items]) =>
      items.map(({ clock, len }) => ({ client, clock: clock + len - 1 })),
    )
    if (!deleted.every(known)) return 'This deletes what is not known here.'
    return this.#tooMuch(structs)
  }

  /** What is known once the structs are in: an update may refer to what it brings. */
  #knownWith(structs: Struct[]): Known {
    const ends = new Map(Y.decodeStateVector(Y.encodeStateVector(this.#doc)))
    for (const { id, length } of structs) {
      const end = ends.get(id.client) ?? 0
      // A gap stays a gap: what follows it is not known.
      if (id.clock <= end) ends.set(id.client, Math.max(end, id.clock + length))
    }
    return ({ client, clock }) => clock < (ends.get(client) ?? 0)
  }

  #tooMuch(structs: Struct[]): Objection {
    if (this.#files.size + structs.filter(makesFile).length > MAX_PATHS)
      return `An interview has at most ${MAX_PATHS} files.`
    const added = structs.reduce((sum, struct) => sum + charsOf(struct), 0)
    return this.#chars + added <= MAX_CHARS ? null : `The files together have at most ${MAX_CHARS / 1024} KiB.`
  }

  get #chars(): number {
    let sum = 0
    for (const text of this.#files.values()) sum += text.length
    return sum
  }
}

function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> | null {
  try {
    return Y.decodeUpdate(update)
  } catch {
    return null
  }
}

/** A struct that our pages make: a text set under a path, characters in a text, or what is left of something deleted. */
function isOurs(struct: Struct, known: Known): boolean {
  if (!known({ client: struct.id.client, clock: struct.id.clock + struct.length - 1 })) return false
  if (struct instanceof Y.GC) return true
  if (!(struct instanceof Y.Item)) return false
  const { parent, parentSub, origin, rightOrigin, content } = struct
  if (![origin, rightOrigin].every((id) => id === null || known(id))) return false
  if (parentSub !== null && !DocumentPath.safeParse(parentSub).success) return false
  if (typeof parent === 'string') return parent === ROOT && parentSub !== null && isFile(content)
  if (parent instanceof Y.ID && (!known(parent) || parentSub !== null)) return false
  return isCharacters(content) || (origin !== null && isFile(content))
}

function isFile(content: Y.Item['content']): boolean {
  if (content instanceof Y.ContentDeleted) return true
  return content instanceof Y.ContentType && content.type instanceof Y.Text
}

function isCharacters(content: Y.Item['content']): boolean {
  return content instanceof Y.ContentString || content instanceof Y.ContentDeleted
}

function makesFile(struct: Struct): boolean {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentType
}

function charsOf(struct: Struct): number {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.length : 0
}
