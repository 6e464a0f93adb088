import type { ClockState } from '@sandbox/protocol'
import { useEffect, useRef, useState } from 'react'
import { firstStop, type PartRow, type Stop } from '../../state/interview/panel-guide.ts'

/** Which question an interviewer looks at: the current one, until they look at another, and again when it changes. */
export interface Looked {
  stop: Stop | null
  /** `focus`: the keyboard goes there with the eye. */
  show: (stop: Stop | null, focus?: boolean) => void
}

/** `clock` and `rows` are of now. */
export function useLooked({ part, question }: ClockState, rows: readonly PartRow[]): Looked {
  const current = part === null ? null : { part, question }
  const [choice, setChoice] = useState<{ stop: Stop; since: string } | null>(null)
  const focusing = useRef(false)
  const since = current === null ? '' : stopId(current)
  const [first] = rows
  const stop = choice?.since === since ? choice.stop : (current ?? (first ? firstStop(first) : null))
  const id = stop === null ? null : stopId(stop)
  useEffect(() => {
    if (!focusing.current || id === null) return
    focusing.current = false
    document.getElementById(id)?.focus()
  }, [id])
  const show = (next: Stop | null, focus = false) => {
    focusing.current = focus
    setChoice(next === null ? null : { stop: next, since })
  }
  return { stop, show }
}

/** The id of the element that stands for a stop in the list. */
export function stopId({ part, question }: Stop): string {
  return question === null ? `part-${part}` : `question-${question}`
}
