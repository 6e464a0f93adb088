import { Band, type ScoredSection, type SectionId } from './guide.ts'

/** Points by section; a section without is not scored yet. */
export type SectionPoints = Readonly<Partial<Record<SectionId, number>>>

/** What a scorecard comes to. Each reason is a sentence of its own: `77/100, but System architecture 16 < 18`. */
export interface ScoreVerdict {
  /** `incomplete` as long as a section is not scored, whatever the others say. */
  type: 'pass' | 'fail' | 'incomplete'
  total: number
  reasons: string[]
}

/** One section as several interviewers have scored it. */
export interface SectionComparison {
  section: SectionId
  /** In the order of the cards; null where it is not scored. */
  scores: { interviewer: string; points: number | null; band: Band | null }[]
  /** Points between the highest and the lowest. */
  spread: number
  /** Bands between the best and the worst: 0 is agreement, 1 is to be talked about. */
  bandsApart: number
}

/** The band of so many points. Below 0 it is the lowest, above the section's points the highest. */
export function bandOf({ bands }: Pick<ScoredSection, 'bands'>, points: number): Band {
  return bands.find(({ from }) => points >= from)?.band ?? 'weak'
}

/** The points of all scored sections together; what belongs to no section does not count. */
export function totalOf(sections: readonly Pick<ScoredSection, 'id'>[], points: SectionPoints): number {
  return sections.reduce((sum, { id }) => sum + (points[id] ?? 0), 0)
}

/** Whether the points are enough: `passing` in all, and each section's minimum. */
export function verdictOf(sections: readonly ScoredSection[], passing: number, points: SectionPoints): ScoreVerdict {
  const total = totalOf(sections, points)
  const misses = sections.flatMap((section) => missedMinimum(section, points[section.id]))
  const open = sections.filter(({ id }) => points[id] === undefined)
  const told = { all: sum(sections), passing, total, misses }
  if (open.length > 0) return { type: 'incomplete', total, reasons: openReasons(open, told) }
  if (total < passing || misses.length > 0) return { type: 'fail', total, reasons: failReasons(told) }
  return { type: 'pass', total, reasons: [`${total}/${told.all}, and every minimum is met`] }
}

/** Every section as each card has it, in the order of `sections`. Cards by interviewer. */
export function compareCards(
  sections: readonly ScoredSection[],
  cards: Readonly<Record<string, { readonly points: SectionPoints }>>,
): SectionComparison[] {
  return sections.map((section) => {
    const scores = Object.entries(cards).map(([who, { points }]) => scoreOf(section, who, points[section.id]))
    return {
      section: section.id,
      scores,
      spread: spreadOf(scores.map(({ points }) => points)),
      bandsApart: spreadOf(scores.map(({ band }) => band && Band.options.indexOf(band))),
    }
  })
}

type Told = { all: number; passing: number; total: number; misses: string[] }

function missedMinimum({ title, minimum }: ScoredSection, points: number | undefined): string[] {
  return minimum !== null && points !== undefined && points < minimum ? [`${title} ${points} < ${minimum}`] : []
}

function openReasons(open: readonly ScoredSection[], { all, passing, total, misses }: Told): string[] {
  const most = total + sum(open)
  const reasons = [`not scored: ${open.map(({ title }) => title).join(', ')}`, ...misses]
  if (most < passing) reasons.push(`at most ${most}/${all} can be reached, ${passing} are needed`)
  return reasons
}

function failReasons({ all, passing, total, misses }: Told): string[] {
  return total < passing ? [`${total}/${all} < ${passing}`, ...misses] : [`${total}/${all}, but ${misses.join(', ')}`]
}

function scoreOf(section: ScoredSection, interviewer: string, points: number | undefined) {
  return points === undefined
    ? { interviewer, points: null, band: null }
    : { interviewer, points, band: bandOf(section, points) }
}

/** Highest less lowest; 0 where there are not two to compare. */
function spreadOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? 0 : Math.max(...known) - Math.min(...known)
}

function sum(sections: readonly ScoredSection[]): number {
  return sections.reduce((total, { points }) => total + points, 0)
}
