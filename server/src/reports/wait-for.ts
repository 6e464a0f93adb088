import type { Goroutine, WaitFor, WaitObject } from '@sandbox/protocol'
import type { Waits } from './waits.ts'

type Holders = NonNullable<WaitObject['holders']>

/** How many goroutines a chain of waiting is followed. */
const MAX_CHAIN = 64

const KINDS: [state: RegExp, kind: WaitObject['kind']][] = [
  [/^sync\.(?:RW)?Mutex\./, 'lock'],
  [/^chan (?:send|receive)$/, 'channel'],
  [/^sync\.WaitGroup\./, 'wait group'],
  [/^sync\.Cond\./, 'condition'],
]

/**
 * Who waits for whom. Only a lock has somebody who must act, its holder: of a channel, a wait group or a condition anybody
 * may be the one, so that no cycle goes through them. `waits` is all that was told, of goroutines too that the dump does
 * not have. `nameOf` names what a goroutine waits for, where its line leaves no doubt.
 */
export function waitForGraph(
  goroutines: readonly Goroutine[],
  waits: ReadonlyMap<number, Waits>,
  nameOf: (goroutine: Goroutine) => string | null,
): WaitFor {
  const objects = new Map<string, WaitObject>()
  const byId = new Map(goroutines.map((goroutine) => [goroutine.id, goroutine]))
  const wait = (goroutine: Goroutine, address: string, kind: WaitObject['kind'], name: string | null) => {
    const known = objects.get(address)
    if (known) {
      known.waiters.push(goroutine.id)
      // Two names for one thing are no name.
      if (known.name !== name) known.name = null
      return
    }
    const holders = kind === 'lock' ? holdersOf(address, waits, byId) : null
    objects.set(address, { address, kind, name, waiters: [goroutine.id], holders })
  }
  for (const goroutine of goroutines) {
    const kind = KINDS.find(([state]) => state.test(goroutine.state))?.[1]
    if (kind && goroutine.waitsFor) wait(goroutine, goroutine.waitsFor, kind, nameOf(goroutine))
    for (const { address } of goroutine.selects) wait(goroutine, address, 'channel', null)
  }
  return { objects: [...objects.values()], cycle: cycleIn(goroutines, objects) }
}

/**
 * Who has to let go before a waiter can have the lock. Who waits to write has the inner lock of an RWMutex already, and so
 * is among its holders: readers that come later do wait for it. It does not wait for itself.
 */
function holdersOf(address: string, waits: ReadonlyMap<number, Waits>, byId: ReadonlyMap<number, Goroutine>): Holders {
  const holders: Holders = []
  for (const [goroutine, { holds }] of waits) {
    for (const hold of holds) {
      if (hold.address === address) holders.push({ goroutine, hold, ended: !byId.has(goroutine) })
    }
  }
  return holders
}

/** The holders that a goroutine really waits for. */
export function heldAgainst({ id, state }: Goroutine, holders: Holders): Holders {
  return holders.filter(({ goroutine, hold }) => {
    if (state === 'sync.RWMutex.Lock') return hold.reading
    if (state === 'sync.RWMutex.RLock') return !hold.reading
    return !(goroutine === id && hold.reading)
  })
}

function cycleIn(goroutines: readonly Goroutine[], objects: ReadonlyMap<string, WaitObject>): number[] {
  const byId = new Map(goroutines.map((goroutine) => [goroutine.id, goroutine]))
  for (const first of goroutines) {
    const chain: number[] = []
    for (let at: Goroutine | undefined = first; at && chain.length < MAX_CHAIN; ) {
      const known = chain.indexOf(at.id)
      if (known >= 0) return chain.slice(known)
      chain.push(at.id)
      const holders = heldAgainst(at, (at.waitsFor && objects.get(at.waitsFor)?.holders) || [])
      // Of several readers the first that waits itself: a cycle through it is one.
      const next = holders.find(({ goroutine }) => byId.get(goroutine)?.waitsFor)
      at = next && byId.get(next.goroutine)
    }
  }
  return []
}
