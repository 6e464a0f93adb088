import type { Guide } from './guide.ts'

/** Where minutes of the reserve can go besides to a part: before the first one, to say hello and set up. */
export const INTRODUCTION = 'introduction'

/** A stretch of the interview, to scale. `part` is an id; minutes count from the beginning. */
export type Segment = { from: number; to: number } & (
  | { type: 'introduction' }
  | { type: 'part'; part: string }
  /** What is left of the reserve. */
  | { type: 'reserve' }
  /** The last part, which nothing may take minutes from. */
  | { type: 'kept'; part: string }
)

/** Minutes of the reserve that were given away, by a part's id or `INTRODUCTION`. */
export type Given = Readonly<Record<string, number>>

export interface ClockPlan {
  /** One after the other from minute 0 to the end, without a gap; what has no minutes is left out. */
  segments: Segment[]
  /** Minutes that no part has, and what is left of them. */
  reserve: { minutes: number; left: number }
}

/**
 * How the guide's minutes lie along the clock: the introduction where it was given some, the parts with what they were
 * given, what is left of the reserve, and the kept last minutes. More than there is cannot be given: who comes later on the
 * clock gets less. The kept part is given nothing.
 */
export function clockPlan(guide: Pick<Guide, 'minutes' | 'keptMinutes' | 'parts'>, given: Given = {}): ClockPlan {
  const keeps = guide.keptMinutes > 0
  const kept = keeps ? guide.parts.slice(-1) : []
  const parts = keeps ? guide.parts.slice(0, -1) : guide.parts
  const minutes = Math.max(0, guide.minutes - guide.parts.reduce((sum, part) => sum + part.minutes, 0))
  let left = minutes
  const take = (who: string) => {
    const share = Math.min(left, Math.max(0, given[who] ?? 0))
    left -= share
    return share
  }
  const lengths: Length[] = [
    { type: 'introduction', minutes: take(INTRODUCTION) },
    ...parts.map((part) => ({ type: 'part' as const, part: part.id, minutes: part.minutes + take(part.id) })),
  ]
  lengths.push({ type: 'reserve', minutes: left })
  lengths.push(...kept.map((part) => ({ type: 'kept' as const, part: part.id, minutes: part.minutes })))
  return { segments: oneAfterAnother(lengths), reserve: { minutes, left } }
}

type Length = { minutes: number } & ({ type: 'introduction' | 'reserve' } | { type: 'part' | 'kept'; part: string })

function oneAfterAnother(lengths: readonly Length[]): Segment[] {
  let from = 0
  return lengths
    .filter(({ minutes }) => minutes > 0)
    .map(({ minutes, ...what }) => {
      const segment = { ...what, from, to: from + minutes }
      from = segment.to
      return segment
    })
}
