import {
  durationWords,
  type PrivateReport,
  type ReportCard,
  type ReportEvidence,
  type ReportPart,
  type ReportQuestion,
  type ReportSection,
  stampOf,
} from '@sandbox/protocol'
import { codeSpan, list, plain, sentence, table } from './markdown.ts'
import { absenceWords, BAND_WORDS, cardTitle, evidenceWords, ofPlan, pasteWords, RESULT_WORDS } from './report-words.ts'

/** The blocks that only interviewers see. */
export function privateMarkdown(report: PrivateReport, { alone }: { alone: boolean }): string[] {
  const { cards, notes } = report
  return [
    '## Scorecard',
    ...(cards.length === 0 ? ['Nothing is scored.'] : cards.flatMap(cardBlocks)),
    '## Time and questions',
    ...timeBlocks(report),
    ...report.parts.flatMap(partBlocks),
    '## Notes',
    notes.length === 0
      ? 'No notes.'
      : list(notes.map(({ at, by, text }) => `${stampOf(at)} ${plain(by)}: ${plain(text)}`)),
    ...(alone ? [] : recordedBlocks(report)),
  ]
}

function cardBlocks(card: ReportCard): string[] {
  const { total, of, passing, reasons, sections } = card
  const evidence = sections.flatMap((section) =>
    section.evidence.map((one) => `${stampOf(one.at)} ${plain(section.title)}: ${evidenceLine(one)}`),
  )
  return [
    `### ${plain(cardTitle(card))}: ${RESULT_WORDS[card.verdict]}, ${total} of ${of}, ${passing} to pass`,
    ...(reasons.length === 0 ? [] : [list(reasons.map(plain))]),
    table(['Section', 'Points', 'Minimum', 'Band'], sections.map(sectionRow)),
    ...(evidence.length === 0 ? [] : ['Evidence:', list(evidence)]),
    ...flags('Green flags', card.greenFlags),
    ...flags('Red flags', card.redFlags),
  ]
}

function sectionRow({ title, points, of, minimum, band, words }: ReportSection): string[] {
  const reached = band === null ? 'not scored' : `**${BAND_WORDS[band]}.** ${plain(words ?? '')}`
  return [plain(title), `${points ?? '–'} of ${of}`, String(minimum ?? 'none'), reached]
}

function evidenceLine(evidence: ReportEvidence): string {
  const words = sentence(evidenceWords(evidence))
  return evidence.type === 'line' ? `${words} ${codeSpan(evidence.text.trim())}` : words
}

function flags(title: string, given: readonly string[]): string[] {
  return given.length === 0 ? [] : [`**${title}:** ${given.map(plain).join('; ')}.`]
}

function timeBlocks({ guide, runningMs, pausedMs, parts }: PrivateReport): string[] {
  if (guide === null) return ['This interview has no guide.']
  const paused = pausedMs > 0 ? ` and was paused for ${durationWords(pausedMs)}` : ''
  return [
    `By the guide “${plain(guide.title)}”: the clock ran for ${ofPlan(runningMs, guide.minutes)}${paused}.`,
    table(
      ['Part', 'Took'],
      parts.map((part) => [plain(part.title), ofPlan(part.spentMs, part.minutes)]),
    ),
  ]
}

function partBlocks({ title, questions, notAsked }: ReportPart): string[] {
  if (questions.length + notAsked.length === 0) return []
  return [
    `### ${plain(title)}`,
    ...questions.flatMap(questionBlocks),
    ...(notAsked.length === 0 ? [] : [`Not asked: ${notAsked.map(plain).join('; ')}.`]),
  ]
}

function questionBlocks({ title, seed, spentMs, minutes, said, notSaid, asked }: ReportQuestion): string[] {
  const name = seed === 'alternative' ? title : `${seed} ${title}`
  const points = `${said.length} of ${said.length + notSaid.length} points`
  return [
    `#### ${plain(name)} (${ofPlan(spentMs, minutes)}, ${points})`,
    ...items('Said', said),
    ...items('Not said', notSaid),
    ...items('Asked further', asked),
  ]
}

function items(title: string, texts: readonly string[]): string[] {
  return texts.length === 0 ? [] : [`${title}:`, list(texts.map(sentence))]
}

function recordedBlocks({ pastes, absences }: PrivateReport): string[] {
  return [
    '## Recorded with the candidate’s knowledge',
    recorded('Pasting', pastes, pasteWords),
    recorded('Leaving the window', absences, absenceWords),
  ]
}

function recorded<T extends { at: number }>(title: string, moments: T[] | null, words: (moment: T) => string): string {
  if (moments === null) return `${title}: not recorded.`
  if (moments.length === 0) return `${title}: recorded, and nothing to tell.`
  return `${title}:\n\n${list(moments.map((moment) => `${stampOf(moment.at)} ${plain(words(moment))}`))}`
}
