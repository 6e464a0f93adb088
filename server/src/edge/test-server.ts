import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Guide, PROTOCOL_VERSION, type RunRequest, type SandboxStatus, ServerMessage } from '@sandbox/protocol'
import { type ClientOptions, WebSocket } from 'ws'
import { Rooms } from '../interviews/rooms.ts'
import { createLog } from '../log.ts'
import type { Execute, Format } from '../runs/executor.ts'
import { FairQueue } from '../runs/queue.ts'
import { type RegistryLimits, RunRegistry } from '../runs/run-registry.ts'
import { DraftDesk } from '../sessions/draft-desk.ts'
import { KeptRunDesk } from '../sessions/kept-run-desk.ts'
import { ProgressDesk } from '../sessions/progress-desk.ts'
import { Sessions } from '../sessions/sessions.ts'
import { StatusBoard } from '../sessions/status-board.ts'
import { openMemory } from '../store/database.ts'
import { DraftTable } from '../store/draft-table.ts'
import { InterviewTable } from '../store/interview-table.ts'
import { KeptRunsTable } from '../store/kept-runs-table.ts'
import { ProgressTable } from '../store/progress-table.ts'
import type { ConnectionLimits } from './connection.ts'
import type { HostRules } from './hosts.ts'
import { createHttpServer, type Shelf } from './http.ts'
import { People } from './person.ts'
import { acceptSockets } from './websocket.ts'

/** For tests: the whole edge over a real port, with an executor that the test plays. */
export type TestServerOptions = {
  execute?: Execute
  format?: Format
  ready?: boolean
  slots?: number
  graceMs?: number
  socketsPerPerson?: number
  limits?: Partial<ConnectionLimits>
  registryLimits?: Partial<RegistryLimits>
  hosts?: HostRules
  shelf?: Shelf
  clientDir?: string
  secret?: string
  newPerMinute?: number
  guide?: Guide
  /** How long interviews are kept. */
  keptMs?: number
}

export type TestServer = Awaited<ReturnType<typeof startTestServer>>

export const READY: SandboxStatus = {
  ready: true,
  driver: 'bubblewrap',
  goVersion: 'go1.26',
  enforcement: { memory: 'enforced' },
  reasons: [],
  slots: 2,
}

const never: Execute = () => new Promise(() => {})
const noFormat: Format = () => Promise.reject(new Error('this test formats nothing'))
const emptyShelf: Shelf = { list: () => [], detail: () => null, solutions: async () => null }

export async function startTestServer(options: TestServerOptions = {}) {
  const log = createLog('silent')
  const dir = await mkdtemp(join(tmpdir(), 'edge-test-'))
  const board = new StatusBoard(options.ready === false ? undefined : READY)
  const database = openMemory()
  const records = new ProgressDesk({ table: new ProgressTable(database), log })
  const drafts = new DraftDesk({ table: new DraftTable(database), log })
  const registry = new RunRegistry({
    execute: records.counting(options.execute ?? never),
    queue: new FairQueue({ slots: options.slots ?? 2, maxWaiting: 50 }),
    log,
    limits: { unwindMs: 5, ...options.registryLimits },
  })
  const table = new InterviewTable(database)
  const rooms = new Rooms({
    table,
    registry,
    log,
    keptMs: options.keptMs ?? 60 * 60_000,
    starterOf: (slug) => (slug === 'hit-counter' ? [{ name: 'counter.go', text: 'package counter\n' }] : null),
  })
  const keptRuns = new KeptRunDesk({ table: new KeptRunsTable(database), registry, log })
  const sessions = new Sessions({
    server: 'test-server',
    registry,
    rooms,
    board,
    format: options.format ?? noFormat,
    knows: (slug) => slug === 'hit-counter',
    log,
    graceMs: options.graceMs ?? 60_000,
    ...(options.socketsPerPerson === undefined ? {} : { socketsPerPerson: options.socketsPerPerson }),
  })
  const people = new People({
    secret: options.secret ?? 'a secret of the tests, long enough',
    secure: false,
    newPerMinute: options.newPerMinute ?? 1000,
  })
  const shared = { people, hosts: options.hosts ?? { host: '127.0.0.1', publicOrigins: [] }, trustedProxies: 0, log }
  const server = createHttpServer({
    ...shared,
    clientDir: options.clientDir ?? dir,
    shelf: options.shelf ?? emptyShelf,
    records,
    drafts,
    interviews: {
      rooms,
      guides: options.guide === undefined ? [] : [{ id: 'test', guide: options.guide }],
      runOf: (interview, run) => table.runOf(interview, run),
      runsOf: (interview) => table.runsOf(interview),
      titles: () => ({}),
    },
    timelines: keptRuns,
    keptRuns,
    board,
  })
  const sockets = acceptSockets({
    ...shared,
    server,
    sessions,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const base = `http://127.0.0.1:${port}`
  return {
    base,
    port,
    dir,
    board,
    registry,
    sockets,
    /** A new person's Cookie header, got as a browser gets it. */
    cookie: async () => {
      const response = await fetch(`${base}/api/exercises`)
      return response.headers.get('set-cookie')?.split(';')[0] ?? ''
    },
    connect: (cookie: string, client: ClientOptions = {}) =>
      new TestClient(new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers: { cookie }, ...client })),
    stop: async () => {
      await registry.shutdown()
      await sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(dir, { recursive: true })
    },
  }
}

