import type { Goroutine, Hold, WaitFor, WaitObject } from '@sandbox/protocol'
import type { Sources } from '../reports/sources.ts'
import { heldAgainst } from '../reports/wait-for.ts'
import { doingOf } from './doing.ts'
import type { TakenDump } from './findings.ts'
import { comesBackFrom, waitsForOnce } from './once.ts'
import { atPlace } from './places.ts'

type Holder = NonNullable<WaitObject['holders']>[number]

/** What is known beside the goroutines themselves. */
export interface Known {
  sources: Sources
  waitFor: WaitFor | null
  /** Whether a goroutine can never go on. */
  isStuck(goroutine: Goroutine): boolean
  /** Whether who is told to hold what a goroutine waits for held it while the goroutine did: see decision 0029. */
  knowsHolder(goroutine: Goroutine): boolean
}

/** How many members of a cycle one sentence names. */
const MAX_MEMBERS_TOLD = 3

/** The cycle of goroutines that wait for each other's locks, one after the other. */
export function cycleTold(
  sources: Sources,
  { goroutines, waitFor }: Pick<TakenDump, 'goroutines' | 'waitFor'>,
): string[] {
  const members = waitFor.cycle.flatMap((id) => goroutines.find((one) => one.id === id) ?? [])
  const rest = members.length > MAX_MEMBERS_TOLD ? [`so on, ${members.length} goroutines in a circle`] : []
  const told = members.slice(0, MAX_MEMBERS_TOLD).map((goroutine, index) => {
    const next = members[(index + 1) % members.length] ?? goroutine
    const hold = holdOf(goroutine, next.id, waitFor)
    const itself = next === goroutine ? whyItself(goroutine, hold) : ''
    if (queuesBehind(goroutine, next)) {
      return `goroutine ${goroutine.id} ${doingOf(sources, goroutine)}, behind goroutine ${next.id}, which waits to write`
    }
    const who = next === goroutine ? 'it has itself' : `goroutine ${next.id} has`
    return `goroutine ${goroutine.id} ${doingOf(sources, goroutine)}, which ${who} ${takenTold(goroutine, hold)}${itself}`
  })
  return [...told, ...rest]
}

/** How and where somebody took what a goroutine waits for. */
function takenTold(goroutine: Goroutine, hold: Hold | undefined): string {
  const taken = waitsForOnce(goroutine) ? 'begun' : hold?.reading ? 'read-locked' : 'locked'
  return `${taken}${hold?.site ? ` ${atPlace(hold.site)}` : ''}`
}

/** Why a goroutine that has a lock does not get it, where that is more than that it has it. */
function whyItself(goroutine: Goroutine, hold: Hold | undefined): string {
  if (hold?.reading) return ': a read lock does not become a write lock'
  const from = waitsForOnce(goroutine) ? comesBackFrom(goroutine) : null
  return from ? `: the function of the Once comes back to it ${atPlace(from)}` : ''
}

/** A reader waits behind a writer that has the lock no more than it has: who waits to write is let in first. */
function queuesBehind(reader: Goroutine, writer: Goroutine): boolean {
  return reader !== writer && writer.state === 'sync.RWMutex.Lock' && reader.waitsFor === writer.waitsFor
}

function holdOf(goroutine: Goroutine, holder: number, waitFor: WaitFor): Hold | undefined {
  return holdersFor(goroutine, waitFor).find((one) => one.goroutine === holder)?.hold
}

/** Who holds what a goroutine waits for. */
export function holdersFor(goroutine: Goroutine, waitFor: WaitFor) {
  const holders = waitFor.objects.find(({ address }) => address === goroutine.waitsFor)?.holders ?? []
  return heldAgainst(goroutine, holders)
}

/** Who holds the lock that a goroutine waits for, where that is known of exactly one. */
export function holderTold(goroutine: Goroutine, waitFor: WaitFor | null): string | null {
  const [holder, ...others] = waitFor ? holdersFor(goroutine, waitFor) : []
  if (!holder) return null
  if (others.length > 0) return readersTold([holder, ...others])
  const object = waitFor?.objects.find(({ address }) => address === goroutine.waitsFor)
  if (goroutine.state === 'sync.RWMutex.RLock' && object?.waiters.includes(holder.goroutine)) {
    return `behind goroutine ${holder.goroutine}, which waits to write${readerTold(goroutine, object)}`
  }
  const locked = takenTold(goroutine, holder.hold)
  if (holder.goroutine === goroutine.id) return `which it has itself ${locked}`
  if (holder.ended) return `which goroutine ${holder.goroutine} ${locked} and did not unlock before it ended`
  return `which goroutine ${holder.goroutine} has ${locked}`
}

/** Whom the writer waits for that others wait behind, where that is one. */
function readerTold(goroutine: Goroutine, { holders }: WaitObject): string {
  const [reader, ...others] = (holders ?? []).filter(({ hold, ended }) => hold.reading && !ended)
  if (!reader || others.length > 0) return ''
  const who = reader.goroutine === goroutine.id ? 'this one' : `goroutine ${reader.goroutine}`
  return ` while ${who} has read-locked it${reader.hold.site ? ` ${atPlace(reader.hold.site)}` : ''}`
}

/** Several that have read-locked the same lock, where nobody has locked it. */
function readersTold(holders: readonly Holder[]): string | null {
  const [first] = holders
  if (!first || holders.some(({ hold, ended }) => !hold.reading || ended)) return null
  const site = first.hold.site
  const same = holders.every(({ hold }) => hold.site?.file === site?.file && hold.site?.line === site?.line)
  const at = site ? `${same ? '' : ', one of them'} ${atPlace(site)}` : ''
  return `which ${holders.length} goroutines have read-locked${at}`
}
