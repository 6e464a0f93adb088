import {
  type Guide,
  type GuidePart,
  type GuideQuestion,
  type Interview,
  type PrivateReport,
  pointsOf,
  type ReportPart,
  type ReportQuestion,
  runningMs,
  spentMs,
  startOf,
} from '@sandbox/protocol'
import { cardsOf } from './build-cards.ts'
import { nameOf } from './people.ts'

/** What only interviewers may see of an interview, at its end or now. */
export function buildPrivate(interview: Interview, at: number): PrivateReport {
  const { guide, clock, recording, pastes, absences, notes } = interview
  const start = startOf(interview)
  const running = runningMs(clock, at)
  return {
    guide: guide === null ? null : { title: guide.title, minutes: guide.minutes },
    runningMs: running,
    pausedMs: clock.startedAt === null ? 0 : Math.max(0, at - clock.startedAt - running),
    parts: guide === null ? [] : partsOf(guide, interview, at),
    cards: guide === null ? [] : cardsOf(guide, interview),
    notes: notes
      .map((note) => ({ at: note.at - start, by: nameOf(interview, note.by), text: note.text }))
      .sort((a, b) => a.at - b.at),
    pastes: recording.pasting || pastes.length > 0 ? pastes.map((paste) => ({ ...paste, at: paste.at - start })) : null,
    absences:
      recording.leaving || absences.length > 0
        ? absences.map(({ from, to }) => ({ at: from - start, ms: to === null ? null : to - from }))
        : null,
  }
}

type Spent = Readonly<Record<string, number>>

function partsOf(guide: Guide, interview: Interview, at: number): ReportPart[] {
  const spent = spentMs(interview.clock, at)
  return guide.parts.map((part) => ({
    title: part.title,
    spentMs: spent.parts[part.id] ?? 0,
    minutes: part.minutes + (interview.clock.reserve[part.id] ?? 0),
    questions: [...part.questions, ...part.alternatives]
      .filter((question) => cameUp(question, interview, spent.questions))
      .map((question) => questionOf(question, interview, spent.questions)),
    notAsked: notAsked(part, interview, spent.questions),
  }))
}

function notAsked({ questions }: GuidePart, interview: Interview, spent: Spent): string[] {
  return questions.filter((question) => !cameUp(question, interview, spent)).map(({ title }) => title)
}

function cameUp({ id }: GuideQuestion, { ticked, asked }: Interview, spent: Spent): boolean {
  return (spent[id] ?? 0) > 0 || (ticked[id]?.length ?? 0) > 0 || (asked[id]?.length ?? 0) > 0
}

function questionOf(question: GuideQuestion, interview: Interview, spent: Spent): ReportQuestion {
  const { id, title, seed, minutes } = question
  const ticked = new Set(interview.ticked[id] ?? [])
  const asked = new Set(interview.asked[id] ?? [])
  const points = pointsOf(question)
  const mayBeAsked = [...question.followUps, ...question.areas.flatMap((area) => area.asked)]
  return {
    title,
    seed,
    spentMs: spent[id] ?? 0,
    minutes,
    said: points.filter((point) => ticked.has(point.id)).map(({ text }) => text),
    notSaid: points.filter((point) => !ticked.has(point.id)).map(({ text }) => text),
    asked: mayBeAsked.filter((item) => asked.has(item.id)).map(({ text }) => text),
  }
}
