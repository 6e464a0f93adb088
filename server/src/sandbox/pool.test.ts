import type { Limits } from '@sandbox/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { type Sandbox, type SandboxDriver, SandboxError, type SandboxEvent } from './driver.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { type Acquired, MAX_LEASE_MS, type PoolOptions, SandboxPool } from './pool.ts'

class FakeSandbox implements Sandbox {
  readonly id: string
  readonly gone: Promise<void>
  usable = true
  destroyed = false
  readonly #die: () => void

  constructor(id: number) {
    this.id = String(id)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.gone = promise
    this.#die = resolve
  }

  get repeatable(): boolean {
    return this.usable
  }

  async *run(): AsyncGenerator<SandboxEvent> {}

  die(): void {
    this.usable = false
    this.#die()
  }

  async destroy(): Promise<void> {
    this.destroyed = true
    this.die()
  }
}

class FakeDriver implements SandboxDriver {
  name: SandboxDriver['name'] = 'docker'
  readonly enforcement = {}
  readonly singlePerson = false
  readonly opened: FakeSandbox[] = []
  failure: Error | null = null
  listener: (healthy: boolean) => void = () => {}

  healthy(): boolean {
    return this.failure === null
  }

  onHealth(listener: (healthy: boolean) => void): () => void {
    this.listener = listener
    return () => {}
  }

  async open(_limits: Limits): Promise<Sandbox> {
    if (this.failure) throw this.failure
    const sandbox = new FakeSandbox(this.opened.length)
    this.opened.push(sandbox)
    return sandbox
  }

  async sweep(): Promise<number> {
    return 0
  }

  async close(): Promise<void> {}

  get living(): FakeSandbox[] {
    return this.opened.filter((sandbox) => !sandbox.destroyed)
  }
}

const NEVER = new AbortController().signal
const log = { debug: () => {}, warn: () => {} }
const pools: SandboxPool[] = []

