import type { ClientMessage, Cursor, Interview, Member, MemberId } from '@sandbox/protocol'
import type { Clock } from '../ports.ts'
import { createStore, type Store } from '../store.ts'

/** Least time between two messages of where one's own cursor stands, in milliseconds. */
export const CURSOR_PAUSE_MS = 200
/** How long a line is shown that somebody points at, in milliseconds. */
export const POINTING_MS = 5000
/** Members that have a colour of their own; those after them share. Everybody has a name beside it. */
export const MEMBER_COLOURS = 8

/** Where somebody points. */
export interface Pointing {
  by: MemberId
  path: string
  line: number
}

/** Who is there, and where they are in the code. */
export interface Presence {
  /** Who has a page open. */
  here: readonly MemberId[]
  /** Where the others' cursors stand, as they were told last. */
  cursors: ReadonlyMap<MemberId, Cursor>
  /** Whose cursor this page goes with. */
  following: MemberId | null
  /** By member; each for a few seconds. */
  pointing: readonly Pointing[]
}

const NOBODY: Presence = { here: [], cursors: new Map(), following: null, pointing: [] }

export interface PeopleParts {
  clock: Clock
  /** Sends to the server; false where there is no connection. */
  send(message: ClientMessage): boolean
}

/** The others in an interview, as far as it passes: what of it is worth keeping is in the log. */
export class People {
  readonly presence: Store<Presence> = createStore(NOBODY)
  readonly #parts: PeopleParts
  #cursor: Cursor | null = null
  /** As the others know it. */
  #told: Cursor | null = null
  #cancelPause: (() => void) | null = null
  readonly #unpoint = new Map<MemberId, () => void>()

  constructor(parts: PeopleParts) {
    this.#parts = parts
  }

  /** The room is open again: who is where is told anew, by this page too. */
  opened(): void {
    this.presence.update((presence) => ({ ...presence, cursors: new Map() }))
    this.#told = null
    this.moved(this.#cursor)
  }

  /** Somebody came or went. Who came does not know yet where the others are. */
  setHere(here: readonly MemberId[]): void {
    this.#told = null
    this.moved(this.#cursor)
    this.presence.update((presence) => ({
      ...presence,
      here,
      cursors: new Map([...presence.cursors].filter(([member]) => here.includes(member))),
      following: presence.following !== null && here.includes(presence.following) ? presence.following : null,
    }))
  }

  setCursor(member: MemberId, cursor: Cursor | null): void {
    this.presence.update((presence) => {
      const cursors = new Map(presence.cursors)
      if (cursor) cursors.set(member, cursor)
      else cursors.delete(member)
      return { ...presence, cursors }
    })
  }

  /** Shows a line that somebody points at, for a few seconds. */
  point(pointing: Pointing): void {
    const { by } = pointing
    this.#unpoint.get(by)?.()
    const others = (presence: Presence) => presence.pointing.filter((one) => one.by !== by)
    this.presence.update((presence) => ({ ...presence, pointing: [...others(presence), pointing] }))
    this.#unpoint.set(
      by,
      this.#parts.clock.after(POINTING_MS, () => {
        this.#unpoint.delete(by)
        this.presence.update((presence) => ({ ...presence, pointing: others(presence) }))
      }),
    )
  }

  follow(member: MemberId | null): void {
    this.presence.update((presence) => (presence.following === member ? presence : { ...presence, following: member }))
  }

  /** One's own cursor has moved; the others are told, a few times a second at most. */
  moved(cursor: Cursor | null): void {
    this.#cursor = cursor
    if (!this.#cancelPause) this.#tell()
  }

  #tell(): void {
    if (sameCursor(this.#cursor, this.#told)) return
    if (!this.#parts.send({ type: 'cursor', cursor: this.#cursor })) return
    this.#told = this.#cursor
    this.#cancelPause = this.#parts.clock.after(CURSOR_PAUSE_MS, () => {
      this.#cancelPause = null
      this.#tell()
    })
  }
}

function sameCursor(a: Cursor | null, b: Cursor | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Which of the colours a member has, from 1. */
export function colourOf(member: MemberId): number {
  return ((Number(member.slice(1)) - 1) % MEMBER_COLOURS) + 1
}

/** The members who were let in and are there, oneself not among them. */
export function othersHere({ members }: Interview, here: readonly MemberId[], me: MemberId): Member[] {
  return members.filter(({ id, standing }) => id !== me && standing === 'inside' && here.includes(id))
}

/** What a member is called. */
export function nameOf({ members }: Interview, member: MemberId | null): string {
  return members.find(({ id }) => id === member)?.name ?? 'Somebody'
}

/** `Jonas, Priya and Kim`. */
export function listOf(names: readonly string[], last = 'and'): string {
  const [end, ...others] = names.toReversed()
  return others.length === 0 ? (end ?? '') : `${others.toReversed().join(', ')} ${last} ${end}`
}
