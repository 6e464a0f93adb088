import { type Guide, type Interview, type Moment, type NextStep, nextStep, spentMs, timeLeft } from '@sandbox/protocol'

const MINUTE_MS = 60_000

/**
 * What to do next about the current question, as the clock and the ticks stand; null where there is no current question, so
 * that nothing is suggested while the candidate asks.
 */
export function nextOf(interview: Interview, guide: Guide, at: number): NextStep | null {
  return interview.clock.question === null ? null : nextStep(guide, momentOf(interview, guide, at))
}

function momentOf({ clock, ticked, asked }: Interview, guide: Guide, at: number): Moment {
  const question = clock.question ?? ''
  const { questions } = spentMs(clock, at)
  const left = timeLeft(clock, guide, at)
  return {
    question,
    ticked: new Set(ticked[question]),
    asked: new Set(asked[question]),
    done: new Set(Object.keys(questions).filter((id) => id !== question)),
    used: (questions[question] ?? 0) / MINUTE_MS,
    left: { part: (left.part ?? left.inAll) / MINUTE_MS, interview: left.inAll / MINUTE_MS },
  }
}
