import { randomUUID } from 'node:crypto'
import { readFile, realpath } from 'node:fs/promises'
import type { Duplex } from 'node:stream'
import type { Limits } from '@sandbox/protocol'
import { AttachDemultiplexer } from './attach-stream.ts'
import { MAX_OPEN_FILES, SANDBOX_UID } from './bubblewrap-command.ts'
import { CappedLog } from './capped-log.ts'
import { type ContainerSettings, Engine, isNotFound, type ListedContainer } from './docker-engine.ts'
import { ensureImage } from './docker-image.ts'
import { type Sandbox, type SandboxDriver, SandboxError, type SandboxLog } from './driver.ts'
import { EngineHealth } from './engine-health.ts'
import { formatInstance, type Instance, lifeOf, parseInstance } from './instance.ts'
import { type Confinement, RunningSandbox } from './running-sandbox.ts'
import { awaitReady, SupervisorLink } from './supervisor-link.ts'

export const READY_DEADLINE_MS = 10_000
/** Every container of ours carries this label; its value names the server that made it. */
export const INSTANCE_LABEL = 'go-concurrency-sandbox.instance'
const SWEEP_INTERVAL_MS = 60_000
/** A container of a server that we cannot ask about (another machine's process namespace) is left this long. */
const FOREIGN_AGE_MS = 60 * 60_000

export interface DockerOptions {
  tree: string
  instance: Instance
  cpus: number
  log: SandboxLog
  /** Told while the image is imported. */
  progress(sentence: string): void
  /** For example `runsc` (gVisor); the engine's default otherwise. */
  runtime?: string
  socketPath?: string
  /** File of a seccomp profile; Docker's own profile otherwise. */
  seccompFile?: string
}

/** Sandboxes as Docker containers. Throws a SandboxError when no engine answers or the image cannot be had. */
export async function createDockerDriver(options: DockerOptions): Promise<SandboxDriver> {
  const engine = new Engine(options.socketPath)
  await engine.ping()
  // What `current` points to may change under a running server.
  const tree = await realpath(options.tree)
  const image = await ensureImage({ engine, tree, progress: options.progress })
  const seccomp = options.seccompFile === undefined ? null : await readFile(options.seccompFile, 'utf8')
  return new DockerDriver({ options: { ...options, tree }, engine, image, seccomp })
}

interface DockerParts {
  options: DockerOptions
  engine: Engine
  image: string
  seccomp: string | null
}

class DockerDriver implements SandboxDriver {
  readonly name = 'docker'
  readonly enforcement = {
    memory: 'enforced',
    processes: 'enforced',
    cpu: 'enforced',
    network: 'enforced',
    files: 'enforced',
  } as const
  readonly singlePerson = false
  readonly #parts: DockerParts
  readonly #health: EngineHealth
  readonly #sweeper: NodeJS.Timeout
  /** Containers that this server uses; whatever else carries its label was left by a failed removal. */
  readonly #mine = new Map<string, Sandbox | null>()
  /** Names of containers that the engine has been asked for and has not answered about. */
  readonly #asked = new Set<string>()

  constructor(parts: DockerParts) {
    this.#parts = parts
    this.#health = new EngineHealth(() => parts.engine.ping())
    this.#sweeper = setInterval(() => this.#sweepQuietly(), SWEEP_INTERVAL_MS)
    this.#sweeper.unref()
    // What ran in an engine that died could not be removed.
    this.#health.onChange((healthy) => healthy && this.#sweepQuietly())
  }

  healthy(): boolean {
    return this.#health.healthy
  }

  onHealth(listener: (healthy: boolean) => void): () => void {
    return this.#health.onChange(listener)
  }

  async open(limits: Limits): Promise<Sandbox> {
    const name = `go-concurrency-sandbox-${randomUUID()}`
    try {
      const id = await this.#create({ ...containerSettings(this.#parts, limits), name })
      return await this.#start(id, limits)
    } catch (cause) {
      await this.#health.suspect()
      if (cause instanceof SandboxError) throw cause
      throw new SandboxError('Docker could not start a sandbox.', { cause })
    }
  }

  async sweep(): Promise<number> {
    const containers = await this.#parts.engine.list(INSTANCE_LABEL)
    const orphans = containers.filter((each) => !this.#mine.has(each.id) && this.#isOrphan(each))
    for (const orphan of orphans) await this.#parts.engine.remove(orphan.id)
    return orphans.length
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper)
    this.#health.close()
    await Promise.allSettled([...this.#mine.values()].map((sandbox) => sandbox?.destroy()))
  }

  #sweepQuietly(): void {
    this.sweep().catch((err) => {
      this.#parts.options.log.debug({ err }, 'a sweep failed')
      return this.#health.suspect()
    })
  }

  /** The container is in `mine` from the moment on that its id is known. */
  async #create(settings: ContainerSettings & { name: string }): Promise<string> {
    this.#asked.add(settings.name)
    try {
      const id = await this.#createWithImage(settings)
      this.#mine.set(id, null)
      return id
    } finally {
      this.#asked.delete(settings.name)
    }
  }

