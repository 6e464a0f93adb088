import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, writeFileSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { RunEvent, SourceFile } from '@sandbox/protocol'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { meet } from '../bench/person.ts'
import { INSTANCE_LABEL } from '../src/sandbox/docker-driver.ts'
import { Engine } from '../src/sandbox/docker-engine.ts'
import { type PracticeServer, startServer } from './practice-server.ts'

const PATIENCE = { timeout: 60_000, interval: 100 }

/**
 * A Docker engine of the test's own, which shares nothing with one that runs already. As where systemd starts both,
 * containerd is not the daemon's child and outlives it.
 */
class OwnEngine {
  readonly calls: Engine
  readonly #folder: string
  readonly #log: number
  readonly #containerd: ChildProcess
  #daemon: ChildProcess | null = null

  constructor(folder: string) {
    this.#folder = folder
    this.#log = openSync(join(folder, 'log'), 'a')
    this.calls = new Engine(this.socket)
    const config = this.#place('containerd.toml')
    writeFileSync(config, 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n')
    const places = ['--root', this.#place('images'), '--state', this.#place('state')]
    this.#containerd = this.#spawn('containerd', [
      ...['--config', config, ...places, '--address', this.#place('containerd.sock')],
    ])
  }

  get socket(): string {
    return this.#place('docker.sock')
  }

  async start(): Promise<void> {
    await vi.waitUntil(() => existsSync(this.#place('containerd.sock')), PATIENCE)
    const folders = ['--data-root', this.#place('data'), '--exec-root', this.#place('exec')]
    const sockets = ['--host', `unix://${this.socket}`, '--containerd', this.#place('containerd.sock')]
    const network = ['--bridge=none', '--iptables=false', '--ip-forward=false', '--ip-masq=false']
    const pid = ['--pidfile', this.#place('pid')]
    this.#daemon = this.#spawn('dockerd', [...folders, ...sockets, ...network, ...pid])
    await vi.waitUntil(() => this.#answers(), PATIENCE)
  }

  #place(name: string): string {
    return join(this.#folder, name)
  }

  #spawn(program: string, args: string[]): ChildProcess {
    return spawn(program, args, { stdio: ['ignore', this.#log, this.#log] })
  }

  /** As a crash: the engine says goodbye to nobody, and its containers live on. */
  async kill(): Promise<void> {
    const daemon = this.#daemon
    this.#daemon = null
    await end(daemon, 'SIGKILL')
  }

  /** Ends it and everything that it, or one that was killed, has left. */
  async remove(): Promise<void> {
    // What lives on after a kill is ended by the next start.
    if (!this.#daemon) await this.start()
    await end(this.#daemon, 'SIGTERM')
    await end(this.#containerd, 'SIGTERM')
    const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').map((line) => line.split(' ')[1] ?? '')
    for (const mount of mounts.filter((each) => each.startsWith(`${this.#folder}/`)).reverse()) {
      await promisify(execFile)('umount', [mount])
    }
    await rm(this.#folder, { recursive: true, force: true })
  }

  /** The sandboxes that it would find again when it starts: each folder is named after its container. */
  async containersOnDisk(): Promise<string[]> {
    const home = join(this.#folder, 'data/containers')
    const ids = await readdir(home)
    const known = await Promise.all(ids.map((id) => readFile(join(home, id, 'config.v2.json'), 'utf8').catch(() => '')))
    return ids.filter((_, index) => known[index]?.includes(INSTANCE_LABEL))
  }

  #answers(): Promise<boolean> {
    return this.calls.ping().then(
      () => true,
      () => false,
    )
  }
}

async function end(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}

let engine: OwnEngine | undefined
let server: PracticeServer | undefined

beforeAll(async () => {
  engine = new OwnEngine(await mkdtemp(join(tmpdir(), 'practice-engine-')))
  await engine.start()
  server = await startServer('docker', { DOCKER_HOST: `unix://${engine.socket}`, LOG_LEVEL: 'fatal' })
}, 240_000)

afterAll(async () => {
  await server?.stop()
  await engine?.remove()
})

const program = (body: string): SourceFile => ({
  name: 'a_test.go',
  text: `package a\n\nimport (\n\t"fmt"\n\t"testing"\n\t"time"\n)\n\nfunc TestA(t *testing.T) {\n${body}}\n`,
})
const WAITING = program('\tfmt.Println("waiting")\n\ttime.Sleep(9 * time.Second)\n')
const QUICK = program('\tfmt.Println("done", time.Millisecond)\n')
const asRun = (file: SourceFile) => ({ exercise: 'scratch', files: [file], snapshot: 's' })

test('a server outlives its engine: the run under way is told so once, and the next engine is used', async () => {
  if (!server || !engine) throw new Error('there is no server')
  const { url } = server
  const { calls } = engine
  const ready = async () => (await fetch(`${url}/readyz`)).status
  const person = await meet(url)
  try {
    const events: RunEvent[] = []
    let kill: Promise<void> | null = null
    const lost = await person.click(asRun(WAITING), (event) => {
      events.push(event)
      if (event.type === 'output' && event.text.includes('waiting')) kill ??= engine?.kill() ?? null
    })
    expect(kill, 'the engine was killed in the middle of the run').not.toBeNull()
    await kill
    expect(events.filter(({ type }) => type === 'verdict')).toHaveLength(1)
    expect(lost.verdict.verdict).toBe('internal-error')
    expect(lost.verdict.summary).toMatch(/^[A-Z].*not your program.*\.$/)
    await expect.poll(ready, PATIENCE).toBe(503)
    expect((await fetch(`${url}/healthz`)).status, 'the process itself is well').toBe(200)
    await expect(person.click(asRun(QUICK))).rejects.toThrow('docker does not answer at the moment')

    const before = await engine.containersOnDisk()
    expect(before.length, 'the dead engine leaves containers behind').toBeGreaterThan(0)
    await engine.start()
    await expect.poll(ready, PATIENCE).toBe(200)
    const { verdict } = await person.click(asRun(QUICK))
    expect(verdict.summary).toMatch(/^Passed: 1 of 1 test/)
    // Long before the sweep that comes round once a minute.
    const swept = { ...PATIENCE, timeout: 20_000 }
    await expect.poll(async () => (await idsOf(calls)).filter((id) => before.includes(id)), swept).toEqual([])
  } finally {
    person.close()
  }
}, 180_000)

async function idsOf(calls: Engine): Promise<string[]> {
  return (await calls.list(INSTANCE_LABEL)).map(({ id }) => id)
}
