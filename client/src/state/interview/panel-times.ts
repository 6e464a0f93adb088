import { type Interview, stampOf, startOf } from '@sandbox/protocol'

const SECOND_MS = 1000

/** When something happened, as all lists write it: `00:13:20` after the start. `at` is milliseconds since the interview was made. */
export function momentText(interview: Interview, at: number): string {
  return interview.clock.startedAt === null ? 'before the start' : stampOf(at - startOf(interview))
}

/** `5:10`, and `72:05` past the hour: how long something takes. Milliseconds; the sign is left out. */
export function minutesText(ms: number): string {
  const seconds = wholeSeconds(Math.abs(ms))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** What is left of a plan, as it is said: `3:12 left`, or `0:40 over`. Milliseconds. */
export function leftText(ms: number): string {
  return ms < 0 ? `${minutesText(ms)} over` : `${minutesText(ms)} left`
}

/** `5–6`, or `10` where least and most are the same. Minutes. */
export function rangeText([least, most]: readonly [number, number]): string {
  return least === most ? String(least) : `${least}–${most}`
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / SECOND_MS)
}
