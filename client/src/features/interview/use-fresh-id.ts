import { useRef } from 'react'
import { nextNumber } from '../../state/interview/panel-guide.ts'

/** Names for what a member writes, after those that are `taken`: unique also before the log has told the last one back. */
export function useFreshId(member: string): (taken: readonly string[]) => string {
  const last = useRef(0)
  return (taken) => {
    last.current = nextNumber(taken, member, last.current)
    return `${member}-${last.current}`
  }
}
