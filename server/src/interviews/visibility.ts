import { audienceOf, type Interview, type LoggedEntry, type MemberId, type Role } from '@sandbox/protocol'

/** Who reads a log. */
export type Reader = { member: MemberId; role: Role }

/** What decides who may see what. */
export interface Standing {
  readonly interview: Interview
  /** Whether a member can come here. Those of an imported log cannot: their scores are nobody's secret any more. */
  isHere(member: MemberId): boolean
}

/**
 * Whether a reader may see an entry now. What an interviewer thinks of the candidate is seen by another one only when
 * both have submitted, so that neither scores by the other.
 */
export function isVisible({ by, entry }: LoggedEntry, reader: Reader, { interview, isHere }: Standing): boolean {
  const audience = audienceOf(entry.type)
  if (audience === 'all') return true
  if (reader.role !== 'interviewer') return false
  if (audience === 'interviewers' || by === null || by === reader.member || !isHere(by)) return true
  return interview.cards[by]?.submitted === true && interview.cards[reader.member]?.submitted === true
}

/** Whether another interviewer sees an entry later than it was written. */
export function isSeenLater({ entry }: LoggedEntry): boolean {
  return audienceOf(entry.type) === 'author'
}
