import type { Guide } from './guide.ts'

/** The clock of an interview, as its log tells it. All times are milliseconds since the interview was made. */
export interface ClockState {
  /** Null before the start. */
  startedAt: number | null
  /** When it was paused; null while it goes. */
  pausedAt: number | null
  /** Of all pauses that are over. */
  pausedMs: number
  part: string | null
  question: string | null
  /** Running time spent, up to `turnedAt`, by the id of the part, or of the question. */
  parts: Readonly<Record<string, number>>
  questions: Readonly<Record<string, number>>
  /** Running time at which the current part or question was turned to. */
  turnedAt: number
  /** Minutes of the reserve, by part. */
  reserve: Readonly<Record<string, number>>
}

export const NEW_CLOCK: ClockState = {
  startedAt: null,
  pausedAt: null,
  pausedMs: 0,
  part: null,
  question: null,
  parts: {},
  questions: {},
  turnedAt: 0,
  reserve: {},
}

/** How long the clock has run, in milliseconds; it does not run before the start or in a pause. */
export function runningMs({ startedAt, pausedAt, pausedMs }: ClockState, at: number): number {
  return startedAt === null ? 0 : Math.max(0, (pausedAt ?? at) - startedAt - pausedMs)
}

export function isRunning({ startedAt, pausedAt }: ClockState): boolean {
  return startedAt !== null && pausedAt === null
}

/** The clock after it was started, paused or resumed; what makes no sense changes nothing. */
export function turnClock(clock: ClockState, action: 'start' | 'pause' | 'resume', at: number): ClockState {
  if (action === 'start') return clock.startedAt === null ? { ...clock, startedAt: at } : clock
  if (action === 'pause') return isRunning(clock) ? { ...clock, pausedAt: at } : clock
  if (clock.pausedAt === null) return clock
  return { ...clock, pausedAt: null, pausedMs: clock.pausedMs + at - clock.pausedAt }
}

/** The clock after the interview came to a part and a question: what ran until now belongs to those before. */
export function turnTo(clock: ClockState, to: { part: string; question: string | null }, at: number): ClockState {
  return { ...settled(clock, at), ...to }
}

function settled(clock: ClockState, at: number): ClockState {
  const now = runningMs(clock, at)
  const spent = now - clock.turnedAt
  return {
    ...clock,
    turnedAt: now,
    parts: plus(clock.parts, clock.part, spent),
    questions: plus(clock.questions, clock.question, spent),
  }
}

function plus(
  spent: Readonly<Record<string, number>>,
  id: string | null,
  ms: number,
): Readonly<Record<string, number>> {
  const before = id !== null && Object.hasOwn(spent, id) ? (spent[id] ?? 0) : 0
  return id === null ? spent : { ...spent, [id]: before + ms }
}

/** Running time spent so far, by part and by question. */
export function spentMs(clock: ClockState, at: number): Pick<ClockState, 'parts' | 'questions'> {
  const { parts, questions } = settled(clock, at)
  return { parts, questions }
}

const MINUTE_MS = 60_000

/** What the clock says about the plan; negative where it is overrun. All in milliseconds. */
export interface TimeLeft {
  inAll: number
  /** Of the current part, with what it got of the reserve; null where there is none. */
  part: number | null
  /** Of the reserve that no part has yet. */
  reserve: number
  /** The last minutes, which are the candidate's, have begun. */
  isKept: boolean
}

/** How much time is left by the plan of a guide. */
export function timeLeft(clock: ClockState, guide: Guide, at: number): TimeLeft {
  const inAll = guide.minutes * MINUTE_MS - runningMs(clock, at)
  const planned = guide.parts.reduce((sum, part) => sum + part.minutes, 0)
  const given = Object.values(clock.reserve).reduce((sum, minutes) => sum + minutes, 0)
  return {
    inAll,
    part: leftOfPart(clock, guide, at),
    reserve: (guide.minutes - planned - given) * MINUTE_MS,
    isKept: clock.startedAt !== null && inAll <= guide.keptMinutes * MINUTE_MS,
  }
}

function leftOfPart(clock: ClockState, guide: Guide, at: number): number | null {
  const part = guide.parts.find(({ id }) => id === clock.part)
  if (part === undefined) return null
  const minutes = part.minutes + (clock.reserve[part.id] ?? 0)
  return minutes * MINUTE_MS - (spentMs(clock, at).parts[part.id] ?? 0)
}
