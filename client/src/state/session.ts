import type { InterviewNews, SandboxStatus, ServerMessage } from '@sandbox/protocol'
import { assertNever } from './assert-never.ts'
import { foldRun, isOver, newRun, orderOf, type RunState } from './run.ts'

/** Runs kept in the page, oldest dropped first. */
export const MAX_RUNS = 24

export type ConnectionState =
  | { type: 'connecting'; attempt: number }
  | { type: 'connected' }
  /** `retryAt` and `lostAt` are milliseconds since the epoch. */
  | { type: 'waiting'; attempt: number; retryAt: number; lostAt: number }
  /** The server will not have this page: trying again would not help. */
  | { type: 'refused'; reason: string }

/** What the server told this page about itself and about this person's runs. */
export interface Session {
  connection: ConnectionState
  /** Null until the first welcome. */
  sandbox: SandboxStatus | null
  /** How far this page's clock is ahead of the server's, in milliseconds, as the last welcome showed it. */
  clockAheadMs: number
  /** By id, in the order in which they were accepted. */
  runs: RunState[]
  /** Request ids that were sent and not yet answered, oldest first. */
  asked: string[]
  /** A refusal that a person should read, until it is dismissed or a run begins. */
  notice: string | null
}

/** A page that has heard nothing yet. */
export const NEW_SESSION: Session = {
  connection: { type: 'connecting', attempt: 1 },
  sandbox: null,
  clockAheadMs: 0,
  runs: [],
  asked: [],
  notice: null,
}

/** What the server says to every page. */
export type SessionMessage = Exclude<ServerMessage, InterviewNews>

/** The session after a message. `gap` asks for a resume: an event is missing. */
export function foldMessage(
  session: Session,
  message: SessionMessage,
  now: number,
): { session: Session; gap: boolean } {
  switch (message.type) {
    case 'welcome':
      return { session: setClock({ ...session, sandbox: message.sandbox }, now - message.now), gap: false }
    case 'status':
      return { session: { ...session, sandbox: message.sandbox }, gap: false }
    case 'run':
      return { session: addRun(session, newRun(message.run, session.clockAheadMs)), gap: false }
    case 'event':
      return foldEvent(session, message)
    case 'formatted':
      return { session: forget(session, message.request), gap: false }
    case 'error':
      return { session: { ...forget(session, message.request), notice: message.message }, gap: false }
    default:
      return assertNever(message)
  }
}

/** Runs that are known already are told by the new reading of the clocks, too: either may have been set right. */
function setClock(session: Session, clockAheadMs: number): Session {
  const runs = session.runs.map((run) => ({ ...run, acceptedAt: run.description.acceptedAt + clockAheadMs }))
  return { ...session, clockAheadMs, runs }
}

function addRun(session: Session, run: RunState): Session {
  const { id, request } = run.description
  const rest = { ...forget(session, request), notice: null }
  if (session.runs.some((known) => known.description.id === id)) return rest
  const runs = [...session.runs, run].sort((a, b) => a.description.acceptedAt - b.description.acceptedAt)
  return { ...rest, runs: runs.slice(-MAX_RUNS) }
}

/** The session with a run that this page had not seen. Where there are too many, the oldest of the others goes. */
export function addOlderRun(session: Session, run: RunState): Session {
  const others = session.runs.filter(({ description }) => description.id !== run.description.id)
  const runs = [...others.slice(-(MAX_RUNS - 1)), run]
  return { ...session, runs: runs.sort((a, b) => a.description.acceptedAt - b.description.acceptedAt) }
}

function foldEvent(
  session: Session,
  message: Extract<ServerMessage, { type: 'event' }>,
): { session: Session; gap: boolean } {
  const run = session.runs.find((known) => known.description.id === message.run)
  if (!run) return { session, gap: false }
  if (!isOver(run) && orderOf(run, message.seq) === 'gap') return { session, gap: true }
  const next = foldRun(run, message)
  return { session: { ...session, runs: session.runs.map((known) => (known === run ? next : known)) }, gap: false }
}

function forget(session: Session, request: string | undefined): Session {
  return session.asked.includes(request ?? '')
    ? { ...session, asked: session.asked.filter((id) => id !== request) }
    : session
}

/** What hello says that this page has already: runs that have not ended first, then the newest. */
export function resumeList(session: Session, max: number): { run: string; after: number }[] {
  const newest = session.runs.toReversed()
  return [...newest.filter((run) => !isOver(run)), ...newest.filter(isOver)]
    .slice(0, max)
    .map((run) => ({ run: run.description.id, after: run.seq }))
}

/** The runs of one exercise, oldest first. */
export function runsOf(session: Session, exercise: string): RunState[] {
  return session.runs.filter((run) => run.description.exercise === exercise)
}

export interface RunsInView {
  /** Of one exercise, oldest first. */
  runs: RunState[]
  shown: RunState | null
}

/** The run that was chosen, among those of its exercise; else the newest of the open one. */
export function runsInView(
  session: Session,
  { open, chosen }: { open: string | null; chosen: string | null },
): RunsInView {
  const found = session.runs.find(({ description }) => description.id === chosen) ?? null
  const exercise = found?.description.exercise ?? open
  const runs = exercise === null ? [] : runsOf(session, exercise)
  return { runs, shown: found ?? runs.at(-1) ?? null }
}

/** The run of this exercise that has not ended, if there is one. */
export function activeRun(session: Session, exercise: string): RunState | null {
  return runsOf(session, exercise).findLast((run) => run.phase.type !== 'ended') ?? null
}
