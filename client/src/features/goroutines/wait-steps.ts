import type { Goroutine, Hold, WaitFor, WaitObject } from '@sandbox/protocol'

/** Things shown beside a cycle at most. */
const MAX_OTHERS = 12
/** Ids that are still worth reading one by one. */
const MAX_IDS = 4

/** One goroutine of a cycle: it waits for `object`, which the next one, `holder`, has. */
export interface CycleStep {
  goroutine: Goroutine
  /** The lock's name, with a number where another lock of the cycle has the same name. */
  lock: string
  holder: number
  hold: Hold
}

/** The cycle from its first goroutine on; empty where there is none or a part of it is not in the dump. */
export function cycleSteps({ cycle, objects }: WaitFor, goroutines: Goroutine[]): CycleStep[] {
  const members = goroutines.filter(({ id }) => cycle.includes(id))
  const locks = objects.filter(({ address }) => members.some(({ waitsFor }) => waitsFor === address))
  const steps = cycle.flatMap((id, index): CycleStep[] => {
    const next = cycle[(index + 1) % cycle.length]
    const goroutine = members.find((one) => one.id === id)
    const object = locks.find(({ address }) => address === goroutine?.waitsFor)
    const holder = object?.holders?.find((one) => one.goroutine === next)
    if (!goroutine || !object || !holder) return []
    return [{ goroutine, lock: lockLabel(object, locks), holder: holder.goroutine, hold: holder.hold }]
  })
  return steps.length === cycle.length ? steps : []
}

function lockLabel({ name, address }: WaitObject, locks: WaitObject[]): string {
  const own = name ?? 'a lock'
  const alike = locks.filter((one) => one.name === name)
  return alike.length === 1 ? own : `${own} #${alike.findIndex((one) => one.address === address) + 1}`
}

/**
 * Locks of which it is known who has them, and that somebody who is shown waits for outside of the cycle. Where nobody can
 * tell who should act, what each goroutine says of itself is all that there is to say.
 */
export function othersToShow({ cycle, objects }: WaitFor, goroutines: Goroutine[]): WaitObject[] {
  const shown = new Set(goroutines.filter(({ role }) => role !== 'runtime').map(({ id }) => id))
  const inCycle = new Set(cycle)
  return objects
    .filter(({ holders, waiters }) => holders?.length && waiters.some((id) => shown.has(id) && !inCycle.has(id)))
    .map((object) => ({ ...object, waiters: object.waiters.filter((id) => shown.has(id)) }))
    .slice(0, MAX_OTHERS)
}

/** `goroutine 7 waits` or `9 goroutines wait: 7, 8, 9, 10, …`. */
export function waitingWords(waiters: readonly number[]): string {
  if (waiters.length === 1) return `goroutine ${waiters[0]} waits`
  const ids = waiters.slice(0, MAX_IDS).join(', ')
  return `${waiters.length} goroutines wait: ${ids}${waiters.length > MAX_IDS ? ', …' : ''}`
}

export function lockedWords({ reading }: Hold): string {
  return reading ? 'read-locked' : 'locked'
}
