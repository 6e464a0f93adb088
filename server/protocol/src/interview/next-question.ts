import {
  type ExpectedPoint,
  type Guide,
  type GuidePart,
  type GuideQuestion,
  pointsOf,
  type QuestionArea,
} from './guide.ts'
import { labelOf, lowered, minutesIn, partLabel, topicOf } from './guide-words.ts'

/** Where an interview stands. */
export interface Moment {
  /** The question that is being asked; null before the first and between two. */
  question: string | null
  /** Points of this question that the candidate has said. */
  ticked: ReadonlySet<string>
  /** What of this question was asked: follow-ups, an area's questions, and points whose probe was. */
  asked: ReadonlySet<string>
  /** Questions that were asked before, or left out. */
  done: ReadonlySet<string>
  /** Minutes that this question has taken so far. */
  used: number
  /** Minutes left: of its part, with what the part was given of the reserve, and of the whole interview. */
  left: { part: number; interview: number }
}

/** What to do next, with the words to say where there are some, and a short sentence that says why. */
export type NextStep = { why: string } /** `ask` is null where the guide has no probe for the point. */ & (
  | { type: 'probe'; point: string; ask: string | null }
  | { type: 'area'; area: string; id: string; ask: string }
  | { type: 'follow-up'; id: string; ask: string }
  | { type: 'question'; part: string; question: string; ask: string }
  /** On to a part without questions of its own. */
  | { type: 'part'; part: string }
  | { type: 'end' }
)

/**
 * What an interviewer might do next. Within a question: the probe of the first point that was not said, area by area where
 * there are some, then follow-ups; then on to the next question that fits into the part's time, and to the next part. A
 * question may last longer than planned as long as the others of its part still get their least. It is a suggestion, the
 * same whenever it is asked about the same moment, and there is always one.
 */
export function nextStep(guide: Guide, { left, ...rest }: Moment): NextStep {
  const place = placeOf(guide, rest.question)
  const last = guide.parts.at(-1)
  const unkept = left.interview - guide.keptMinutes
  if (last && unkept <= 0 && place?.part !== last) return keepLast(guide, last)
  const moment = { ...rest, left: { ...left, part: place?.part === last ? left.part : Math.min(left.part, unkept) } }
  if (place === null) return onwards(guide, -1, moment, null)
  if (moment.left.part <= 0) return onwards(guide, place.index, moment, `${partLabel(place.index)} has no time left`)
  const spare = spareMinutes(place, moment)
  const over = moment.used >= place.question.minutes[1] && spare < 1
  return (over ? null : within(place.question, moment, spare)) ?? leave(guide, place, moment)
}

interface Place {
  /** Of the part among the guide's. */
  index: number
  part: GuidePart
  question: GuideQuestion
}

function placeOf({ parts }: Guide, id: string | null): Place | null {
  for (const [index, part] of parts.entries()) {
    const question = [...part.questions, ...part.alternatives].find((one) => one.id === id)
    if (question) return { index, part, question }
  }
  return null
}

function keepLast(guide: Guide, part: GuidePart): NextStep {
  const why = `the last ${minutesIn(guide.keptMinutes)} are kept: go on to ${partLabel(guide.parts.indexOf(part))}`
  return { type: 'part', part: part.id, why }
}

/** Minutes that the question may still take if the rest of its part gets the least that it should; negative where it cannot. */
function spareMinutes(place: Place, moment: Moment): number {
  return moment.left.part - remaining(place, moment).reduce((sum, { minutes }) => sum + minutes[0], 0)
}

/** The questions of the part that are still to be asked, those after this one first. */
function remaining({ part, question }: Place, { done }: Moment): GuideQuestion[] {
  const at = part.questions.indexOf(question)
  const ordered = [...part.questions.slice(at + 1), ...part.questions.slice(0, Math.max(0, at))]
  return ordered.filter(({ id }) => !done.has(id))
}

function within(question: GuideQuestion, moment: Moment, spare: number): NextStep | null {
  return (
    probe(question.points, moment) ?? throughAreas(question, moment, moment.used + spare) ?? followUp(question, moment)
  )
}

function probe(points: readonly ExpectedPoint[], { ticked, asked }: Moment): NextStep | null {
  const point = points.find(({ id }) => !ticked.has(id) && !asked.has(id))
  if (!point) return null
  return { type: 'probe', point: point.id, ask: point.probe ?? null, why: `no point on ${topicOf(point)} yet` }
}

