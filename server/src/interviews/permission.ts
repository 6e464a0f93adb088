import { type Act, INTRODUCTION, type Interview, mayAct } from '@sandbox/protocol'
import type { Reader } from './visibility.ts'

/** What is still noted when the interview is over: how it was. */
const AFTERWARDS: ReadonlySet<Act['type']> = new Set<Act['type']>([
  'ticked',
  'asked',
  'answered',
  'noted',
  'scored',
  'flagged',
  'cited',
  'submitted',
  'agreed',
])

/** Why an act of this reader is not carried out; null: it is. */
export function objectionTo(act: Act, { role, member }: Reader, interview: Interview): string | null {
  if (!mayAct(role, act.type)) return 'Only another role in an interview may do this.'
  if (interview.finishedAt !== null && !AFTERWARDS.has(act.type)) return 'The interview is over.'
  switch (act.type) {
    case 'admitted':
    case 'removed':
      return objectionToMoving(act.member, interview)
    case 'pasted':
      return interview.recording.pasting ? null : 'Pasting is not recorded in this interview.'
    case 'away':
      return interview.recording.leaving ? null : 'Leaving the window is not recorded in this interview.'
    case 'scored':
      return (
        objectionToJudging(member, interview) ??
        objectionToPoints(act, interview) ??
        objectionToUnscoring(act, { member, interview })
      )
    case 'agreed':
      return objectionToPoints(act, interview)
    case 'flagged':
    case 'cited':
      return objectionToJudging(member, interview)
    case 'reserve':
      return objectionToReserve(act, interview)
    case 'submitted':
      return act.on ? objectionToSubmitting(member, interview) : objectionToJudging(member, interview)
    default:
      return null
  }
}

function objectionToMoving(id: string, { members }: Interview): string | null {
  const moved = members.find((member) => member.id === id)
  if (moved === undefined) return 'There is nobody of that name.'
  return moved.role === 'candidate' ? null : 'Interviewers come and go by their link.'
}

/** What others have seen, or could have, is not put right by what they think. */
function objectionToJudging(member: string, interview: Interview): string | null {
  return isCompared(member, interview) ? 'The scores were compared already.' : null
}

function objectionToPoints({ section, points }: Extract<Act, { type: 'scored' | 'agreed' }>, { guide }: Interview) {
  const most = guide?.sections.find(({ id }) => id === section)?.points ?? 0
  return points === null || points <= most ? null : `This section has at most ${most} points.`
}

/** Who wants to see what others think has said what they think themselves. */
function objectionToSubmitting(member: string, interview: Interview): string | null {
  const points = interview.cards[member]?.points ?? {}
  const isComplete = interview.guide?.sections.every(({ id }) => points[id] !== undefined) ?? false
  return isComplete ? null : 'Every section is scored before a card is submitted.'
}

function objectionToUnscoring(
  { points }: Extract<Act, { type: 'scored' }>,
  { member, interview }: { member: string; interview: Interview },
): string | null {
  const isSubmitted = interview.cards[member]?.submitted ?? false
  return points === null && isSubmitted ? 'This card is submitted: take that back first.' : null
}

/** Nobody gives more than there is. */
function objectionToReserve({ part, minutes }: Extract<Act, { type: 'reserve' }>, { guide, clock }: Interview) {
  if (guide === null || (part !== INTRODUCTION && !guide.parts.some(({ id }) => id === part)))
    return 'There is no such part.'
  const planned = guide.parts.reduce((sum, one) => sum + one.minutes, 0)
  const given = Object.entries(clock.reserve).reduce((sum, [id, has]) => (id === part ? sum : sum + has), 0)
  const left = guide.minutes - planned - given
  return minutes <= left ? null : `The reserve has ${left} minutes.`
}

/** Whether another interviewer has seen this one's scores, or could have. */
function isCompared(member: string, { cards }: Interview): boolean {
  const submitted = Object.entries(cards).filter(([, card]) => card.submitted)
  return submitted.length > 1 && submitted.some(([id]) => id === member)
}
