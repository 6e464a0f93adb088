import {
  CloseCode,
  type InterviewNews,
  type LoggedEntry,
  type Member,
  type MemberId,
  type Role,
  runningMs,
} from '@sandbox/protocol'
import { isVisible, type Standing } from './visibility.ts'

/** One page at an interview. */
export interface Guest {
  readonly person: string
  readonly role: Role
  tell(news: InterviewNews): void
  /** From now on the page is in: it follows the interview's runs. */
  letIn(): void
  /** Sends the page away. */
  end(code: CloseCode, reason: string): void
}

/** What there is to be shown. */
export interface Shown extends Standing {
  readonly title: string
  /** All but edits and cursors, in order. */
  readonly entries: readonly LoggedEntry[]
  /** Milliseconds since the interview was made. */
  readonly at: number
  /** The document as one update. */
  readonly state: Uint8Array
}

const MINUTE_MS = 60_000

/** The pages at an interview: who is at the door and who is in, and what each of them is told. */
export class Audience {
  readonly #shown: Shown
  /** Who each page is; null: not yet known here. */
  readonly #guests = new Map<Guest, MemberId | null>()
  readonly #inside = new Set<Guest>()

  constructor(shown: Shown) {
    this.#shown = shown
  }

  get isEmpty(): boolean {
    return this.#guests.size === 0
  }

  /** A page comes, or it is known now who it is: it stays at the door, or is in where its person was in before. */
  seat(guest: Guest, member: MemberId | null): void {
    this.#guests.set(guest, member)
    this.#place(guest)
  }

  leave(guest: Guest): void {
    const member = this.#guests.get(guest)
    this.#guests.delete(guest)
    if (!this.#inside.delete(guest)) return
    if (member && !this.#present.has(member)) this.tellOthers(guest, { type: 'cursor', member, cursor: null })
    this.#tellPresence()
  }

  /** Whether the page still has to say who it is: nobody came in by it yet, or that they did was not kept. */
  isUnknown(guest: Guest): boolean {
    return this.#guests.has(guest) && this.#memberOf(guest) === null
  }

  /** Who a page is that was let in; null for all others. */
  memberInside(guest: Guest): MemberId | null {
    return this.#inside.has(guest) ? (this.#guests.get(guest) ?? null) : null
  }

  /** The standing of a member has changed. */
  placeAgain(member: MemberId): void {
    for (const [guest, known] of [...this.#guests]) if (known === member) this.#place(guest)
  }

  /** Sends all pages of a role away; null: of every role. */
  dismiss(role: Role | null, { code, reason }: { code: CloseCode; reason: string }): void {
    for (const guest of [...this.#guests.keys()]) if (role === null || guest.role === role) guest.end(code, reason)
  }

  /** Tells everybody inside what they may see of these. */
  tellEntries(entries: readonly LoggedEntry[]): void {
    for (const guest of this.#inside) {
      const visible = this.#visibleTo(guest, entries)
      if (visible.length > 0) guest.tell({ type: 'entries', entries: visible })
    }
  }

  /** Tells everybody inside, but for one page. */
  tellOthers(guest: Guest | null, news: InterviewNews): void {
    for (const other of this.#inside) if (other !== guest) other.tell(news)
  }

  /** Tells candidates what they may know of the clock. */
  tellTime(): void {
    for (const guest of this.#inside) this.#tellTime(guest)
  }

  #visibleTo(guest: Guest, entries: readonly LoggedEntry[]): LoggedEntry[] {
    const member = this.#guests.get(guest)
    if (!member) return []
    return entries.filter((entry) => isVisible(entry, { member, role: guest.role }, this.#shown))
  }

  #place(guest: Guest): void {
    const member = this.#memberOf(guest)
    if (member?.standing === 'removed') guest.end(CloseCode.noEntry, 'you were sent away from this interview')
    else if (member?.standing === 'inside') this.#letIn(guest, member.id)
    else this.#tellDoor(guest)
  }

  #memberOf(guest: Guest): Member | null {
    const id = this.#guests.get(guest)
    return this.#shown.interview.members.find((member) => member.id === id) ?? null
  }

  #letIn(guest: Guest, member: MemberId): void {
    if (this.#inside.has(guest)) return
    this.#inside.add(guest)
    const { at, entries, state } = this.#shown
    guest.tell({
      type: 'room',
      role: guest.role,
      member,
      at,
      entries: this.#visibleTo(guest, entries),
      document: base64Of(state),
    })
    this.#tellTime(guest)
    this.#tellPresence()
    guest.letIn()
  }

  #tellDoor(guest: Guest): void {
    const present = this.#present
    const { interview, title } = this.#shown
    const interviewers = interview.members.filter(({ id, role }) => role === 'interviewer' && present.has(id))
    const name = this.#memberOf(guest)?.name ?? null
    guest.tell({ type: 'door', role: guest.role, title, name, interviewers: interviewers.map((member) => member.name) })
  }

  get #present(): Set<MemberId> {
    return new Set([...this.#inside].flatMap((guest) => this.#guests.get(guest) ?? []))
  }

  /** Who waits is told who is there, too. */
  #tellPresence(): void {
    const members = [...this.#present]
    for (const guest of this.#guests.keys()) {
      if (this.#inside.has(guest)) guest.tell({ type: 'presence', members })
      else this.#tellDoor(guest)
    }
  }

  #tellTime(guest: Guest): void {
    const { interview, at } = this.#shown
    const { sharing, guide, clock } = interview
    if (guest.role !== 'candidate') return
    const leftMs = guide === null ? 0 : guide.minutes * MINUTE_MS - runningMs(clock, at)
    const running = clock.startedAt !== null && clock.pausedAt === null
    guest.tell({ type: 'time', time: sharing.clock && guide !== null ? { leftMs, running } : null })
  }
}

/** The bytes as the protocol has them. */
export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
