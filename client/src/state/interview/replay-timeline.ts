import {
  type Interview,
  type InterviewRun,
  type LoggedEntry,
  type Note,
  type RaceToFix,
  racesToFix,
  startOf,
} from '@sandbox/protocol'
import type { Burst, Edit } from './edit-bursts.ts'
import { type Moment, momentsOf } from './replay-moments.ts'

export interface Span {
  from: number
  to: number
}

/** A run with its number in the interview, from 1, and when its verdict came; null while it goes on. */
export interface TimedRun extends InterviewRun {
  number: number
  endedAt: number | null
}

/** What a replay shows at once of a whole interview. All times are milliseconds since the interview was made. */
export interface ReplayTimeline extends Span {
  /** Where the clock that people read begins. */
  zero: number
  parts: (Span & { id: string; title: string })[]
  pauses: Span[]
  exercises: (Span & { exercise: string })[]
  runs: TimedRun[]
  brackets: RaceToFix[]
  /** While something went wrong around the code. */
  faults: (Span & { fault: string })[]
  /** When somebody edited, in order. */
  edits: number[]
  notes: Note[]
  pastes: Interview['pastes']
  absences: Span[]
  /** Where nothing happened for `IDLE_MS`. */
  idle: Span[]
  /** Everything that has a place in a list, in order. */
  moments: Moment[]
}

/** From here on a pause in which nothing happens is skipped. */
export const IDLE_MS = 60_000
/** An interview is prepared days before, and scored after it: what is further off than this is not part of it. */
const AWAY_FROM_SESSION_MS = 30 * 60_000
const SHORTEST_MS = 60_000

/** A log, what it folds to, and what was done to the files. */
export interface WholeLog {
  entries: readonly LoggedEntry[]
  interview: Interview
  edits: readonly Edit[]
  bursts: readonly Burst[]
}

/** The timeline of a whole interview. */
export function timelineOf({ entries, interview, edits, bursts }: WholeLog): ReplayTimeline {
  const session = sessionOf(entries, interview)
  const endings = new Map(entries.flatMap(({ at, entry }) => (entry.type === 'concluded' ? [[entry.run, at]] : [])))
  const runs = interview.runs.map((run, index) => ({ ...run, number: index + 1, endedAt: endings.get(run.id) ?? null }))
  const brackets = racesToFix(interview.runs)
  return {
    ...session,
    zero: startOf(interview),
    parts: partsOf(entries, interview, session.to),
    pauses: pausesOf(entries, session.to),
    exercises: following(interview.opened, session.to),
    runs,
    brackets,
    faults: faultsOf(entries, session.to),
    edits: edits.map(({ at }) => at).filter((at) => at >= session.from && at <= session.to),
    notes: interview.notes,
    pastes: interview.pastes,
    absences: interview.absences.map(({ from, to }) => ({ from, to: to ?? session.to })),
    idle: idleIn(entries, session),
    moments: momentsOf({ entries, interview, bursts, runs, brackets }),
  }
}

const PRESENT: ReadonlySet<string> = new Set(['opened', 'edited', 'cursor', 'ran', 'clock', 'turned'])

/** From the first to the last sign that people were at it together, around the start of the clock. */
function sessionOf(entries: readonly LoggedEntry[], interview: Interview): Span {
  // What the server writes into the document is no sign of anybody; that somebody came is, and the server says it.
  const isSign = ({ by, entry }: LoggedEntry) => entry.type === 'joined' || (by !== null && PRESENT.has(entry.type))
  const signs = entries.filter(isSign).map(({ at }) => at)
  const start = startOf(interview)
  const from = reach(signs.filter((at) => at < start).reverse(), start)
  const to =
    interview.finishedAt ??
    reach(
      signs.filter((at) => at > start),
      start,
    )
  return { from, to: Math.max(to, from + SHORTEST_MS) }
}

/** How far one comes from `start` by signs that are not too far from each other. */
function reach(signs: readonly number[], start: number): number {
  let reached = start
  for (const at of signs) {
    if (Math.abs(at - reached) > AWAY_FROM_SESSION_MS) break
    reached = at
  }
  return reached
}

/** Spans that each last until the next begins. */
function following<T extends { at: number }>(list: readonly T[], end: number): (Omit<T, 'at'> & Span)[] {
  return list.map(({ at, ...rest }, index) => ({ ...rest, from: at, to: Math.max(at, list[index + 1]?.at ?? end) }))
}

function partsOf(entries: readonly LoggedEntry[], { guide }: Interview, end: number): ReplayTimeline['parts'] {
  const turns = entries.flatMap(({ at, entry }) => (entry.type === 'turned' ? [{ at, id: entry.part }] : []))
  const changes = turns.filter(({ id }, index) => turns[index - 1]?.id !== id)
  return following(changes, end).map((span) => ({
    ...span,
    title: guide?.parts.find(({ id }) => id === span.id)?.title ?? span.id,
  }))
}

function pausesOf(entries: readonly LoggedEntry[], end: number): Span[] {
  const pauses: Span[] = []
  let since: number | null = null
  for (const { at, entry } of entries) {
    if (entry.type !== 'clock') continue
    if (entry.action === 'pause') since ??= at
    else if (since !== null) {
      pauses.push({ from: since, to: at })
      since = null
    }
  }
  return since === null || since >= end ? pauses : [...pauses, { from: since, to: end }]
}

/** A fault is of the exercise that is open, and ends with that. */
function faultsOf(entries: readonly LoggedEntry[], end: number): ReplayTimeline['faults'] {
  const turns = entries.flatMap(({ at, entry }) => {
    if (entry.type === 'fault') return [{ at, fault: entry.fault }]
    return entry.type === 'opened' ? [{ at, fault: null }] : []
  })
  return following(turns, end).flatMap(({ fault, ...span }) => (fault === null ? [] : [{ ...span, fault }]))
}

function idleIn(entries: readonly LoggedEntry[], { from, to }: Span): Span[] {
  const idle: Span[] = []
  let last = from
  for (const at of [...entries.map((entry) => entry.at).filter((at) => at > from && at < to), to]) {
    if (at - last >= IDLE_MS) idle.push({ from: last, to: at })
    last = at
  }
  return idle
}