  /** An image that somebody has removed meanwhile is imported again. */
  async #createWithImage(settings: ContainerSettings): Promise<string> {
    const { engine, options } = this.#parts
    try {
      return await engine.create(settings)
    } catch (error) {
      if (!isNotFound(error)) throw error
      await ensureImage({ engine, tree: options.tree, progress: options.progress })
      return await engine.create(settings)
    }
  }

  async #start(id: string, limits: Limits): Promise<Sandbox> {
    const { engine, options } = this.#parts
    const said = new CappedLog((text) => options.log.warn({ sandbox: id, text }, 'a sandbox wrote to its log'))
    let link: SupervisorLink | null = null
    try {
      link = linkTo(await engine.attach(id), said)
      await engine.start(id)
      await awaitReady(link, READY_DEADLINE_MS)
    } catch (cause) {
      link?.hangUp()
      await this.#remove(id).catch((err) => options.log.warn({ err, sandbox: id }, 'a container was left to the sweep'))
      if (said.text === '') throw cause
      throw new SandboxError(`The sandbox could not start: ${said.text.trim()}`, { cause })
    }
    const confinement = new ContainerConfinement({ id, engine, opened: limits, remove: () => this.#remove(id) })
    const sandbox = new RunningSandbox({ id, link, confinement, log: options.log })
    this.#mine.set(id, sandbox)
    return sandbox
  }

  async #remove(id: string): Promise<void> {
    try {
      await this.#parts.engine.remove(id)
    } catch (cause) {
      await this.#health.suspect()
      throw cause
    } finally {
      // Also after a failure: the sweep finds it by its label then.
      this.#mine.delete(id)
    }
  }

  #isOrphan({ name, labels, state, createdAt }: ListedContainer): boolean {
    const text = labels[INSTANCE_LABEL] ?? ''
    // Ours, but in no use of ours, unless it is only just being made.
    if (text === formatInstance(this.#parts.options.instance)) return !this.#asked.has(name)
    const owner = parseInstance(text)
    if (owner === null) return true
    const life = lifeOf(owner)
    if (life !== 'foreign') return life === 'dead'
    // Its supervisor ends when its server does, so what has ended has nobody.
    return state === 'exited' || state === 'dead' || Date.now() - createdAt > FOREIGN_AGE_MS
  }
}

class ContainerConfinement implements Confinement {
  readonly #id: string
  readonly #engine: Engine
  readonly #opened: Limits
  readonly #removeContainer: () => Promise<void>
  #memoryBytes: number
  #processes: number

  constructor(parts: { id: string; engine: Engine; opened: Limits; remove: () => Promise<void> }) {
    this.#id = parts.id
    this.#engine = parts.engine
    this.#opened = parts.opened
    this.#removeContainer = parts.remove
    this.#memoryBytes = parts.opened.memoryBytes
    this.#processes = parts.opened.processes
  }

  async tighten(limits: Limits): Promise<void> {
    const memoryBytes = Math.min(limits.memoryBytes, this.#opened.memoryBytes)
    const processes = Math.min(limits.processes, this.#opened.processes)
    if (memoryBytes === this.#memoryBytes && processes === this.#processes) return
    await this.#engine.lower(this.#id, { memoryBytes, processes })
    this.#memoryBytes = memoryBytes
    this.#processes = processes
  }

  /** The kernel enforces everything here. */
  watch(): () => void {
    return () => {}
  }

  ranOutOfMemory(): Promise<boolean> {
    return this.#engine.wasKilledForMemory(this.#id)
  }

  remove(): Promise<void> {
    return this.#removeContainer()
  }
}

/** Docker's own list, which naming one replaces, and the one folder outside /tmp that anybody could write to. */
const MASKED_PATHS = [
  '/dev/mqueue',
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/devices/virtual/powercap',
  '/sys/firmware',
]

/** What confines a container; the reasons stand in docs/decisions and SECURITY.md. */
function containerSettings({ options, image, seccomp }: DockerParts, limits: Limits): ContainerSettings {
  return {
    Image: image,
    User: `${SANDBOX_UID}:${SANDBOX_UID}`,
    Hostname: 'sandbox',
    WorkingDir: '/',
    Env: [],
    Labels: { [INSTANCE_LABEL]: formatInstance(options.instance) },
    OpenStdin: true,
    // With the server's end of standard input the supervisor ends, and the container with it.
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    NetworkDisabled: true,
    HostConfig: {
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      Tmpfs: { '/tmp': tmpfsOptions(limits) },
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges', ...(seccomp === null ? [] : [`seccomp=${seccomp}`])],
      PidsLimit: limits.processes,
      Memory: limits.memoryBytes,
      MemorySwap: limits.memoryBytes,
      NanoCpus: Math.round(options.cpus * 1e9),
      IpcMode: 'none',
      MaskedPaths: MASKED_PATHS,
      LogConfig: { Type: 'none', Config: {} },
      Ulimits: [
        { Name: 'core', Soft: 0, Hard: 0 },
        { Name: 'nofile', Soft: MAX_OPEN_FILES, Hard: MAX_OPEN_FILES },
      ],
      Init: false,
      ...(options.runtime === undefined ? {} : { Runtime: options.runtime }),
    },
  }
}

/** Owned by the sandbox's user, because runc puts the mode of the image's own folder in the place of a given one. */
function tmpfsOptions(limits: Limits): string {
  const owner = `uid=${SANDBOX_UID},gid=${SANDBOX_UID}`
  return `size=${limits.workBytes},nr_inodes=${limits.workFiles},${owner},exec,nosuid,nodev`
}

function linkTo(socket: Duplex, log: CappedLog): SupervisorLink {
  const demultiplexer = new AttachDemultiplexer()
  const unwrap = function* (chunk: Buffer): Generator<Buffer> {
    for (const piece of demultiplexer.decode(chunk)) {
      if (piece.stream === 'stdout') yield piece.bytes
      else log.add(piece.bytes)
    }
  }
  return new SupervisorLink({ input: socket, output: socket, unwrap })
}
