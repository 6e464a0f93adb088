import type { Act, ActId, ClientMessage } from '@sandbox/protocol'
import type { Clock } from '../ports.ts'
import { createStore, type Store } from '../store.ts'
import { toBase64 } from './base64.ts'
import { fits, fittingUpdates } from './fitting-updates.ts'
import { partedByAge, type QueuedAct } from './queued-act.ts'
import type { Unkept } from './unkept.ts'

/** After a keystroke was sent, further ones are sent together this much later, in milliseconds. */
export const PACE_MS = 40
/** What is kept sooner than this is not worth a word, in milliseconds. */
export const SLOW_MS = 500
/** Changes that come while there is no connection are laid together once so many wait by themselves. */
const MAX_WAITING_CHANGES = 64
/** Acts that wait for a connection. */
const MAX_WAITING_ACTS = 200

/** How far what was done at this page has come. */
export interface Keeping {
  /** Messages that the server has not said to have on its disk. */
  unkept: number
  /** They are longer on their way than they should be. */
  slow: boolean
}

export interface OutboxParts {
  clock: Clock
  /** A random name. */
  newId(): ActId
  /** Sends to the server; false where there is no connection. */
  send(message: ClientMessage): boolean
  /** What is not kept is otherwise. */
  changed(): void
  /** For these it is too late: they are not sent. */
  late(acts: readonly QueuedAct[]): void
}

type Sent = { serial: number } & ({ update: Uint8Array } | (QueuedAct & { id: ActId }))

/**
 * What was done at this page and is on its way to the server's disk. The first keystroke goes at once, those that follow go
 * together. Without a connection everything waits, and is sent when the room is open again.
 */
export class Outbox {
  readonly state: Store<Keeping> = createStore<Keeping>({ unkept: 0, slow: false })
  readonly #parts: OutboxParts
  #isOpen = false
  #serial = 0
  /** Not sent yet. */
  #typed: Uint8Array[] = []
  /** How many of them are laid together already. */
  #laid = 0
  /** Sent, or to be sent again, and not kept. */
  #sent: Sent[] = []
  #cancelPace: (() => void) | null = null
  #cancelSlow: (() => void) | null = null

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  /** The document was changed here. */
  edit(update: Uint8Array): void {
    this.#typed.push(update)
    if (this.#isOpen) this.#flushSoon()
    else if (this.#typed.length > this.#laid + MAX_WAITING_CHANGES) this.#layTogether()
    this.#tell()
  }

  /** Something to be put into the log. False where it cannot be taken: too much waits already. */
  act(act: Act): boolean {
    const waiting = this.#sent.filter((sent) => 'act' in sent).length
    if (waiting >= MAX_WAITING_ACTS) return false
    this.#flush()
    this.#send({ serial: this.#next(), id: this.#parts.newId(), act, madeAt: this.#parts.clock.now() })
    this.#tell()
    return true
  }

  /** The room is open, and lacks `missing` of the document: that is sent, then the acts that were not kept, unless it is too late. */
  opened(missing: Uint8Array | null): void {
    const { acts, edits: own } = this.unkept()
    this.#isOpen = true
    this.#typed = []
    this.#laid = 0
    this.#sent = []
    if (missing !== null) this.#sendEdits(fits(missing) ? [missing] : own)
    this.#sendTimely(acts)
    this.#tell()
  }

  /** There is no room any more, for now. */
  closed(): void {
    this.#isOpen = false
    this.#cancelPace?.()
    this.#cancelPace = null
    this.#tell()
  }

  /** This and all before it is on the server's disk. */
  kept(serial: number): void {
    this.#sent = this.#sent.filter((sent) => sent.serial > serial)
    this.#tell()
  }

  /** This will never be kept. Says whether it was a change of the document: then no later one can be kept either. */
  dropped(serial: number): { wasEdit: boolean } {
    const sent = this.#sent.find((one) => one.serial === serial)
    const wasEdit = sent !== undefined && 'update' in sent
    this.#sent = this.#sent.filter((one) => one !== sent && !(wasEdit && 'update' in one))
    if (wasEdit) {
      this.#typed = []
      this.#laid = 0
    }
    this.#tell()
    return { wasEdit }
  }

  /** What was not kept before the page was loaded again; it is sent once the room is open, or at once where it is. */
  restore({ edits, acts }: Unkept): void {
    this.#typed.push(...edits)
    this.#flush()
    this.#sendTimely(acts.slice(0, MAX_WAITING_ACTS))
    this.#tell()
  }

  /** Whether a reload would lose nothing. */
  get isEmpty(): boolean {
    return this.#sent.length === 0 && this.#typed.length === 0
  }

  /** Everything that a reload would lose. */
  unkept(): Unkept {
    const edits = this.#sent.flatMap((sent) => ('update' in sent ? [sent.update] : []))
    const acts = this.#sent.flatMap((sent) =>
      'act' in sent ? [{ id: sent.id, act: sent.act, madeAt: sent.madeAt }] : [],
    )
    return { edits: [...edits, ...this.#typed], acts }
  }

  #next(): number {
    this.#serial++
    return this.#serial
  }

  #flushSoon(): void {
    if (this.#cancelPace) return
    this.#flush()
    this.#cancelPace = this.#parts.clock.after(PACE_MS, () => {
      this.#cancelPace = null
      if (this.#typed.length > 0) this.#flushSoon()
    })
  }

  #flush(): void {
    if (!this.#isOpen || this.#typed.length === 0) return
    const edits = this.#typed
    this.#typed = []
    this.#sendEdits(edits)
  }

  #layTogether(): void {
    this.#typed = fittingUpdates(this.#typed)
    this.#laid = this.#typed.length
  }

  #sendEdits(edits: readonly Uint8Array[]): void {
    for (const update of fittingUpdates(edits)) this.#send({ serial: this.#next(), update })
  }

  #sendTimely(acts: readonly QueuedAct[]): void {
    const { timely, late } = partedByAge(acts, this.#parts.clock.now())
    for (const { id = this.#parts.newId(), ...queued } of timely) this.#send({ serial: this.#next(), id, ...queued })
    if (late.length > 0) this.#parts.late(late)
  }

  /** A message that cannot be sent now is sent again when the room is open. */
  #send(sent: Sent): void {
    this.#sent.push(sent)
    if (!this.#isOpen) return
    this.#parts.send(messageOf(sent))
  }

  #tell(): void {
    const unkept = this.#sent.length + (this.#typed.length > 0 ? 1 : 0)
    if (unkept === 0) {
      this.#cancelSlow?.()
      this.#cancelSlow = null
    }
    const { slow } = this.state.get()
    this.state.set({ unkept, slow: slow && unkept > 0 })
    if (unkept > 0 && !slow) this.#cancelSlow ??= this.#parts.clock.after(SLOW_MS, () => this.#saySlow())
    this.#parts.changed()
  }

  #saySlow(): void {
    this.#cancelSlow = null
    this.state.update((state) => ({ ...state, slow: state.unkept > 0 }))
  }
}

/** An act goes under the same name each time, so that the server knows it again. */
function messageOf(sent: Sent): ClientMessage {
  const { serial } = sent
  if ('update' in sent) return { type: 'edit', serial, update: toBase64(sent.update) }
  return { type: 'act', serial, id: sent.id, act: sent.act }
}
