import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { Limits, SandboxStatus } from '@sandbox/protocol'
import type { Log } from '../log.ts'
import { type SandboxDriver, SandboxError } from '../sandbox/driver.ts'
import { type Acquired, defaultMode, type PoolMode, SandboxPool } from '../sandbox/pool.ts'
import type { Selection } from '../sandbox/select-driver.ts'
import type { SandboxSource } from './run-steps.ts'

export type KeeperOptions = {
  /** Chooses a driver over the tree at this path. */
  select: (tree: string) => Promise<Selection>
  /** Link to the sandbox's root tree; it may appear later. */
  tree: string
  limits: Limits
  /** Null leaves it to the driver. */
  mode: PoolMode | null
  slots: number
  /** Whether only this machine can reach the server. */
  loopback: boolean
  /** Hears of every change. */
  tell: (status: SandboxStatus) => void
  log: Log
  retryMs?: number
}

/** Where no driver could be had, another try is made after this long. */
const RETRY_MS = 15_000
/** Sandboxes started and waiting, at most. */
const MAX_WARM = 2

const NO_TREE = 'The sandbox has not been built yet: run npm start.'
const WATCHED_ONLY =
  'Limits can only be watched here and not enforced, so code is run for this machine alone: ' +
  'set HOST=127.0.0.1, or run the server where it has Docker or a control group of its own.'

type State = { type: 'none' } | { type: 'open'; driver: SandboxDriver; pool: SandboxPool; goVersion: string }

/** Brings up a sandbox driver and its pool, keeps trying where there is none, and tells whether code can be run. */
export class SandboxKeeper implements SandboxSource {
  readonly #options: KeeperOptions
  #state: State = { type: 'none' }
  #retry: NodeJS.Timeout | undefined
  #opening: Promise<void> = Promise.resolve()
  #closed = false

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  /** Tries once and, without success, again and again in the background. Never rejects. */
  start(): Promise<void> {
    this.#opening = this.#open().catch((err: unknown) => {
      this.#options.log.error({ err }, 'the sandbox could not be brought up')
      this.#lack(['The sandbox could not be brought up.'])
    })
    return this.#opening
  }

  async acquire(person: string, signal: AbortSignal): Promise<Acquired> {
    if (this.#state.type === 'none') throw new SandboxError('There is no sandbox to run code in.')
    return this.#state.pool.acquire(person, signal)
  }

  /** Destroys all sandboxes. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#opening
    if (this.#state.type === 'none') return
    await this.#state.pool.close()
    await this.#state.driver.close()
  }

  async #open(): Promise<void> {
    const { select, log, loopback } = this.#options
    const tree = await realpath(this.#options.tree).catch(() => null)
    if (tree === null) return this.#lack([NO_TREE])
    const { driver, reasons } = await select(tree)
    if (driver === null) return this.#lack(reasons)
    for (const reason of reasons) log.info({ reason }, 'a sandbox technology is not used')
    if (this.#closed) return driver.close()
    if (driver.singlePerson && !loopback) {
      await driver.close()
      return this.#lack([WATCHED_ONLY])
    }
    this.#use(driver, await goVersionOf(tree))
  }

  #use(driver: SandboxDriver, goVersion: string): void {
    const { limits, mode, log } = this.#options
    const warm = Math.min(MAX_WARM, this.#slots(driver))
    const pool = new SandboxPool({ driver, limits, log, warm, mode: mode ?? defaultMode(driver) })
    this.#state = { type: 'open', driver, pool, goVersion }
    driver.onHealth(() => this.#tell(driver, goVersion))
    this.#tell(driver, goVersion)
    log.info({ driver: driver.name, enforcement: driver.enforcement, goVersion }, 'code can be run')
  }

  #tell(driver: SandboxDriver, goVersion: string): void {
    const { name, enforcement } = driver
    const ready = driver.healthy()
    const reasons = ready ? [] : [`${name} does not answer at the moment. Code can be run again as soon as it does.`]
    this.#options.tell({ ready, driver: name, goVersion, enforcement, reasons, slots: this.#slots(driver) })
  }

  /** Where limits are only watched, never two people at once. */
  #slots(driver: SandboxDriver): number {
    return driver.singlePerson ? 1 : this.#options.slots
  }

  #lack(reasons: string[]): void {
    const { tell, slots, log, retryMs } = this.#options
    if (this.#closed) return
    log.warn({ reasons }, 'no code can be run')
    tell({ ready: false, driver: 'none', goVersion: '', enforcement: {}, reasons, slots })
    this.#retry = setTimeout(() => void this.start(), retryMs ?? RETRY_MS).unref()
  }
}

/** First line of the toolchain's VERSION file, for example `go1.26.8`. */
async function goVersionOf(tree: string): Promise<string> {
  const text = await readFile(join(tree, 'go/VERSION'), 'utf8')
  return text.split('\n')[0]?.trim() ?? ''
}