/** A client that keeps every message and checks each against the protocol. */
export class TestClient {
  readonly socket: WebSocket
  readonly messages: ServerMessage[] = []
  readonly closed: Promise<number>
  readonly #looks = new Set<() => void>()

  constructor(socket: WebSocket) {
    this.socket = socket
    this.closed = new Promise((resolve) => socket.on('close', resolve))
    socket.on('close', () => {
      for (const look of this.#looks) look()
    })
    socket.on('error', () => {})
    socket.on('message', (data) => {
      this.messages.push(ServerMessage.parse(JSON.parse(String(data))))
      for (const look of this.#looks) look()
    })
  }

  get isClosed(): boolean {
    return this.socket.readyState === WebSocket.CLOSED
  }

  async opened(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open')
    return this
  }

  /** Opens, says hello, to an interview where its key is given, and waits for the welcome. */
  async hello(resume: { run: string; after: number }[] = [], interview?: string): Promise<this> {
    await this.opened()
    this.say({ type: 'hello', version: PROTOCOL_VERSION, resume, ...(interview === undefined ? {} : { interview }) })
    await this.message('welcome')
    return this
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message))
  }

  run(request: string, exercise = 'hit-counter', more: Partial<RunRequest> = {}): void {
    const files = [{ name: 'counter.go', text: 'package counter\n' }]
    this.say({ type: 'run', request, run: { exercise, files, snapshot: 's1', ...more } })
  }

  /** Resolves with what `find` finds in the messages, now or later. */
  until<T>(find: (messages: ServerMessage[]) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find(this.messages)
        if (found === undefined) return
        this.#looks.delete(look)
        resolve(found)
      }
      this.#looks.add(look)
      look()
    })
  }

  /** The first message of a type, from `from` on. */
  message<T extends ServerMessage['type']>(type: T, from = 0): Promise<Extract<ServerMessage, { type: T }>> {
    return this.until((messages) =>
      messages.slice(from).find((message): message is Extract<ServerMessage, { type: T }> => message.type === type),
    )
  }

  /** The events of a run, once its verdict is among them. */
  async story(run: string): Promise<[number, string][]> {
    await this.until((messages) =>
      messages.find((message) => message.type === 'event' && message.run === run && message.event.type === 'verdict'),
    )
    return this.events(run)
  }

  events(run: string): [number, string][] {
    return this.messages.flatMap((message) =>
      message.type === 'event' && message.run === run ? [[message.seq, message.event.type]] : [],
    )
  }
}
