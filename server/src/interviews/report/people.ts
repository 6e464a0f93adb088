import type { Interview, MemberId } from '@sandbox/protocol'

/** What somebody is called in a report. */
export function nameOf({ members }: Pick<Interview, 'members'>, id: MemberId | null): string {
  if (id === null) return 'the server'
  return members.find((member) => member.id === id)?.name ?? id
}
