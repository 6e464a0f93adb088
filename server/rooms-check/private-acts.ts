import type { Act, Guide } from '@sandbox/protocol'
import { pointsOf } from '@sandbox/protocol'
import type { Marks } from './marks.ts'

/**
 * Entries that no candidate may see. Said here once more and not asked of the protocol: the audit must not believe the
 * table that it audits.
 */
export const PRIVATE_ENTRIES = [
  'guide',
  'pasted',
  'away',
  'clock',
  'turned',
  'reserve',
  'ticked',
  'asked',
  'answered',
  'prepared',
  'noted',
  'cited',
  'scored',
  'flagged',
  'submitted',
  'agreed',
] as const

/** Everything that an interviewer does for themselves, with marked words. Throws where the guide has too little. */
export function privateActs(guide: Guide, marks: Marks): Act[] {
  const part = needed(guide.parts.find(({ questions }) => questions.some(({ followUps }) => followUps.length > 0)))
  const question = needed(part.questions.find(({ followUps }) => followUps.length > 0))
  const [section] = guide.sections
  const { id } = needed(section)
  const note = marks.next('a note’s name')
  const cite = (evidence: Extract<Act, { type: 'cited' }>['evidence']): Act => ({
    type: 'cited',
    section: id,
    cite: marks.next('a cite’s name'),
    evidence,
  })
  return [
    { type: 'prepared', item: needed(guide.preparation[0]).id, on: true },
    { type: 'clock', action: 'start' },
    { type: 'turned', part: part.id, question: question.id },
    { type: 'reserve', part: part.id, minutes: 3 },
    { type: 'ticked', question: question.id, point: needed(pointsOf(question)[0]).id, on: true },
    { type: 'asked', question: question.id, followUp: needed(question.followUps[0]).id, on: true },
    { type: 'answered', question: question.id },
    { type: 'noted', note, text: marks.next('a note') },
    { type: 'noted', note, text: marks.next('a note that was changed') },
    { type: 'flagged', flag: needed(guide.redFlags[0]).id, on: true },
    { type: 'flagged', flag: needed(guide.greenFlags[0]).id, on: true },
    ...guide.sections.map((one): Act => ({ type: 'scored', section: one.id, points: Math.min(7, one.points) })),
    cite({ type: 'moment', at: 5, words: marks.next('the words of a cited moment') }),
    cite({ type: 'line', path: 'a/b.go', line: 1, text: marks.next('a cited line'), at: 5 }),
    { type: 'clock', action: 'pause' },
    { type: 'clock', action: 'resume' },
    { type: 'submitted', on: true },
    { type: 'agreed', section: id, points: 6 },
  ]
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the guide has too little for an audit')
  return value
}
