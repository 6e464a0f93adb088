import type { Goroutine, WaitFor, WaitObject } from '@sandbox/protocol'
import type { Waits } from './waits.ts'

type Holders = NonNullable<WaitObject['holders']>

const KINDS: [state: RegExp, kind: WaitObject['kind']][] = [
  [/^sync\.(?:RW)?Mutex\./, 'lock'],
  [/^chan (?:send|receive)$/, 'channel'],
  [/^sync\.WaitGroup\./, 'wait group'],
  [/^sync\.Cond\./, 'condition'],
]

export interface Known {
  /** All that was told beside the dump, of goroutines too that it does not have. */
  waits: ReadonlyMap<number, Waits>
  /** Whether holders held what a goroutine waits for while it did. Only such ones make a cycle: others may have moved since. */
  knowsHolder(goroutine: Goroutine): boolean
  /** Names what a goroutine waits for, where its line leaves no doubt. */
  nameOf(goroutine: Goroutine): string | null
}

/**
 * Who waits for whom. Only a lock has somebody who must act, its holder: of a channel, a wait group or a condition anybody
 * may be the one, so that no cycle goes through them.
 */
export function waitForGraph(goroutines: readonly Goroutine[], { waits, knowsHolder, nameOf }: Known): WaitFor {
  const objects = new Map<string, WaitObject>()
  const wait = (goroutine: Goroutine, address: string, kind: WaitObject['kind'], name: string | null) => {
    const known = objects.get(address)
    if (!known) {
      const holders = kind === 'lock' ? holdersOf(address, waits) : null
      objects.set(address, { address, kind, name, waiters: [goroutine.id], holders })
      return
    }
    if (!known.waiters.includes(goroutine.id)) known.waiters.push(goroutine.id)
    // Two names for one thing are no name.
    if (known.name !== name) known.name = null
  }
  for (const goroutine of goroutines) {
    const kind = kindOf(goroutine)
    if (kind && goroutine.waitsFor) wait(goroutine, goroutine.waitsFor, kind, nameOf(goroutine))
    for (const { address } of goroutine.selects) wait(goroutine, address, 'channel', null)
  }
  return { objects: [...objects.values()], cycle: cycleIn(goroutines.filter(knowsHolder), objects) }
}

function kindOf({ state }: Goroutine): WaitObject['kind'] | undefined {
  return KINDS.find(([pattern]) => pattern.test(state))?.[1]
}

function holdersOf(address: string, waits: ReadonlyMap<number, Waits>): Holders {
  const holders: Holders = []
  for (const [goroutine, { holds, left }] of waits) {
    for (const hold of holds) if (hold.address === address) holders.push({ goroutine, hold, ended: false })
    for (const hold of left) if (hold.address === address) holders.push({ goroutine, hold, ended: true })
  }
  return holders
}

/**
 * The holders that a goroutine really waits for. Who waits to write an RWMutex has its inner lock already, and so is among its
 * holders: readers that come later do wait for it, and it does not wait for itself.
 */
export function heldAgainst({ id, state }: Goroutine, holders: Holders): Holders {
  return holders.filter(({ goroutine, hold }) => {
    if (state === 'sync.RWMutex.Lock') return hold.reading
    if (state === 'sync.RWMutex.RLock') return !hold.reading
    return !(goroutine === id && hold.reading)
  })
}

/** The first cycle of goroutines that wait for each other's locks. */
function cycleIn(goroutines: readonly Goroutine[], objects: ReadonlyMap<string, WaitObject>): number[] {
  const waiting = new Map(goroutines.filter((one) => kindOf(one) === 'lock').map((one) => [one.id, one]))
  const done = new Set<number>()
  const path: number[] = []
  const walk = (at: Goroutine): number[] => {
    const known = path.indexOf(at.id)
    if (known >= 0) return path.slice(known)
    if (done.has(at.id)) return []
    done.add(at.id)
    path.push(at.id)
    for (const { goroutine, ended } of heldAgainst(at, objects.get(at.waitsFor ?? '')?.holders ?? [])) {
      const next = ended ? undefined : waiting.get(goroutine)
      const cycle = next ? walk(next) : []
      if (cycle.length > 0) return cycle
    }
    path.pop()
    return []
  }
  for (const first of waiting.values()) {
    const cycle = walk(first)
    if (cycle.length > 0) return cycle
  }
  return []
}
