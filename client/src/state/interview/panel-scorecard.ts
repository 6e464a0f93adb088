import {
  type Band,
  compareCards,
  type Evidence,
  type Guide,
  type Interview,
  type Member,
  type MemberId,
  NEW_CARD,
  type ScoredSection,
  type SectionComparison,
  type SectionId,
  verdictOf,
} from '@sandbox/protocol'
import { momentText } from './panel-times.ts'

/** A band as a stretch of its section's scale, on which every number of points has a cell. */
export interface BandCell {
  band: Band
  from: number
  to: number
  words: string
}

/** The bands from the weakest to the best, as they lie on the scale. */
export function bandCells({ bands, points }: ScoredSection): BandCell[] {
  return bands
    .map(({ band, from, words }, index) => ({ band, from, to: (bands[index - 1]?.from ?? points + 1) - 1, words }))
    .toReversed()
}

/** `0–12`; the best is written `23+`, as it is the narrowest. */
export function cellText({ from, to }: BandCell, points: number): string {
  return to === points ? `${from}+` : `${from}–${to}`
}

/** Where the middle of a value's cell lies on the scale, from 0 to 1. */
export function shareOf({ points }: ScoredSection, value: number): number {
  return (value + 0.5) / (points + 1)
}

/** Where the least points to pass begin on the scale, from 0 to 1. */
export function minimumShare({ points, minimum }: ScoredSection): number | null {
  return minimum === null ? null : minimum / (points + 1)
}

/** `minimum 18, met`, or by how much it is missed. */
export function minimumWords({ minimum }: ScoredSection, points: number | null): string {
  if (minimum === null) return 'no minimum'
  if (points === null) return `minimum ${minimum}`
  return points >= minimum ? `minimum ${minimum}, met` : `minimum ${minimum}, ${minimum - points} short`
}

/** `Strong`, as a word of its own. */
export function bandWord(band: Band): string {
  return band.charAt(0).toUpperCase() + band.slice(1)
}

/** A total and whether it is enough, in words. */
export interface Standing {
  total: number
  type: 'pass' | 'fail' | 'incomplete'
  words: string
}

/** What points come to under a guide. */
export function standingOf({ sections, passing }: Guide, points: Partial<Record<SectionId, number>>): Standing {
  const { type, total, reasons } = verdictOf(sections, passing, points)
  if (type === 'pass') return { type, total, words: `Pass: ${reasons.join('; ')}.` }
  if (type === 'fail') return { type, total, words: `No pass: ${reasons.join('; ')}.` }
  const scored = sections.filter(({ id }) => points[id] !== undefined).length
  // The first reason lists what is not scored: the page shows that.
  const others = reasons.slice(1).map((reason) => ` ${reason}.`)
  return {
    type,
    total,
    words: `${scored} of ${sections.length} scored.${others.join('')} To pass: ${passing} in total and every minimum (dotted line).`,
  }
}

/** The interviewers who have submitted their scores, and those inside who have not. */
export interface Panel {
  submitted: Member[]
  waitingFor: Member[]
}

export function panelOf({ members, cards }: Interview): Panel {
  const interviewers = members.filter(({ role }) => role === 'interviewer')
  const hasSubmitted = ({ id }: Member) => cards[id]?.submitted ?? false
  return {
    submitted: interviewers.filter(hasSubmitted),
    waitingFor: interviewers.filter((one) => one.standing === 'inside' && !hasSubmitted(one)),
  }
}

/** Whether somebody's scores lie beside another's: from then on they stand, and the server takes no change of that card. */
export function isCompared(interview: Interview, member: MemberId): boolean {
  const { submitted } = panelOf(interview)
  return submitted.length > 1 && submitted.some(({ id }) => id === member)
}

/** Every section as those who have submitted scored it, by their ids; null for whom nothing is compared. */
export function comparisonOf(interview: Interview, { sections }: Guide, reader: MemberId): SectionComparison[] | null {
  if (!isCompared(interview, reader)) return null
  const { submitted } = panelOf(interview)
  return compareCards(sections, Object.fromEntries(submitted.map(({ id }) => [id, cardOf(interview, id)])))
}

/** The middle of what several gave, to begin talking from. */
export function middleOf({ scores }: SectionComparison): number {
  const points = scores.flatMap((score) => (score.points === null ? [] : [score.points]))
  return Math.round(points.reduce((sum, one) => sum + one, 0) / Math.max(1, points.length))
}

export function cardOf({ cards }: Interview, member: MemberId): Interview['cards'][MemberId] {
  return cards[member] ?? NEW_CARD
}

/** How a piece of evidence is named on its chip. */
export function evidenceWords(interview: Interview, evidence: Evidence): string {
  const { runs } = interview
  if (evidence.type === 'run') {
    const index = runs.findIndex(({ id }) => id === evidence.run)
    const run = runs[index]
    return run ? `run ${index + 1} · ${run.verdict ?? 'running'} · ${momentText(interview, run.at)}` : 'a run'
  }
  const at = momentText(interview, evidence.at)
  if (evidence.type === 'moment') return evidence.words === '' ? `this moment · ${at}` : `“${evidence.words}” · ${at}`
  return `${evidence.path.split('/').at(-1)}:${evidence.line} · ${at}`
}
