import type { Insight } from '../insight.ts'
import type { Verdict } from '../verdict.ts'
import { type ClockState, NEW_CLOCK, turnClock, turnTo } from './clock.ts'
import type { Cursor, Entry, Evidence, LoggedEntry, MemberId, Recording, Role, Sharing } from './entry.ts'
import type { Guide, SectionId } from './guide.ts'

/** Somebody in an interview. */
export interface Member {
  id: MemberId
  name: string
  role: Role
  /** Waiting: a candidate who was not let in yet. */
  standing: 'waiting' | 'inside' | 'removed'
}

export interface InterviewRun {
  id: string
  exercise: string
  /** A closer look, which counts for nothing. */
  insight?: Insight
  /** What went wrong around the code. */
  fault?: string
  by: MemberId | null
  at: number
  /** Null while it goes on. */
  verdict: Verdict | null
  summary: string
}

export interface Note {
  id: string
  by: MemberId | null
  /** When it was first written, and when last. */
  at: number
  changedAt: number
  text: string
}

/** What one interviewer thinks. */
export interface Card {
  points: Partial<Record<SectionId, number>>
  flags: string[]
  cites: { id: string; section: SectionId; evidence: Evidence; at: number }[]
  submitted: boolean
}

/** An interview as its log tells it, as far as the reader may see. */
export interface Interview {
  title: string
  candidate: string
  alone: boolean
  /** Milliseconds since the epoch. */
  madeAt: number
  /** Null where the reader is a candidate. */
  guide: Guide | null
  members: Member[]
  /** What everybody works on; null before the first. */
  exercise: string | null
  /** What was opened, in order. */
  opened: { exercise: string; at: number }[]
  sharing: Sharing
  recording: Recording
  fault: string | null
  clock: ClockState
  /** Points by question. */
  ticked: Readonly<Record<string, readonly string[]>>
  /** Follow-ups and questions of areas, by question. */
  asked: Readonly<Record<string, readonly string[]>>
  /** Questions whose expected points who practises alone has asked to see. */
  answered: readonly string[]
  prepared: readonly string[]
  notes: Note[]
  cards: Readonly<Record<MemberId, Card>>
  agreed: Partial<Record<SectionId, number>>
  runs: InterviewRun[]
  pastes: { at: number; path: string; line: number; characters: number }[]
  /** The candidate's window was left, and come back to; null: not yet. */
  absences: { from: number; to: number | null }[]
  cursors: Readonly<Record<MemberId, Cursor>>
  pointed: { by: MemberId | null; path: string; line: number; at: number } | null
  finishedAt: number | null
}

export const NEW_CARD: Card = { points: {}, flags: [], cites: [], submitted: false }

export const NEW_INTERVIEW: Interview = {
  title: '',
  candidate: '',
  alone: false,
  madeAt: 0,
  guide: null,
  members: [],
  exercise: null,
  opened: [],
  sharing: { clock: true, hints: 0 },
  recording: { pasting: false, leaving: false },
  fault: null,
  clock: NEW_CLOCK,
  ticked: {},
  asked: {},
  answered: [],
  prepared: [],
  notes: [],
  cards: {},
  agreed: {},
  runs: [],
  pastes: [],
  absences: [],
  cursors: {},
  pointed: null,
  finishedAt: null,
}

/** The interview after all these entries, which are in order. */
export function foldEntries(entries: readonly LoggedEntry[], interview: Interview = NEW_INTERVIEW): Interview {
  return entries.reduce(foldEntry, interview)
}

/** The interview after one more entry. Total: what makes no sense changes nothing. */
export function foldEntry(interview: Interview, { at, by, entry }: LoggedEntry): Interview {
  return (
    foldPeople(interview, entry) ??
    foldWork(interview, entry, { at, by }) ??
    foldTime(interview, entry, at) ??
    foldGuide(interview, entry, { at, by }) ??
    foldCard(interview, entry, { at, by })
  )
}

type When = { at: number; by: MemberId | null }

function foldPeople(interview: Interview, entry: Entry): Interview | null {
  const { members } = interview
  switch (entry.type) {
    case 'made': {
      const { type: _, ...made } = entry
      return { ...interview, ...made }
    }
    case 'joined': {
      const { member: id, name, role } = entry
      const standing = role === 'interviewer' ? 'inside' : 'waiting'
      const known = members.some((member) => member.id === id)
      return known ? interview : { ...interview, members: [...members, { id, name, role, standing }] }
    }
    case 'admitted':
      return { ...interview, members: withStanding(members, entry.member, 'inside') }
    case 'removed':
      return { ...interview, members: withStanding(members, entry.member, 'removed') }
    default:
      return null
  }
}

function withStanding(members: Member[], id: MemberId, standing: Member['standing']): Member[] {
  return members.map((member) => (member.id === id ? { ...member, standing } : member))
}

