import type { Goroutine, Hold, WaitFor, WaitObject } from '@sandbox/protocol'

/** Things shown beside a cycle at most. */
const MAX_OTHERS = 12
/** Ids that are still worth reading one by one. */
const MAX_IDS = 4

/** One goroutine of a cycle: it waits for `object`, which the next one, `holder`, has. */
export interface CycleStep {
  goroutine: Goroutine
  /** The lock's name, with the end of its address where another lock of the cycle has the same name. */
  lock: string
  holder: number
  hold: Hold
}

/** Enough of an address to tell two locks apart. */
const ADDRESS_DIGITS = 4

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
  return alike.length === 1 ? own : `${own} …${address.slice(-ADDRESS_DIGITS)}`
}

/** What is waited for outside of the cycle. */
export interface OtherWaits {
  /** Locks whose holder is known. */
  held: WaitObject[]
  /** What nobody can tell who should end. */
  unknown: WaitObject[]
}

/** What is waited for by goroutines that are shown, outside of the cycle. */
export function othersToShow({ cycle, objects }: WaitFor, goroutines: Goroutine[]): OtherWaits {
  const shown = new Set(goroutines.filter(({ role }) => role !== 'runtime').map(({ id }) => id))
  const inCycle = new Set(cycle)
  const others = objects
    .filter(({ waiters }) => waiters.some((id) => shown.has(id) && !inCycle.has(id)))
    .map((object) => ({ ...object, waiters: object.waiters.filter((id) => shown.has(id)) }))
  const isHeld = ({ holders }: WaitObject) => holders !== null && holders.length > 0
  return { held: others.filter(isHeld).slice(0, MAX_OTHERS), unknown: others.filter((one) => !isHeld(one)) }
}

const PLURALS: Record<WaitObject['kind'], string> = {
  lock: 'locks',
  channel: 'channels',
  'wait group': 'wait groups',
  condition: 'conditions',
}

/** `12 goroutines wait for 9 channels and a lock`: several things of which nobody can tell who should end the waiting. */
export function unknownSummary(objects: readonly WaitObject[]): string {
  const goroutines = new Set(objects.flatMap(({ waiters }) => waiters)).size
  const kinds = Object.entries(PLURALS).flatMap(([kind, plural]) => {
    const count = objects.filter((object) => object.kind === kind).length
    return count === 0 ? [] : [count === 1 ? `a ${kind}` : `${count.toLocaleString('en')} ${plural}`]
  })
  const things = kinds.length > 1 ? `${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1)}` : kinds[0]
  return `${goroutines.toLocaleString('en')} ${goroutines === 1 ? 'goroutine waits' : 'goroutines wait'} for ${things}`
}

/** Names of what is waited for, each once, as far as the code gives them. */
export function namesOf(objects: readonly WaitObject[]): string[] {
  return [...new Set(objects.flatMap(({ name }) => name ?? []))]
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
