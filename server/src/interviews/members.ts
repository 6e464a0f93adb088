import type { MemberId, Role } from '@sandbox/protocol'
import type { InterviewRecord, InterviewTable, KeptMember } from '../store/interview-table.ts'

/** In each role. Whoever made the interview comes in all the same. */
const MAX_IN_ROLE = 30
/** Ids of members have three digits. */
const MAX_IDS = 999

/** Which persons are which members of one interview. */
export class Members {
  readonly #table: InterviewTable
  readonly #record: InterviewRecord
  readonly #known: KeptMember[]

  constructor(table: InterviewTable, record: InterviewRecord) {
    this.#table = table
    this.#record = record
    this.#known = table.membersOf(record.id)
  }

  /** Who a person is in a role; null where they never came in. */
  of(person: string, role: Role): MemberId | null {
    return this.#known.find((known) => known.person === person && known.role === role)?.member ?? null
  }

  /** Whether somebody who can come here is this member. */
  has(member: MemberId): boolean {
    return this.#known.some((known) => known.member === member)
  }

  /** Keeps who a person is from now on; `taken` are ids that the log has already. Null where too many came. */
  add(person: string, role: Role, taken: readonly MemberId[]): MemberId | null {
    const inRole = this.#known.filter((known) => known.role === role).length
    if (inRole >= MAX_IN_ROLE && person !== this.#record.owner) return null
    const member = freeId([...taken, ...this.#known.map((known) => known.member)])
    if (member === null) return null
    const known = { person, role, member }
    this.#known.push(known)
    this.#table.addMember(this.#record.id, known)
    return member
  }
}

function freeId(taken: readonly MemberId[]): MemberId | null {
  const ids = Array.from({ length: MAX_IDS }, (_, index) => `m${index + 1}`)
  const not = new Set(taken)
  return ids.find((id) => !not.has(id)) ?? null
}
