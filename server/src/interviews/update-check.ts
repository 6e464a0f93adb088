import { DocumentPath, MAX_UPDATE_DELETIONS, MAX_UPDATE_STRUCTS } from '@sandbox/protocol'
import * as Y from 'yjs'

/** The one root of the document: file texts by `<exercise>/<name>`. */
export const ROOT = 'files'

type Decoded = ReturnType<typeof Y.decodeUpdate>
export type Struct = Decoded['structs'][number]
type Id = { client: number; clock: number }
/** What an item belongs to: it stands for a file under a path, or is characters in a file. */
type Kind = 'file' | 'characters'

/** What an update brings that was not known before. */
export interface NewContent {
  structs: Struct[]
  /** Yjs clients whose structs they are. */
  clients: Set<number>
  files: number
  chars: number
}

/**
 * Looks at an update as a stranger's: what it brings must be something that our own pages make, and refer to what is
 * known or comes with it. Returns a sentence where it does not.
 */
export function checkUpdate(update: Uint8Array, doc: Y.Doc): NewContent | string {
  const decoded = decode(update)
  if (decoded === null) return 'This is no change of a document.'
  const { structs, ds } = decoded
  const deletions = [...ds.clients].flatMap(([client, items]) =>
    items.map(({ clock, len }) => ({ client, clock, len })),
  )
  if (structs.length > MAX_UPDATE_STRUCTS || deletions.length > MAX_UPDATE_DELETIONS)
    return 'This is too much at once. What was typed since the page was loaded is lost: copy it, and load the page again.'
  const brought = new Brought(structs, doc.store)
  if (!structs.every((struct) => brought.isOurs(struct))) return 'This is no change that our pages make.'
  if (!deletions.every(({ client, clock, len }) => brought.isKnown({ client, clock: clock + len - 1 })))
    return 'This deletes what is not known here.'
  return contentOf(structs.filter((struct) => isNew(struct, doc.store)))
}

function decode(update: Uint8Array): Decoded | null {
  try {
    return Y.decodeUpdate(update)
  } catch {
    return null
  }
}

function isNew({ id, length }: Struct, store: Y.Doc['store']): boolean {
  return id.clock + length > Y.getState(store, id.client)
}

function contentOf(structs: Struct[]): NewContent {
  const contents = structs.flatMap((struct) => (struct instanceof Y.Item ? [struct.content] : []))
  return {
    structs,
    clients: new Set(structs.map(({ id }) => id.client)),
    files: contents.filter((content) => content instanceof Y.ContentType).length,
    chars: contents.reduce((sum, content) => sum + (content instanceof Y.ContentString ? content.getLength() : 0), 0),
  }
}

/** The structs of an update together with what is in the store already. */
class Brought {
  readonly #store: Y.Doc['store']
  /** By client, in the order of their clocks: that is how an update has them. */
  readonly #structs = new Map<number, Struct[]>()
  /** What each client's known clocks end at, once the update is in. */
  readonly #ends = new Map<number, number>()
  readonly #kinds = new Map<Struct, Kind | null>()

  constructor(structs: Struct[], store: Y.Doc['store']) {
    this.#store = store
    for (const struct of structs) {
      const { client, clock } = struct.id
      const end = this.#endOf(client)
      // A gap stays a gap: what follows it is not known.
      if (clock <= end) this.#ends.set(client, Math.max(end, clock + struct.length))
      const own = this.#structs.get(client) ?? []
      own.push(struct)
      this.#structs.set(client, own)
    }
  }

  isKnown({ client, clock }: Id): boolean {
    return clock >= 0 && clock < this.#endOf(client)
  }

  /** Whether our pages make such a struct: a text under a path, characters in a text, or what is left of either. */
  isOurs(struct: Struct): boolean {
    const { id, length } = struct
    if (!this.isKnown({ client: id.client, clock: id.clock + length - 1 })) return false
    // Our pages send from where the server's knowledge ends; what straddles it could hide under what is known.
    const known = Y.getState(this.#store, id.client)
    if (id.clock < known && id.clock + length > known) return false
    if (struct instanceof Y.GC) return true
    return struct instanceof Y.Item && this.#refersToKnown(struct) && this.#isContentOf(struct, this.#kindOf(struct))
  }

  #endOf(client: number): number {
    return this.#ends.get(client) ?? Y.getState(this.#store, client)
  }

  #refersToKnown({ origin, rightOrigin, parent }: Y.Item): boolean {
    return [origin, rightOrigin, parent instanceof Y.ID ? parent : null].every((id) => id === null || this.isKnown(id))
  }

  #isContentOf({ content }: Y.Item, kind: Kind | null): boolean {
    if (content instanceof Y.ContentDeleted) return kind !== null
    if (kind === 'file') return content instanceof Y.ContentType && content.type.constructor === Y.Text
    return kind === 'characters' && content instanceof Y.ContentString
  }

  /** An item says where it belongs, or belongs where its neighbour does. Null: nowhere that our pages know. */
  #kindOf(struct: Struct): Kind | null {
    const known = this.#kinds.get(struct)
    if (known !== undefined) return known
    // Set first: an item whose neighbours lead back to it belongs nowhere.
    this.#kinds.set(struct, null)
    const kind = struct instanceof Y.Item ? this.#resolve(struct) : 'characters'
    this.#kinds.set(struct, kind)
    return kind
  }

  #resolve({ parent, parentSub, origin, rightOrigin }: Y.Item): Kind | null {
    if (typeof parent === 'string') return parent === ROOT && isPath(parentSub) ? 'file' : null
    if (parent instanceof Y.ID) return parentSub === null && this.#isFile(this.#find(parent)) ? 'characters' : null
    // In the store an item knows its parent itself.
    if (parent !== null) return parentSub === null ? 'characters' : 'file'
    const neighbour = origin ?? rightOrigin
    return neighbour === null ? null : this.#kindOf(this.#find(neighbour))
  }

  #isFile(struct: Struct): boolean {
    if (struct instanceof Y.GC) return true
    return struct instanceof Y.Item && (struct.content instanceof Y.ContentDeleted || this.#kindOf(struct) === 'file')
  }

  /** The struct that holds a known id. */
  #find(id: Id): Struct {
    if (id.clock < Y.getState(this.#store, id.client)) return Y.getItem(this.#store, Y.createID(id.client, id.clock))
    const own = this.#structs.get(id.client) ?? []
    const found = own.find((struct) => id.clock < struct.id.clock + struct.length && id.clock >= struct.id.clock)
    if (found === undefined) throw new Error('a known id is in neither')
    return found
  }
}

function isPath(parentSub: string | null): boolean {
  return parentSub !== null && DocumentPath.safeParse(parentSub).success
}
