import { Act, ActId } from '@sandbox/protocol'
import { z } from 'zod'

/** An act that waits for the server, and when it was made, in milliseconds since the epoch. */
export const QueuedAct = z.object({
  /** What it was sent under; missing where an older page wrote it, which sent it without. */
  id: ActId.optional(),
  act: Act,
  madeAt: z.number(),
})
export type QueuedAct = z.infer<typeof QueuedAct>

/** What means something only when it is done is not sent again after so long, in milliseconds. */
export const MAX_LATE_MS = 30_000

/**
 * What passes, in words; null is what means the same whenever it comes. A pause that first comes after somebody has resumed
 * would stop the clock behind their back.
 */
const PASSING: Readonly<Record<Act['type'], string | null>> = {
  pointed: 'pointing at a line',
  admitted: 'letting somebody in',
  removed: 'sending somebody away',
  opened: 'opening an exercise',
  shared: 'a change of what is shared',
  recording: 'a change of what is recorded',
  fault: 'a change of the fault',
  clock: 'a turn of the clock',
  turned: 'going to a question',
  reserve: 'giving minutes of the reserve',
  finished: 'ending the interview',
  pasted: null,
  away: null,
  ticked: null,
  asked: null,
  answered: null,
  prepared: null,
  noted: null,
  scored: null,
  flagged: null,
  cited: null,
  submitted: null,
  agreed: null,
}

/** The acts that may still be sent, and those for which it is too late. */
export function partedByAge(queued: readonly QueuedAct[], now: number): { timely: QueuedAct[]; late: QueuedAct[] } {
  const isLate = ({ act, madeAt }: QueuedAct) => PASSING[act.type] !== null && Math.abs(now - madeAt) > MAX_LATE_MS
  return { timely: queued.filter((one) => !isLate(one)), late: queued.filter(isLate) }
}

/** What was not sent again, as a sentence. The server may have it from before the connection was lost. */
export function lateWords(late: readonly QueuedAct[]): string {
  const what = new Set(late.flatMap(({ act }) => PASSING[act.type] ?? []))
  const words = new Intl.ListFormat('en').format(what)
  return `Without a connection for too long, so not sent again: ${words}. Look whether it was carried out before.`
}
