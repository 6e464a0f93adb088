import {
  type Interview,
  type InterviewReport,
  type InterviewRun,
  type ReportCopy,
  type ReportExercise,
  type ReportRun,
  racesToFix,
  startOf,
} from '@sandbox/protocol'
import { buildPrivate } from './build-private.ts'
import { nameOf } from './people.ts'

/** What a report is built from. */
export interface ReportInput {
  /** As far as the reader may see. */
  interview: Interview
  /** The document's files at the end, by their path: `worker-pool/pool.go`. */
  files: readonly { path: string; text: string }[]
  /** Titles of exercises by slug; one that is missing goes by its slug. */
  titles: Readonly<Record<string, string>>
  /** Milliseconds since the interview was made, now. */
  at: number
  copy: ReportCopy
}

/** What an interview came to. The candidate's copy is built without ever looking at what is private. */
export function buildReport(input: ReportInput): InterviewReport {
  const { interview, copy } = input
  const start = startOf(interview)
  const { title, candidate, alone, finishedAt } = interview
  return {
    format: 'go-practice-report',
    version: 1,
    copy,
    title,
    candidate,
    interviewers: interview.members.filter(({ role }) => role === 'interviewer').map(({ name }) => name),
    alone,
    startedAt: interview.madeAt + start,
    lengthMs: Math.max(0, endOf(input) - start),
    finished: finishedAt !== null,
    exercises: exercisesOf(input).map((exercise) => exerciseOf(exercise, input)),
    private: copy === 'candidate' ? null : buildPrivate(interview, endOf(input)),
  }
}

function endOf({ interview, at }: ReportInput): number {
  return interview.finishedAt ?? at
}

/** In the order in which they came up. */
function exercisesOf({ interview }: ReportInput): string[] {
  const all = [...interview.opened.map(({ exercise }) => exercise), ...interview.runs.map(({ exercise }) => exercise)]
  return [...new Set(all)]
}

function exerciseOf(id: string, input: ReportInput): ReportExercise {
  const { interview, files, titles } = input
  const start = startOf(interview)
  const openedAt = interview.opened.find(({ exercise }) => exercise === id)?.at
  return {
    id,
    title: titles[id] ?? id,
    openedAt: openedAt === undefined ? null : openedAt - start,
    openMs: openMs(id, input),
    runs: interview.runs.flatMap((run, index) => (run.exercise === id ? [runOf(run, index, interview)] : [])),
    firstRace: firstRaceOf(id, interview),
    files: files
      .filter(({ path }) => path.startsWith(`${id}/`))
      .map(({ path, text }) => ({ name: path.slice(id.length + 1), text })),
  }
}

function openMs(id: string, input: ReportInput): number {
  const { opened } = input.interview
  const spans = opened.map(({ exercise, at }, index) => {
    const until = opened[index + 1]?.at ?? endOf(input)
    return exercise === id ? Math.max(0, until - at) : 0
  })
  return spans.reduce((sum, ms) => sum + ms, 0)
}

function runOf(run: InterviewRun, index: number, interview: Interview): ReportRun {
  const { at, by, verdict, summary, fault = null } = run
  return { number: index + 1, by: nameOf(interview, by), at: at - startOf(interview), verdict, summary, fault }
}

function firstRaceOf(id: string, interview: Interview): ReportExercise['firstRace'] {
  const race = racesToFix(interview.runs).find(({ exercise }) => exercise === id)
  if (race === undefined) return null
  return {
    run: interview.runs.findIndex((run) => run.id === race.race) + 1,
    at: race.from - startOf(interview),
    fixedAfterMs: race.to === null ? null : race.to - race.from,
  }
}
