import type { CloseCode, InterviewNews, InterviewWish, Role, RunRequest } from '@sandbox/protocol'
import type { Refusal } from '../runs/run-registry.ts'
import { TokenBucket } from '../token-bucket.ts'
import type { Guest } from './audience.ts'
import type { AskedAct, Room } from './room.ts'
import type { Opened, Rooms } from './rooms.ts'

export type VisitParts = {
  rooms: Rooms
  opened: Opened
  person: string
  tell: (news: InterviewNews) => void
  /** The page is in from now on. */
  letIn: () => void
  end: (code: CloseCode, reason: string) => void
}

const CANDIDATE_CLICKS = { burst: 20, perSecond: 1 }

/** One page at one interview, from its coming to its going. */
export class Visit implements Guest {
  readonly person: string
  readonly role: Role
  readonly #parts: VisitParts
  readonly #room: Room
  readonly #clicks = new TokenBucket(CANDIDATE_CLICKS)
  #isIn = false

  constructor(parts: VisitParts) {
    this.#parts = parts
    this.person = parts.person
    this.role = parts.opened.role
    this.#room = parts.rooms.open(parts.opened.record)
  }

  /** Whether the page was let in. */
  get isIn(): boolean {
    return this.#isIn
  }

  /** The page says nothing before this. */
  begin(): void {
    this.#room.arrive(this)
  }

  receive(wish: InterviewWish): void {
    switch (wish.type) {
      case 'enter':
        this.#room.enter(this, wish.name)
        break
      case 'edit':
        this.#room.edit(this, wish.serial, Buffer.from(wish.update, 'base64'))
        break
      case 'act':
        this.#act(wish)
        break
      case 'cursor':
        this.#room.cursor(this, wish.cursor)
        break
    }
  }

  /** What a candidate points at or tells of the window is a click now and then; a flood of it would fill the log. */
  #act(asked: AskedAct): void {
    if (this.role === 'interviewer' || this.#clicks.take()) this.#room.act(this, asked)
    else this.tell({ type: 'dropped', serial: asked.serial, message: 'This is too often.' })
  }

  /** Runs code for everybody in the interview; null where that began. */
  run(asked: { request: string; run: RunRequest; address: string }): Refusal | null {
    const member = this.#room.memberOf(this.person, this.role)
    if (!this.#isIn || member === null || this.#room.interview.finishedAt !== null)
      return {
        type: 'refused',
        code: 'not-allowed',
        message: 'Code is run while the interview goes on, by who is in it.',
      }
    return this.#parts.rooms.run(this.#room, member, asked)
  }

  /** The page is gone. */
  leave(): void {
    this.#room.leave(this)
    this.#parts.rooms.release(this.#room)
  }

  tell(news: InterviewNews): void {
    this.#parts.tell(news)
  }

  letIn(): void {
    this.#isIn = true
    this.#parts.letIn()
  }

  end(code: CloseCode, reason: string): void {
    this.#parts.end(code, reason)
  }
}
