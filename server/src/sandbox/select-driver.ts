import { createBubblewrapDriver } from './bubblewrap-driver.ts'
import { createDockerDriver } from './docker-driver.ts'
import { type SandboxDriver, SandboxError, type SandboxLog } from './driver.ts'
import type { Instance } from './instance.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { selfTest } from './self-test.ts'

export interface SelectOptions {
  /** `auto`: Docker where an engine answers, otherwise bubblewrap. A named one has no fallback. */
  prefer: 'auto' | SandboxDriver['name']
  /** Folder of the sandbox tree. */
  tree: string
  instance: Instance
  /** Cores that one sandbox may use. */
  cpus: number
  log: SandboxLog
  /** Steps of priority that a sandbox started by this process gives up; an engine's inherit none. */
  yields?: number
  /** Told, in sentences, what takes time. */
  progress(sentence: string): void
  /** Docker runtime such as `runsc`; null is the engine's default. */
  runtime?: string | null
  /** File of a seccomp profile for Docker; null is Docker's own. */
  seccompFile?: string | null
  /** The engine's socket; the usual places or DOCKER_HOST otherwise. */
  socketPath?: string
}

/** `reasons` has a sentence for every driver that was tried in vain. */
export interface Selection {
  driver: SandboxDriver | null
  reasons: string[]
}

/** The first driver that starts a sandbox and passes the self-test. Never throws: without one the reasons say why. */
export async function selectDriver(options: SelectOptions): Promise<Selection> {
  const reasons: string[] = []
  for (const name of options.prefer === 'auto' ? (['docker', 'bubblewrap'] as const) : [options.prefer]) {
    const tried = await tryDriver(name, options)
    if (typeof tried !== 'string') return { driver: tried, reasons }
    reasons.push(tried)
  }
  return { driver: null, reasons }
}

/** The driver, or the sentence that says why not. */
async function tryDriver(name: SandboxDriver['name'], options: SelectOptions): Promise<SandboxDriver | string> {
  let driver: SandboxDriver | null = null
  try {
    driver = name === 'docker' ? await createDocker(options) : await createBubblewrapDriver(options)
    const swept = await driver.sweep()
    if (swept > 0) options.log.warn({ driver: name, swept }, 'sandboxes of an earlier server were removed')
    const tested = await selfTest(driver, DEFAULT_LIMITS)
    if (tested.ok) return driver
    await driver.close()
    return `${name}: ${tested.reasons.join(' ')}`
  } catch (error) {
    options.log.debug({ err: error, driver: name }, 'a sandbox driver cannot be used')
    await driver?.close().catch(() => {})
    return `${name}: ${sentenceOf(error)}${name === 'docker' ? DOCKER_REMEDY : ''}`
  }
}

const DOCKER_REMEDY =
  ' To use Docker on Debian or Ubuntu: sudo apt-get install docker.io && sudo systemctl start docker'

function createDocker({ runtime, seccompFile, ...options }: SelectOptions): Promise<SandboxDriver> {
  return createDockerDriver({
    ...options,
    ...(runtime ? { runtime } : {}),
    ...(seccompFile ? { seccompFile } : {}),
  })
}

/** A SandboxError's own sentence with the reason behind it. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error instanceof SandboxError && error.cause instanceof Error ? ` (${error.cause.message.trim()})` : ''
  return `${error.message}${cause}`
}