/** `budget`: minutes for the whole question. Where the areas would like more, each has its share of it. */
function throughAreas({ areas }: GuideQuestion, moment: Moment, budget: number): NextStep | null {
  const wanted = areas.reduce((sum, { minutes }) => sum + (minutes?.[1] ?? 0), 0)
  const share = Math.min(1, budget / Math.max(1, wanted))
  let until = 0
  let before: string | null = null
  for (const area of areas) {
    until += (area.minutes?.[1] ?? 0) * share
    const isOver = area.minutes !== null && moment.used >= until
    const step = isOver ? null : inArea(area, moment, before)
    if (step) return step
    before = isOver ? `the time for ${lowered(area.title)} is over` : `${lowered(area.title)}: all asked`
  }
  return null
}

function inArea(area: QuestionArea, moment: Moment, before: string | null): NextStep | null {
  const { ticked, asked } = moment
  const isBegun =
    area.points.some(({ id }) => ticked.has(id) || asked.has(id)) || area.asked.some(({ id }) => asked.has(id))
  const next = area.asked.find(({ id }) => !asked.has(id))
  const ask = (why: string): NextStep | null =>
    next ? { type: 'area', area: area.id, id: next.id, ask: next.text, why } : null
  const begin = before === null ? `begin with ${lowered(area.title)}` : `${before}; go on to ${lowered(area.title)}`
  return (isBegun ? null : ask(begin)) ?? probe(area.points, moment) ?? ask(`more on ${lowered(area.title)}`)
}

function followUp(question: GuideQuestion, moment: Moment): NextStep | null {
  const found = question.followUps.find(
    ({ id, after }) => !moment.asked.has(id) && after.every((point) => moment.ticked.has(point)),
  )
  if (!found) return null
  const from = pointsOf(question).filter(({ id }) => found.after.includes(id))
  const why = from.length > 0 ? `follows from ${from.map(topicOf).join(' and ')}` : saidSoFar(question, moment)
  return { type: 'follow-up', id: found.id, ask: found.text, why }
}

function saidSoFar(question: GuideQuestion, { ticked }: Moment): string {
  const points = pointsOf(question)
  const unsaid = points.filter(({ id }) => !ticked.has(id)).length
  return unsaid === 0 ? 'all points said' : `${unsaid} of ${points.length} points not said`
}

/** On to the next question of the part that fits into its time, or to the next part. */
function leave(guide: Guide, place: Place, moment: Moment): NextStep {
  const over = Math.floor(moment.used - place.question.minutes[1])
  const soFar = [saidSoFar(place.question, moment), ...(over >= 1 ? [`${minutesIn(over)} over`] : [])]
  const others = remaining(place, moment)
  const next = others.find(({ minutes }) => minutes[0] <= moment.left.part)
  const tooLong = others[0] && others[0] !== next ? [tooLongFor(others[0], moment)] : []
  if (!next) return onwards(guide, place.index, moment, [...soFar, ...tooLong].join('; '))
  return toQuestion(place.part, next, [...soFar, ...tooLong].join('; '))
}

function tooLongFor(question: GuideQuestion, { left }: Moment): string {
  return `${labelOf(question)} needs ${minutesIn(question.minutes[0])}, the part has ${Math.floor(left.part)}`
}

/** On to the first part after this one that has something to ask, or nothing at all to ask. */
function onwards({ parts }: Guide, index: number, { done }: Moment, because: string | null): NextStep {
  for (const part of parts.slice(index + 1)) {
    const question = part.questions.find(({ id }) => !done.has(id))
    if (question) return toQuestion(part, question, because)
    if (part.questions.length === 0) {
      const to = partLabel(parts.indexOf(part))
      return { type: 'part', part: part.id, why: because === null ? `next is ${to}` : `${because}: go on to ${to}` }
    }
  }
  return { type: 'end', why: because === null ? 'nothing is left to ask' : `${because}, and nothing is left to ask` }
}

function toQuestion(part: GuidePart, question: GuideQuestion, because: string | null): NextStep {
  const to = labelOf(question)
  const why = because === null ? `next is ${to}` : `${because}: go on to ${to}`
  return { type: 'question', part: part.id, question: question.id, ask: question.text, why }
}
