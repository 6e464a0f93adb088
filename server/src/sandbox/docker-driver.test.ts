import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { describeDriver, TREE } from './contract.ts'
import { createDockerDriver } from './docker-driver.ts'
import { Engine } from './docker-engine.ts'
import { ensureImage } from './docker-image.ts'
import type { SandboxDriver } from './driver.ts'
import { formatInstance, thisInstance } from './instance.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { makeTinyTree } from './testdata/tiny-tree.ts'
import { tracesOf } from './testdata/traces.ts'

const SOCKET = '/var/run/docker.sock'
const log = { debug: () => {}, warn: () => {} }
const options = { tree: TREE, instance: thisInstance(), cpus: 2, log, progress: () => {} }

describeDriver('docker', {
  kind: 'docker',
  helper: ['docker'],
  create: () => createDockerDriver(options),
  killFromOutside: (sandbox) => new Engine().remove(sandbox.id),
})

/** A way to the real engine that can be cut and mended. */
class Cable {
  readonly path: string
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null

  constructor(path: string) {
    this.path = path
  }

  async mend(): Promise<void> {
    this.#server = createServer((near) => {
      const far = connect(SOCKET)
      near.pipe(far).pipe(near)
      for (const socket of [near, far]) {
        this.#sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => {
          this.#sockets.delete(socket)
          near.destroy()
          far.destroy()
        })
      }
    })
    this.#server.listen(this.path)
    await once(this.#server, 'listening')
  }

  async cut(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    const closed = this.#server && once(this.#server, 'close')
    this.#server?.close()
    await closed
  }
}

describe('an engine that goes away', () => {
  let folder = ''
  let cable: Cable
  let driver: SandboxDriver

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-'))
    cable = new Cable(join(folder, 'docker.sock'))
    await cable.mend()
    driver = await createDockerDriver({ ...options, socketPath: cable.path })
  })
  afterAll(async () => {
    await driver.close()
    await cable.cut()
    await rm(folder, { recursive: true, force: true })
  })

  test('costs the sandboxes that it held, shows as ill, and is well again by itself', async () => {
    const told: boolean[] = []
    driver.onHealth((healthy) => told.push(healthy))
    const sandbox = await driver.open(DEFAULT_LIMITS)
    await cable.cut()
    await sandbox.gone
    expect(sandbox.usable).toBe(false)
    await expect(driver.open(DEFAULT_LIMITS)).rejects.toThrow('Docker could not create a container')
    expect(driver.healthy()).toBe(false)
    await expect(sandbox.destroy()).rejects.toThrow('could not be removed')
    await cable.mend()
    await expect.poll(() => driver.healthy(), { timeout: 20_000 }).toBe(true)
    expect(told).toEqual([false, true])
    await sandbox.destroy()
    const next = await driver.open(DEFAULT_LIMITS)
    await next.destroy()
    expect(await tracesOf('docker', formatInstance(options.instance))).toEqual([])
  })
})

describe('images', () => {
  let folder = ''
  const engine = new Engine()
  const treeOf = (home: string, hash: string) => makeTinyTree(join(folder, home, `tree-${hash}`), TREE)
  const imported: string[] = []
  const importTree = async (tree: string) => {
    const image = await ensureImage({ engine, tree, progress: () => {} })
    imported.push(image)
    return image
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'images-'))
  })
  afterAll(async () => {
    for (const image of imported) await engine.removeImage(image).catch(() => {})
    await rm(folder, { recursive: true })
  })

  test('replace those of the same folder and no others', async () => {
    const other = await importTree(await treeOf('there', 'contract-other'))
    const old = await importTree(await treeOf('here', 'contract-old'))
    const young = await importTree(await treeOf('here', 'contract-new'))
    expect(await engine.hasImage(young)).toBe(true)
    expect(await engine.hasImage(old)).toBe(false)
    expect(await engine.hasImage(other)).toBe(true)
  })

  test('are imported again when somebody removes them', async () => {
    const tree = await treeOf('gone', 'contract-gone')
    const driver = await createDockerDriver({ ...options, tree })
    await engine.removeImage(await importTree(tree))
    const sandbox = await driver.open(DEFAULT_LIMITS)
    expect(sandbox.usable).toBe(true)
    await sandbox.destroy()
    await driver.close()
  })
})

test('no engine is one sentence', async () => {
  const nowhere = join(tmpdir(), 'no-such-engine.sock')
  await expect(createDockerDriver({ ...options, socketPath: nowhere })).rejects.toThrow('Docker could not answer.')
})

test('an unknown runtime is an error and leaves no container', async () => {
  const driver = await createDockerDriver({ ...options, runtime: 'no-such-runtime' })
  await expect(driver.open(DEFAULT_LIMITS)).rejects.toThrow('Docker could not')
  expect(await tracesOf('docker', formatInstance(options.instance))).toEqual([])
  await driver.close()
})