function foldWork(interview: Interview, entry: Entry, { at, by }: When): Interview | null {
  switch (entry.type) {
    case 'opened': {
      const { exercise } = entry
      // Hints were shared of the exercise before.
      const sharing = exercise === interview.exercise ? interview.sharing : { ...interview.sharing, hints: 0 }
      return { ...interview, exercise, opened: [...interview.opened, { exercise, at }], fault: null, sharing }
    }
    case 'edited':
      return interview
    case 'cursor':
      return by === null ? interview : { ...interview, cursors: { ...interview.cursors, [by]: entry.cursor } }
    case 'pointed':
      return { ...interview, pointed: { by, path: entry.path, line: entry.line, at } }
    case 'fault':
      return { ...interview, fault: entry.fault }
    case 'ran': {
      const { run: id, exercise, insight } = entry
      const fault = exercise === interview.exercise ? interview.fault : null
      const around = { ...(insight ? { insight } : {}), ...(fault ? { fault } : {}) }
      const run = { id, exercise, by, at, verdict: null, summary: '', ...around }
      return { ...interview, runs: [...interview.runs, run] }
    }
    case 'concluded': {
      const { run, verdict, summary } = entry
      const runs = interview.runs.map((known) => (known.id === run ? { ...known, verdict, summary } : known))
      return { ...interview, runs }
    }
    case 'pasted': {
      const { type: _, ...paste } = entry
      return { ...interview, pastes: [...interview.pastes, { at, ...paste }] }
    }
    case 'away':
      return { ...interview, absences: withAbsence(interview.absences, entry.away, at) }
    default:
      return null
  }
}

function withAbsence(absences: Interview['absences'], away: boolean, at: number): Interview['absences'] {
  const last = absences.at(-1)
  const isAway = last !== undefined && last.to === null
  if (away === isAway) return absences
  return isAway ? [...absences.slice(0, -1), { ...last, to: at }] : [...absences, { from: at, to: null }]
}

function foldTime(interview: Interview, entry: Entry, at: number): Interview | null {
  const { clock } = interview
  switch (entry.type) {
    case 'clock':
      return { ...interview, clock: turnClock(clock, entry.action, at) }
    case 'turned':
      return { ...interview, clock: turnTo(clock, { part: entry.part, question: entry.question }, at) }
    case 'reserve':
      return { ...interview, clock: { ...clock, reserve: { ...clock.reserve, [entry.part]: entry.minutes } } }
    case 'finished':
      return interview.finishedAt === null
        ? { ...interview, finishedAt: at, clock: turnClock(clock, 'pause', at) }
        : interview
    default:
      return null
  }
}

function foldGuide(interview: Interview, entry: Entry, { at, by }: When): Interview | null {
  switch (entry.type) {
    case 'guide':
      return { ...interview, guide: entry.guide }
    case 'shared':
      return { ...interview, sharing: entry.sharing }
    case 'recording':
      return { ...interview, recording: entry.recording }
    case 'prepared':
      return { ...interview, prepared: toggled(interview.prepared, entry.item, entry.on) }
    case 'ticked':
      return { ...interview, ticked: toggledIn(interview.ticked, entry.question, entry.point, entry.on) }
    case 'asked':
      return { ...interview, asked: toggledIn(interview.asked, entry.question, entry.followUp, entry.on) }
    case 'answered':
      return { ...interview, answered: toggled(interview.answered, entry.question, true) }
    case 'noted':
      return { ...interview, notes: withNote(interview.notes, { id: entry.note, text: entry.text, at, by }) }
    default:
      return null
  }
}

type Toggles = Readonly<Record<string, readonly string[]>>

function toggledIn(toggles: Toggles, key: string, value: string, on: boolean): Toggles {
  const before = Object.hasOwn(toggles, key) ? (toggles[key] ?? []) : []
  return { ...toggles, [key]: toggled(before, value, on) }
}

function toggled<T>(values: readonly T[], value: T, on: boolean): T[] {
  const others = values.filter((other) => other !== value)
  return on ? [...others, value] : others
}

/** A note belongs to who wrote it: another's text for the same id changes nothing. */
function withNote(notes: Note[], { id, text, at, by }: When & { id: string; text: string }): Note[] {
  const known = notes.find((note) => note.id === id)
  if (known !== undefined && known.by !== by) return notes
  if (text === '') return notes.filter((note) => note !== known)
  if (known === undefined) return [...notes, { id, by, at, changedAt: at, text }]
  return notes.map((note) => (note === known ? { ...note, text, changedAt: at } : note))
}

function foldCard(interview: Interview, entry: Entry, { at, by }: When): Interview {
  if (entry.type === 'agreed') return { ...interview, agreed: withPoints(interview.agreed, entry) }
  if (by === null) return interview
  const card = interview.cards[by] ?? NEW_CARD
  const next = cardAfter(card, entry, at)
  return next === card ? interview : { ...interview, cards: { ...interview.cards, [by]: next } }
}

function cardAfter(card: Card, entry: Entry, at: number): Card {
  switch (entry.type) {
    case 'scored':
      return { ...card, points: withPoints(card.points, entry) }
    case 'flagged':
      return { ...card, flags: toggled(card.flags, entry.flag, entry.on) }
    case 'cited': {
      const { cite: id, section, evidence } = entry
      const others = card.cites.filter((cite) => cite.id !== id)
      return { ...card, cites: evidence === null ? others : [...others, { id, section, evidence, at }] }
    }
    case 'submitted':
      return { ...card, submitted: entry.on }
    default:
      return card
  }
}

function withPoints(
  points: Card['points'],
  { section, points: given }: { section: SectionId; points: number | null },
): Card['points'] {
  const { [section]: _, ...others } = points
  return given === null ? others : { ...others, [section]: given }
}
