import type { MemberId } from '@sandbox/protocol'

/** Of the server's time, for the changes of one member, in milliseconds within a window. A usual one takes a fraction of one. */
const BUDGET_MS = 1500
const WINDOW_MS = 60_000

/** How much of the server's time each member's changes of the document have taken of late. */
export class WorkBudget {
  readonly #spent = new Map<MemberId, { ms: number; since: number }>()

  /** Does the work on the member's account. */
  of<T>(member: MemberId, work: () => T): T {
    const begun = performance.now()
    try {
      return work()
    } finally {
      const { ms, since } = this.#windowOf(member, begun)
      this.#spent.set(member, { ms: ms + performance.now() - begun, since })
    }
  }

  /** Whether the member may go on. */
  allows(member: MemberId): boolean {
    return this.#windowOf(member, performance.now()).ms <= BUDGET_MS
  }

  #windowOf(member: MemberId, now: number): { ms: number; since: number } {
    const spent = this.#spent.get(member)
    return spent !== undefined && now - spent.since < WINDOW_MS ? spent : { ms: 0, since: now }
  }
}