function poolOf(options: Partial<PoolOptions> = {}): { pool: SandboxPool; driver: FakeDriver } {
  const driver = new FakeDriver()
  const pool = new SandboxPool({ driver, limits: DEFAULT_LIMITS, mode: 'lease', warm: 2, log, ...options })
  pools.push(pool)
  return { pool, driver }
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

describe('every pool', () => {
  test('starts the wanted number in advance', async () => {
    const { pool } = poolOf({ warm: 3 })
    await pool.settled()
    expect(pool.counts).toEqual({ warm: 3, leased: 0, busy: 0, opening: 0 })
  })

  test('opens nothing while a run is under way, and refills after it', async () => {
    const { pool, driver } = poolOf({ mode: 'single-use' })
    await pool.settled()
    const one = await pool.acquire('ann', NEVER)
    await pool.settled()
    expect(driver.opened).toHaveLength(2)
    await one.release()
    await pool.settled()
    expect(pool.counts).toMatchObject({ warm: 2, busy: 0 })
  })

  test('opens one beside a run where none is left and opening is cheap', async () => {
    const driver = new FakeDriver()
    driver.name = 'bubblewrap'
    const { pool } = poolOf({ driver, mode: 'single-use', warm: 2 })
    await pool.settled()
    await pool.acquire('ann', NEVER)
    await pool.settled()
    expect(driver.opened, 'one is left').toHaveLength(2)
    await pool.acquire('ben', NEVER)
    await pool.settled()
    expect(pool.counts).toMatchObject({ warm: 1, busy: 2 })
  })

  test('never exceeds its cap, and serves who waits when room comes', async () => {
    const { pool, driver } = poolOf({ mode: 'single-use', maxSandboxes: 3 })
    const held = await Promise.all(['a', 'b', 'c'].map((person) => pool.acquire(person, NEVER)))
    const fourth = pool.acquire('d', NEVER)
    await pool.settled()
    expect(driver.living).toHaveLength(3)
    await held[0]?.release()
    const last = await fourth
    expect(driver.living.length).toBeLessThanOrEqual(3)
    for (const each of [...held.slice(1), last]) await each.release()
  })

  test('replaces a waiting sandbox that dies', async () => {
    const { pool, driver } = poolOf()
    await pool.settled()
    driver.opened[0]?.die()
    const { sandbox, release } = await pool.acquire('ann', NEVER)
    expect(sandbox.usable).toBe(true)
    expect(sandbox).not.toBe(driver.opened[0])
    await release()
  })

  test('an aborted wait throws the reason and leaves no gap', async () => {
    const { pool } = poolOf({ maxSandboxes: 1, mode: 'single-use' })
    const first = await pool.acquire('ann', NEVER)
    const leaving = new AbortController()
    const second = pool.acquire('bob', leaving.signal)
    leaving.abort(new Error('changed my mind'))
    await expect(second).rejects.toThrow('changed my mind')
    await first.release()
    await (await pool.acquire('cid', NEVER)).release()
  })

  test('an engine that is gone fails the click and comes back', async () => {
    const { pool, driver } = poolOf({ warm: 0 })
    driver.failure = new SandboxError('no engine')
    await expect(pool.acquire('ann', NEVER)).rejects.toThrow('no engine')
    driver.failure = null
    driver.listener(true)
    await (await pool.acquire('ann', NEVER)).release()
  })

  test('releasing twice is releasing once', async () => {
    const { pool, driver } = poolOf({ mode: 'single-use' })
    const { release } = await pool.acquire('ann', NEVER)
    await Promise.all([release(), release()])
    await pool.settled()
    expect(driver.living).toHaveLength(2)
  })

  test('closing destroys what waits, what is leased and what is in use', async () => {
    const { pool, driver } = poolOf()
    await (await pool.acquire('ann', NEVER)).release()
    await pool.acquire('bob', NEVER)
    await pool.close()
    expect(driver.living).toEqual([])
    await expect(pool.acquire('cid', NEVER)).rejects.toThrow(SandboxError)
  })
})

describe('a pool of single-use sandboxes', () => {
  test('destroys each after its run', async () => {
    const { pool, driver } = poolOf({ mode: 'single-use' })
    const first = await pool.acquire('ann', NEVER)
    await first.release()
    expect(driver.opened.find((each) => each === first.sandbox)?.destroyed).toBe(true)
  })
})

describe('a pool of leases', () => {
  test('gives a person the same sandbox again', async () => {
    const { pool } = poolOf()
    const first = await pool.acquire('ann', NEVER)
    await first.release()
    const second = await pool.acquire('ann', NEVER)
    expect(second.sandbox).toBe(first.sandbox)
    await second.release()
  })

  test('never gives a used sandbox to another person, whatever the order', async () => {
    const { pool } = poolOf({ maxSandboxes: 4 })
    const owners = new Map<Sandbox, string>()
    const people = ['a', 'b', 'c', 'd', 'e', 'f']
    let random = 1
    const next = () => {
      random = (random * 1103515245 + 12345) % 2147483648
      return random
    }
    let held: Acquired[] = []
    for (let step = 0; step < 500; step += 1) {
      if (held.length === 3) {
        await held.shift()?.release()
        continue
      }
      const person = people[next() % people.length] ?? 'a'
      const acquired = await pool.acquire(person, NEVER)
      expect(owners.get(acquired.sandbox) ?? person).toBe(person)
      owners.set(acquired.sandbox, person)
      held = [...held, acquired]
    }
    for (const each of held) await each.release()
  })

  test('throws a sandbox away that is not usable any more', async () => {
    const { pool, driver } = poolOf()
    const first = await pool.acquire('ann', NEVER)
    const sandbox = driver.opened.find((each) => each === first.sandbox)
    if (sandbox) sandbox.usable = false
    await first.release()
    expect(sandbox?.destroyed).toBe(true)
    const second = await pool.acquire('ann', NEVER)
    expect(second.sandbox).not.toBe(first.sandbox)
    await second.release()
  })

  test('replaces one that has served its person for too long', async () => {
    let now = 0
    const { pool } = poolOf({ now: () => now })
    const first = await pool.acquire('ann', NEVER)
    await first.release()
    now = MAX_LEASE_MS + 1
    const second = await pool.acquire('ann', NEVER)
    expect(second.sandbox).not.toBe(first.sandbox)
    await second.release()
  })

  test('ends the lease that was used longest ago when room is needed', async () => {
    const { pool } = poolOf({ maxSandboxes: 2, warm: 0 })
    const ann = await pool.acquire('ann', NEVER)
    const bob = await pool.acquire('bob', NEVER)
    await ann.release()
    await bob.release()
    await (await pool.acquire('cid', NEVER)).release()
    const bobAgain = await pool.acquire('bob', NEVER)
    expect(bobAgain.sandbox).toBe(bob.sandbox)
    await bobAgain.release()
    expect(ann.sandbox.usable).toBe(false)
  })
})
