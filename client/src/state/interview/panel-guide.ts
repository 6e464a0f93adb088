import {
  type ClockState,
  type ExpectedPoint,
  type Guide,
  type GuidePart,
  type GuideQuestion,
  type Interview,
  spentMs,
} from '@sandbox/protocol'

/** One question of a guide with what the clock says of it. */
export interface QuestionRow {
  part: string
  question: GuideQuestion
  spentMs: number
  /** `asked`: time was spent on it, and the interview has gone on. */
  standing: 'asked' | 'current' | 'open'
}

export interface PartRow {
  part: GuidePart
  /** From 1. */
  number: number
  spentMs: number
  /** What it has in all, with its share of the reserve. */
  minutes: number
  current: boolean
  questions: QuestionRow[]
  alternatives: QuestionRow[]
}

/** The parts of a guide as the clock stands at `at` (milliseconds since the interview was made). */
export function partRows(guide: Guide, clock: ClockState, at: number): PartRow[] {
  const spent = spentMs(clock, at)
  return guide.parts.map((part, index) => {
    const rowOf = (question: GuideQuestion) => questionRow(part.id, question, clock, spent.questions[question.id] ?? 0)
    return {
      part,
      number: index + 1,
      spentMs: spent.parts[part.id] ?? 0,
      minutes: part.minutes + (clock.reserve[part.id] ?? 0),
      current: clock.part === part.id,
      questions: part.questions.map(rowOf),
      alternatives: part.alternatives.map(rowOf),
    }
  })
}

function questionRow(part: string, question: GuideQuestion, clock: ClockState, ms: number): QuestionRow {
  const asked = ms > 0 ? 'asked' : 'open'
  return { part, question, spentMs: ms, standing: clock.question === question.id ? 'current' : asked }
}

/** The question of this id, alternatives included. */
export function rowOf(rows: readonly PartRow[], question: string | null): QuestionRow | null {
  const every = rows.flatMap(({ questions, alternatives }) => [...questions, ...alternatives])
  return every.find((row) => row.question.id === question) ?? null
}

/** Where an interview can turn to: a question, or a part that has none. */
export interface Stop {
  part: string
  question: string | null
}

/** The stop `step` further on in the order of the interview, alternatives left out; it ends at both ends. */
export function neighbour(rows: readonly PartRow[], from: Stop | null, step: 1 | -1): Stop | null {
  const stops = rows.flatMap(stopsOf)
  const index = stops.findIndex((stop) => stop.part === from?.part && stop.question === from.question)
  if (index === -1) return neighbourOfAlternative(rows, from, step) ?? stops[0] ?? null
  return stops[Math.min(stops.length - 1, Math.max(0, index + step))] ?? null
}

/** From an alternative one comes to what stands around it: its own part's last question, or the next part's first. */
function neighbourOfAlternative(rows: readonly PartRow[], from: Stop | null, step: 1 | -1): Stop | null {
  const index = rows.findIndex(({ part }) => part.id === from?.part)
  const row = rows[step === 1 ? index + 1 : index]
  if (index === -1 || !row) return null
  return stopsOf(row).at(step === 1 ? 0 : -1) ?? null
}

function stopsOf({ part, questions }: PartRow): Stop[] {
  if (questions.length === 0) return [{ part: part.id, question: null }]
  return questions.map(({ question }) => ({ part: part.id, question: question.id }))
}

/** Where a part begins. */
export function firstStop(row: PartRow): Stop {
  return stopsOf(row)[0] ?? { part: row.part.id, question: null }
}

const TICK_KEYS = '1234567890'

/** The points that the number keys tick: the question's own, then those of the area that is open. */
export function keyedPoints(
  question: GuideQuestion,
  area: string | null,
): { point: ExpectedPoint; key: string | null }[] {
  const open = question.areas.find(({ id }) => id === area)
  const points = [...question.points, ...(open?.points ?? [])]
  return points.map((point, index) => ({ point, key: TICK_KEYS[index] ?? null }))
}

/** The exercises that a question links to, with whether they are open, and when they were opened last. */
export function linkedExercises(
  { exercise, opened }: Pick<Interview, 'exercise' | 'opened'>,
  slugs: readonly string[],
): { slug: string; open: boolean; openedAt: number | null }[] {
  return slugs.map((slug) => ({
    slug,
    open: slug === exercise,
    openedAt: opened.findLast((one) => one.exercise === slug)?.at ?? null,
  }))
}

/**
 * A name for the next thing of one kind that a member writes: `m1-3`. `last` is the number given last by this page, which
 * the log may not have told back yet.
 */
export function nextNumber(taken: readonly string[], member: string, last: number): number {
  const numbers = taken.flatMap((id) => (id.startsWith(`${member}-`) ? [Number(id.slice(member.length + 1))] : []))
  return Math.max(last, 0, ...numbers.filter(Number.isInteger)) + 1
}
