import {
  durationWords,
  type Interview,
  type LoggedEntry,
  type RaceToFix,
  SCRATCH,
  VERDICT_WORDS,
} from '@sandbox/protocol'
import type { Burst } from './edit-bursts.ts'
import { nameOf } from './people.ts'
import type { TimedRun } from './replay-timeline.ts'

/** Something that happened, in a few words. */
export interface Moment {
  at: number
  /** Where to go to see it: of a run its verdict, which comes later. */
  seenAt: number
  kind:
    | 'run'
    | 'edit'
    | 'note'
    | 'opened'
    | 'turned'
    | 'pasted'
    | 'away'
    | 'pointed'
    | 'fault'
    | 'clock'
    | 'people'
    | 'answered'
  words: string
  /** The run, where it is one. */
  run: string | null
}

interface Told {
  entries: readonly LoggedEntry[]
  interview: Interview
  bursts: readonly Burst[]
  runs: readonly TimedRun[]
  brackets: readonly RaceToFix[]
}

const MAX_NOTE_WORDS = 80

/** What a list of moments has of an interview, in order. */
export function momentsOf({ entries, interview, bursts, runs, brackets }: Told): Moment[] {
  const told = [
    ...runs.map((run) => ({
      at: run.at,
      seenAt: seenAt(run),
      kind: 'run' as const,
      words: runWords(run, brackets),
      run: run.id,
    })),
    ...bursts.map((burst) => moment(burst.at, 'edit', burstWords(burst, interview))),
    ...interview.notes.map(({ at, by, text }) => moment(at, 'note', `Note by ${nameOf(interview, by)}: ${cut(text)}`)),
    ...entries.flatMap((logged) => entryMoment(logged, interview)),
  ]
  return told.sort((a, b) => a.at - b.at)
}

function moment(at: number, kind: Moment['kind'], words: string): Moment {
  return { at, seenAt: at, kind, words, run: null }
}

/** When there is something to see of a run. */
export function seenAt({ at, endedAt }: TimedRun): number {
  return endedAt ?? at
}

function runWords({ id, number, verdict, exercise, at, fault }: TimedRun, brackets: readonly RaceToFix[]): string {
  const came = verdict === null ? 'was not over' : VERDICT_WORDS[verdict].toLowerCase()
  const words = fault === undefined ? came : `${came} with the fault ${fault}`
  const bracket = brackets.find(({ race, fix }) => race === id || fix === id)
  if (bracket?.race === id) return `Run ${number} ${words}, the first on ${exercise}`
  if (bracket?.fix === id) return `Run ${number} ${words}, ${durationWords(at - bracket.from)} after the first race`
  return `Run ${number} ${words}`
}

/** `Mira edits Submit, lines 34–44` */
function burstWords({ by, path, lines: [from, to], place }: Burst, interview: Interview): string {
  const where = place ?? path.slice(path.indexOf('/') + 1)
  return `${nameOf(interview, by)} edits ${where}, ${from === to ? `line ${from}` : `lines ${from}–${to}`}`
}

function entryMoment({ at, by, entry }: LoggedEntry, interview: Interview): Moment[] {
  const name = nameOf(interview, by)
  switch (entry.type) {
    case 'opened':
      return [moment(at, 'opened', entry.exercise === SCRATCH ? 'Scratch is opened' : `${entry.exercise} is opened`)]
    case 'turned':
      return [moment(at, 'turned', turnWords(entry, interview))]
    case 'pasted':
      return [moment(at, 'pasted', `${name} pastes ${entry.characters} characters into ${entry.path}:${entry.line}`)]
    case 'away':
      return [moment(at, 'away', entry.away ? `${name} leaves the window` : `${name} is back`)]
    case 'fault':
      return [moment(at, 'fault', entry.fault === null ? 'The fault is off' : `The fault ${entry.fault} is on`)]
    case 'clock':
      return [moment(at, 'clock', CLOCK_WORDS[entry.action])]
    case 'finished':
      return [moment(at, 'clock', 'The interview is finished')]
    case 'admitted':
      return [moment(at, 'people', `${nameOf(interview, entry.member)} is let in`)]
    case 'answered':
      return [moment(at, 'answered', `${name} has answered ${questionTitle(entry.question, interview)}`)]
    case 'pointed':
      return [moment(at, 'pointed', `${name} points at ${entry.path}:${entry.line}`)]
    default:
      return []
  }
}

const CLOCK_WORDS = {
  start: 'The clock is started',
  pause: 'The clock is paused',
  resume: 'The clock goes on',
} as const

function turnWords({ part, question }: { part: string; question: string | null }, interview: Interview): string {
  if (question !== null) return `On to ${questionTitle(question, interview)}`
  return `On to ${interview.guide?.parts.find(({ id }) => id === part)?.title ?? part}`
}

function questionTitle(id: string, { guide }: Interview): string {
  const all = guide?.parts.flatMap(({ questions, alternatives }) => [...questions, ...alternatives]) ?? []
  return all.find((question) => question.id === id)?.title ?? id
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= MAX_NOTE_WORDS ? line : `${line.slice(0, MAX_NOTE_WORDS - 1)}…`
}
