import type { Limits } from '@sandbox/protocol'
import { type Sandbox, type SandboxDriver, SandboxError, type SandboxLog } from './driver.ts'

/** `single-use`: one run takes one sandbox. `lease`: a sandbox serves successive runs of one person. */
export type PoolMode = 'single-use' | 'lease'

/** A sandbox that serves one person longer than this is replaced. */
export const MAX_LEASE_MS = 5 * 60_000
/** Warm, leased and busy sandboxes together. */
export const MAX_SANDBOXES = 16
/** After a failed refill nothing is opened without need for this long. */
const REFILL_PAUSE_MS = 2_000
const EXPIRY_CHECK_MS = 30_000

export interface PoolOptions {
  driver: SandboxDriver
  /** Limits with which sandboxes are opened; jobs may have lower ones. */
  limits: Limits
  mode: PoolMode
  /** How many to keep started and waiting. */
  warm: number
  log: SandboxLog
  maxSandboxes?: number
  /** Milliseconds on a clock that only goes forward. */
  now?: () => number
}

/** A sandbox in use. It must be released, once the run is over and its verdict told: release may take a while. */
export interface Acquired {
  readonly sandbox: Sandbox
  /** Keeps the sandbox for its person or destroys it. Never throws: what cannot be destroyed is logged and swept. */
  release(): Promise<void>
}

interface Waiter {
  person: string
  give(sandbox: Sandbox): void
  fail(error: unknown): void
}

interface Lease {
  sandbox: Sandbox
  /** When its person got it. */
  since: number
}

/** Shipped choice: a container's life costs as much as a run, a bubblewrap sandbox's next to nothing. */
export function defaultMode(driver: SandboxDriver): PoolMode {
  return driver.name === 'docker' ? 'lease' : 'single-use'
}

/** Whether opening costs so little that it may go on beside runs: one that waits for a sandbox leaves its core idle. */
function opensBesideRuns(driver: SandboxDriver): boolean {
  return driver.name === 'bubblewrap'
}

/** Keeps sandboxes started and waiting, so that opening one is off the click's path. None ever serves two people. */
export class SandboxPool {
  readonly #options: Required<PoolOptions>
  /** Started, never used. */
  readonly #warm: Sandbox[] = []
  /** Idle sandboxes of people who may come back, oldest use first. */
  readonly #idle = new Map<string, Lease>()
  readonly #busy = new Map<Sandbox, Lease>()
  readonly #waiters: Waiter[] = []
  readonly #openings = new Set<Promise<void>>()
  readonly #destructions = new Set<Promise<void>>()
  readonly #expiry: NodeJS.Timeout
  readonly #stopListening: () => void
  #refillNotBefore = 0
  #closed = false

  constructor(options: PoolOptions) {
    this.#options = { maxSandboxes: MAX_SANDBOXES, now: () => performance.now(), ...options }
    this.#expiry = setInterval(() => this.#expire(), EXPIRY_CHECK_MS)
    this.#expiry.unref()
    this.#stopListening = options.driver.onHealth((healthy) => healthy && this.#refillAgain())
    this.#refill()
  }

  /** How many sandboxes there are, by what they do. */
  get counts(): { warm: number; leased: number; busy: number; opening: number } {
    return {
      warm: this.#warm.length,
      leased: this.#idle.size,
      busy: this.#busy.size,
      opening: this.#openings.size,
    }
  }

  /** Resolves when no sandbox is being opened or destroyed. */
  async settled(): Promise<void> {
    while (this.#openings.size + this.#destructions.size > 0) {
      await Promise.all([...this.#openings, ...this.#destructions])
    }
  }

  /**
   * A sandbox for one run of this person. Throws SandboxError when none can be opened, and the signal's reason when it
   * is aborted while waiting.
   */
  async acquire(person: string, signal: AbortSignal): Promise<Acquired> {
    signal.throwIfAborted()
    if (this.#closed) throw new SandboxError('The server is going down.')
    const sandbox = this.#take(person) ?? (await this.#wait(person, signal))
    let released: Promise<void> | null = null
    const release = () => {
      released ??= this.#release(person, sandbox)
      return released
    }
    return { sandbox, release }
  }

  /** Destroys everything, what is in use too. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#expiry)
    this.#stopListening()
    for (const waiter of this.#waiters.splice(0)) waiter.fail(new SandboxError('The server is going down.'))
    await Promise.all(this.#openings)
    const idle = [...this.#idle.values()].map((lease) => lease.sandbox)
    const all = [...this.#warm.splice(0), ...idle, ...this.#busy.keys()]
    this.#idle.clear()
    for (const sandbox of all) this.#destroy(sandbox)
    await this.settled()
  }

  /** The person's own sandbox, or one that nobody has used. */
  #take(person: string): Sandbox | null {
    const own = this.#takeIdle(person)
    const lease = own ?? this.#takeWarm()
    if (lease === null) return null
    this.#busy.set(lease.sandbox, lease)
    this.#refill()
    return lease.sandbox
  }

  #takeIdle(person: string): Lease | null {
    const lease = this.#idle.get(person)
    if (lease === undefined) return null
    this.#idle.delete(person)
    if (lease.sandbox.usable && !this.#isExpired(lease)) return lease
    this.#destroy(lease.sandbox)
    return null
  }

  #takeWarm(): Lease | null {
    for (let sandbox = this.#warm.shift(); sandbox !== undefined; sandbox = this.#warm.shift()) {
      if (sandbox.usable) return { sandbox, since: this.#options.now() }
      this.#destroy(sandbox)
    }
    return null
  }

  #wait(person: string, signal: AbortSignal): Promise<Sandbox> {
    const { promise, resolve, reject } = Promise.withResolvers<Sandbox>()
    const waiter: Waiter = { person, give: resolve, fail: reject }
    const leave = () => {
      this.#remove(waiter)
      reject(signal.reason)
    }
    signal.addEventListener('abort', leave, { once: true })
    this.#waiters.push(waiter)
    this.#serve()
    return promise.finally(() => signal.removeEventListener('abort', leave))
  }

  #remove(waiter: Waiter): void {
    const index = this.#waiters.indexOf(waiter)
    if (index >= 0) this.#waiters.splice(index, 1)
  }

