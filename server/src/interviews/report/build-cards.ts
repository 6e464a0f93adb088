import {
  bandOf,
  type Card,
  type Evidence,
  type Guide,
  type Interview,
  type MemberId,
  NEW_CARD,
  type ReportCard,
  type ReportEvidence,
  type ReportSection,
  type ScoredSection,
  startOf,
  verdictOf,
} from '@sandbox/protocol'
import { assertNever } from '../../assert-never.ts'
import { nameOf } from './people.ts'

/** What was agreed, if anything was, then every card that the reader may see and that says something. */
export function cardsOf(guide: Guide, interview: Interview): ReportCard[] {
  const { agreed, cards } = interview
  const together =
    Object.keys(agreed).length > 0 ? [cardOf({ ...NEW_CARD, points: agreed }, null, { guide, interview })] : []
  const own = Object.entries(cards)
    .filter(([, card]) => card.submitted || saysSomething(card))
    .map(([id, card]) => cardOf(card, id, { guide, interview }))
  return [...together, ...own]
}

function saysSomething({ points, flags, cites }: Card): boolean {
  return Object.keys(points).length + flags.length + cites.length > 0
}

interface Context {
  guide: Guide
  interview: Interview
}

function cardOf(card: Card, by: MemberId | null, { guide, interview }: Context): ReportCard {
  const flagged = new Set(card.flags)
  const { type: verdict, total, reasons } = verdictOf(guide.sections, guide.passing, card.points)
  const titles = (flags: Guide['greenFlags']) => flags.filter(({ id }) => flagged.has(id)).map(({ title }) => title)
  return {
    by: by === null ? null : nameOf(interview, by),
    submitted: by === null || card.submitted,
    sections: guide.sections.map((section) => sectionOf(section, card, interview)),
    of: guide.sections.reduce((sum, { points }) => sum + points, 0),
    passing: guide.passing,
    total,
    verdict,
    reasons,
    greenFlags: titles(guide.greenFlags),
    redFlags: titles(guide.redFlags),
  }
}

function sectionOf(section: ScoredSection, card: Card, interview: Interview): ReportSection {
  const { id, title, points: of, minimum, bands } = section
  const points = card.points[id]
  const band = points === undefined ? null : bandOf(section, points)
  return {
    id,
    title,
    points: points ?? null,
    of,
    minimum,
    band,
    words: bands.find((one) => one.band === band)?.words ?? null,
    bands: bands.map(({ band, from }) => ({ band, from })),
    evidence: card.cites
      .filter((cite) => cite.section === id)
      .map(({ evidence, at }) => evidenceOf(evidence, at, interview)),
  }
}

function evidenceOf(evidence: Evidence, citedAt: number, interview: Interview): ReportEvidence {
  const start = startOf(interview)
  switch (evidence.type) {
    case 'run': {
      const index = interview.runs.findIndex(({ id }) => id === evidence.run)
      const run = interview.runs[index]
      if (run === undefined) return { type: 'moment', at: citedAt - start, words: 'A run that is not in the log.' }
      return { type: 'run', at: run.at - start, number: index + 1, summary: run.summary }
    }
    case 'line':
      return { ...evidence, at: evidence.at - start }
    case 'moment':
      return { ...evidence, at: evidence.at - start }
    default:
      return assertNever(evidence)
  }
}
