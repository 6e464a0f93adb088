import type { Duplex } from 'node:stream'
import Docker from 'dockerode'
import { SandboxError } from './driver.ts'

/** An engine that takes longer for one of its calls is hung. */
export const CALL_DEADLINE_MS = 15_000
/** Importing some hundred megabytes may take long on a slow disk. */
export const IMPORT_DEADLINE_MS = 300_000
const PING_DEADLINE_MS = 2_000
/** From the end of a container's streams to its end in the engine's books; on a busy machine this takes a while. */
const END_DEADLINE_MS = 5_000

export type ContainerSettings = Docker.ContainerCreateOptions

export interface ImportedImage {
  repo: string
  tag: string
  label: { name: string; value: string }
}

export interface ListedContainer {
  id: string
  name: string
  state: string
  labels: Record<string, string>
  /** Milliseconds since the epoch. */
  createdAt: number
}

/** The calls of a Docker Engine that sandboxes need, each with a deadline. The only user of dockerode. */
export class Engine {
  readonly #docker: Docker

  /** Without a socket: the usual places, or what DOCKER_HOST names. */
  constructor(socketPath?: string) {
    this.#docker = new Docker(socketPath === undefined ? {} : { socketPath })
  }

  /** Throws when no engine answers soon. */
  async ping(): Promise<void> {
    await within('answer', PING_DEADLINE_MS, () => this.#docker.ping())
  }

  async hasImage(image: string): Promise<boolean> {
    return within('look for an image', CALL_DEADLINE_MS, () => this.#docker.getImage(image).inspect()).then(
      () => true,
      (error: unknown) => {
        if (isNotFound(error)) return false
        throw error
      },
    )
  }

  /** Imports a tar stream as an image that starts the supervisor. */
  async importImage(tar: NodeJS.ReadableStream, { repo, tag, label }: ImportedImage): Promise<void> {
    const changes = [
      'ENTRYPOINT ["/supervisor"]',
      'USER 65532:65532',
      `LABEL ${label.name}=${JSON.stringify(label.value)}`,
    ]
    const answer = await within('import an image', IMPORT_DEADLINE_MS, () =>
      this.#docker.importImage(tar, { repo, tag, changes }),
    )
    await within('import an image', IMPORT_DEADLINE_MS, () => this.#follow(answer))
  }

  /** Removes the images with this label but for one; what still runs somewhere stays until the next time. */
  async removeOtherImages(label: ImportedImage['label'], keep: string): Promise<void> {
    const filters = { label: [`${label.name}=${label.value}`] }
    const images = await within('list images', CALL_DEADLINE_MS, () => this.#docker.listImages({ filters }))
    const tags = images.flatMap((image) => image.RepoTags ?? []).filter((tag) => tag !== keep)
    for (const tag of tags) await this.removeImage(tag).catch(() => {})
  }

  async removeImage(image: string): Promise<void> {
    await within('remove an image', CALL_DEADLINE_MS, () => this.#docker.getImage(image).remove())
  }

  async create(settings: ContainerSettings): Promise<string> {
    const container = await within('create a container', CALL_DEADLINE_MS, () => this.#docker.createContainer(settings))
    return container.id
  }

  /** Both directions of a container's standard streams on one socket; to be called before `start`. */
  async attach(id: string): Promise<Duplex> {
    const options = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true }
    const stream = await within('attach to a container', CALL_DEADLINE_MS, () =>
      this.#docker.getContainer(id).attach(options),
    )
    return stream as Duplex
  }

  async start(id: string): Promise<void> {
    await within('start a container', CALL_DEADLINE_MS, () => this.#docker.getContainer(id).start())
  }

  async lower(id: string, limits: { memoryBytes: number; processes: number }): Promise<void> {
    const settings = { Memory: limits.memoryBytes, MemorySwap: limits.memoryBytes, PidsLimit: limits.processes }
    await within('update a container', CALL_DEADLINE_MS, () => this.#docker.getContainer(id).update(settings))
  }

  /**
   * Whether the kernel killed a container that has just ended. Its streams end before the engine has noted how: until
   * then an inspection would call it alive and well.
   */
  async wasKilledForMemory(id: string): Promise<boolean> {
    const container = this.#docker.getContainer(id)
    await within('wait for a container', END_DEADLINE_MS, () => container.wait({ condition: 'not-running' }))
    const { State } = await within('inspect a container', CALL_DEADLINE_MS, () => container.inspect())
    return State.OOMKilled
  }

  /** Kills and removes; a container that is gone, or being removed by another, is fine. */
  async remove(id: string): Promise<void> {
    await within('remove a container', CALL_DEADLINE_MS, () =>
      this.#docker.getContainer(id).remove({ force: true, v: true }),
    ).catch((error: unknown) => {
      if (!isNotFound(error) && !isConflict(error)) throw error
    })
  }

  async list(label: string): Promise<ListedContainer[]> {
    const containers = await within('list containers', CALL_DEADLINE_MS, () =>
      this.#docker.listContainers({ all: true, filters: { label: [label] } }),
    )
    return containers.map((each) => ({
      id: each.Id,
      name: each.Names[0]?.slice(1) ?? '',
      state: each.State,
      labels: each.Labels,
      createdAt: each.Created * 1000,
    }))
  }

  /** Reads an answer of JSON lines to its end; a line may hold an error. */
  #follow(answer: NodeJS.ReadableStream): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#docker.modem.followProgress(answer, (error) => (error ? reject(error) : resolve()))
    })
  }
}

/** Runs one call; a late or failed answer is a SandboxError that says what could not be done. */
async function within<Result>(what: string, deadlineMs: number, call: () => Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs)
  try {
    return await Promise.race([call(), late.promise])
  } catch (cause) {
    throw new SandboxError(`Docker could not ${what}.`, { cause })
  } finally {
    clearTimeout(timer)
  }
}

/** The engine knows no such image or container. */
export function isNotFound(error: unknown): boolean {
  return statusOf(error) === 404
}

function isConflict(error: unknown): boolean {
  return statusOf(error) === 409
}

function statusOf(error: unknown): number | null {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'statusCode' in cause && typeof cause.statusCode === 'number'
    ? cause.statusCode
    : null
}
