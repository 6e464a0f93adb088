import {
  type ClockState,
  clockPlan,
  type Guide,
  INTRODUCTION,
  runningMs,
  type Segment,
  spentMs,
  stampOf,
  timeLeft,
} from '@sandbox/protocol'
import { leftText } from './panel-times.ts'

const MINUTE_MS = 60_000

/** A stretch of the clock's track. */
export interface TrackSegment {
  type: Segment['type']
  /** The part's number, from 1; null where it is none. */
  number: number | null
  title: string
  minutes: number
  current: boolean
}

export interface Track {
  segments: TrackSegment[]
  /** Where the interview stands, from 0 to 1; past the end it stays there. */
  now: number
  /** The same for who cannot see it. */
  words: string
}

/** The guide's minutes to scale, with the moment `at` (milliseconds since the interview was made). */
export function trackOf(guide: Guide, clock: ClockState, at: number): Track {
  const running = runningMs(clock, at)
  const { segments, reserve } = clockPlan(guide, clock.reserve)
  return {
    segments: segments.map((segment) => trackSegment(guide, clock, segment)),
    now: Math.min(1, running / (guide.minutes * MINUTE_MS)),
    words: [
      `${stampOf(running)} of ${guide.minutes} minutes`,
      ...partWords(guide, clock, at),
      `${reserve.left} of ${reserve.minutes} minutes of reserve are left`,
    ].join('; '),
  }
}

function trackSegment(guide: Guide, clock: ClockState, segment: Segment): TrackSegment {
  const minutes = segment.to - segment.from
  if (segment.type === 'introduction')
    return { type: segment.type, number: null, title: 'Introduction', minutes, current: isIntroduction(clock) }
  if (segment.type === 'reserve') return { type: segment.type, number: null, title: 'Reserve', minutes, current: false }
  const index = guide.parts.findIndex(({ id }) => id === segment.part)
  const title = guide.parts[index]?.title ?? segment.part
  return { type: segment.type, number: index + 1, title, minutes, current: clock.part === segment.part }
}

function isIntroduction({ startedAt, part }: ClockState): boolean {
  return startedAt !== null && part === null
}

/** `Part 1, 3:12 left`; nothing where no part has begun. */
export function partWords(guide: Guide, clock: ClockState, at: number): string[] {
  const { part } = timeLeft(clock, guide, at)
  const index = guide.parts.findIndex(({ id }) => id === clock.part)
  return part === null ? [] : [`Part ${index + 1}, ${leftText(part)}`]
}

/** Who can be given minutes of the reserve, and how many they have. */
export interface Share {
  id: string
  title: string
  minutes: number
}

/** The introduction and every part but the kept last one. */
export function sharesOf(guide: Guide, clock: ClockState): Share[] {
  const parts = guide.keptMinutes > 0 ? guide.parts.slice(0, -1) : guide.parts
  const who = [{ id: INTRODUCTION, title: 'Introduction' }, ...parts]
  return who.map(({ id, title }) => ({ id, title, minutes: clock.reserve[id] ?? 0 }))
}

/** Minutes of the reserve that nobody has; negative where more was given away than there is. */
export function reserveLeft(guide: Guide, clock: ClockState, at: number): number {
  return Math.floor(timeLeft(clock, guide, at).reserve / MINUTE_MS)
}

const GIFT_MINUTES = 5

/** What might be given with one press: the introduction what it took, or the current part five minutes. */
export function giftOf(
  guide: Guide,
  clock: ClockState,
  at: number,
): { part: string; minutes: number; words: string } | null {
  const left = reserveLeft(guide, clock, at)
  const owed = introductionMinutes(clock, at) - (clock.reserve[INTRODUCTION] ?? 0)
  if (owed > 0 && owed <= left)
    return gift(clock, INTRODUCTION, owed, `The introduction took ${owed} min: take them from the reserve`)
  const index = guide.parts.findIndex(({ id }) => id === clock.part)
  const part = sharesOf(guide, clock).find(({ id }) => id === clock.part)
  const minutes = Math.min(GIFT_MINUTES, left)
  return part && minutes > 0 ? gift(clock, part.id, minutes, `Give ${minutes} min to part ${index + 1}`) : null
}

function gift({ reserve }: ClockState, part: string, more: number, words: string) {
  return { part, minutes: (reserve[part] ?? 0) + more, words }
}

/** Whole minutes that ran before the first part. */
function introductionMinutes(clock: ClockState, at: number): number {
  if (clock.part === null) return 0
  const inParts = Object.values(spentMs(clock, at).parts).reduce((sum, ms) => sum + ms, 0)
  return Math.round((runningMs(clock, at) - inParts) / MINUTE_MS)
}