  /** Gives waiting people what there is, in their order, and opens what is missing, as far as there is room. */
  #serve(): void {
    for (const waiter of [...this.#waiters]) {
      const sandbox = this.#take(waiter.person)
      if (sandbox === null) continue
      this.#remove(waiter)
      waiter.give(sandbox)
    }
    while (this.#openings.size < this.#waiters.length) {
      if (!this.#hasRoom()) {
        // The room comes with the end of the destruction.
        this.#evict()
        return
      }
      this.#open()
    }
  }

  #hasRoom(): boolean {
    const started = this.#warm.length + this.#idle.size + this.#busy.size
    return started + this.#openings.size + this.#destructions.size < this.#options.maxSandboxes
  }

  /** Ends the lease that was used longest ago, unless room is on its way. */
  #evict(): void {
    const oldest = this.#idle.entries().next().value
    if (oldest === undefined || this.#destructions.size > 0) return
    const [person, lease] = oldest
    this.#idle.delete(person)
    this.#destroy(lease.sandbox)
  }

  #open(): void {
    const opening = this.#options.driver.open(this.#options.limits).then(
      (sandbox) => this.#opened(sandbox),
      (error) => this.#failed(error),
    )
    this.#openings.add(opening)
    opening.finally(() => {
      this.#openings.delete(opening)
      if (this.#closed) return
      this.#serve()
      this.#refill()
    })
  }

  #opened(sandbox: Sandbox): void {
    if (this.#closed) {
      this.#destroy(sandbox)
      return
    }
    this.#warm.push(sandbox)
    sandbox.gone.then(() => this.#bury(sandbox))
  }

  #failed(error: unknown): void {
    this.#refillNotBefore = this.#options.now() + REFILL_PAUSE_MS
    setTimeout(() => this.#refill(), REFILL_PAUSE_MS).unref()
    const waiter = this.#waiters.shift()
    if (waiter) waiter.fail(error)
    else this.#options.log.warn({ err: error }, 'no sandbox could be started in advance')
  }

  /** A sandbox died while it was waiting. */
  #bury(sandbox: Sandbox): void {
    const index = this.#warm.indexOf(sandbox)
    const lease = [...this.#idle].find(([, each]) => each.sandbox === sandbox)
    if (index < 0 && lease === undefined) return
    if (index >= 0) this.#warm.splice(index, 1)
    if (lease !== undefined) this.#idle.delete(lease[0])
    this.#destroy(sandbox)
  }

  async #release(person: string, sandbox: Sandbox): Promise<void> {
    const lease = this.#busy.get(sandbox)
    this.#busy.delete(sandbox)
    if (lease !== undefined && this.#mayKeep(person, lease)) {
      this.#idle.set(person, lease)
    } else {
      await this.#destroy(sandbox)
    }
    if (this.#closed) return
    this.#serve()
    this.#refill({ afterRun: true })
  }

  #mayKeep(person: string, lease: Lease): boolean {
    if (this.#closed || this.#options.mode === 'single-use' || this.#idle.has(person)) return false
    return lease.sandbox.usable && !this.#isExpired(lease)
  }

  #isExpired(lease: Lease): boolean {
    return this.#options.now() - lease.since > MAX_LEASE_MS
  }

  #expire(): void {
    for (const [person, lease] of this.#idle) {
      if (!this.#isExpired(lease)) continue
      this.#idle.delete(person)
      this.#destroy(lease.sandbox)
    }
    this.#refill()
  }

  #destroy(sandbox: Sandbox): Promise<void> {
    const destruction = sandbox.destroy().catch((err) => {
      this.#options.log.warn({ err, sandbox: sandbox.id }, 'a sandbox was left to the sweep')
    })
    this.#destructions.add(destruction)
    return destruction.finally(() => {
      this.#destructions.delete(destruction)
      if (!this.#closed) this.#serve()
    })
  }

  #refillAgain(): void {
    this.#refillNotBefore = 0
    this.#refill()
  }

  /** Opens one sandbox in advance: when nothing runs, or, where none is left, between a run's end and the next or at any time. */
  #refill({ afterRun } = { afterRun: false }): void {
    const missing = this.#warm.length < this.#options.warm && this.#openings.size === 0
    const mayDisturb = afterRun || opensBesideRuns(this.#options.driver)
    const calm = this.#waiters.length === 0 && (this.#busy.size === 0 || (mayDisturb && this.#warm.length === 0))
    if (this.#closed || !missing || !calm || !this.#hasRoom()) return
    if (this.#options.now() < this.#refillNotBefore || !this.#options.driver.healthy()) return
    this.#open()
  }
}
