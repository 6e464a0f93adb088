import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, MAX_MESSAGE_BYTES } from '@sandbox/protocol'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../log.ts'
import type { Claim } from '../runs/queue.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { addressOf } from './address.ts'
import { CONNECTION_LIMITS, Connection, type ConnectionLimits } from './connection.ts'
import { type HostRules, isOurHost, isOurOrigin } from './hosts.ts'
import type { People } from './person.ts'

const SOCKET_PATH = '/ws'
const BEAT_MS = 15_000
/** All sockets of all people. */
const MAX_SOCKETS = 512
/** Fragments of one message, and chunks in which one frame arrives. */
const MAX_FRAGMENTS = 64
const MAX_CHUNKS = 4096

export type SocketsOptions = {
  server: Server
  people: People
  sessions: Sessions
  hosts: HostRules
  trustedProxies: number
  log: Log
  limits?: Partial<ConnectionLimits>
}

/** The sockets of a server, to be closed with it. */
export interface Sockets {
  /** Asks every peer for a sign of life, and gives up those that gave none since the last time; happens by itself. */
  beat(): void
  /** Refuses new sockets and closes the open ones with 1001; resolves when they are gone. */
  close(): Promise<void>
}

/** Accepts sockets on the server's upgrade requests. */
export function acceptSockets(options: SocketsOptions): Sockets {
  const { server, sessions, log } = options
  const limits = { ...CONNECTION_LIMITS, ...options.limits }
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_CHUNKS,
  })
  const connections = new Map<Connection, Promise<void>>()
  const gate = new Gate(options)

  const seat = (socket: WebSocket, claim: Claim) => {
    const connection = new Connection({ socket, limits, log })
    const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    connections.set(connection, gone)
    void gone.then(() => connections.delete(connection))
    const session = sessions.join(claim, connection)
    if (session === null) connection.close(CloseCode.tooManySockets, 'too many pages are open')
    else connection.open(session)
  }

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', (err) => log.debug({ err }, 'an upgrade failed'))
    const answer = connections.size < MAX_SOCKETS ? gate.admit(request) : FULL
    if (answer.type === 'refused') refuse(socket, answer)
    else acceptor.handleUpgrade(request, socket, head, (accepted) => seat(accepted, answer.claim))
  }

  const beat = () => {
    for (const connection of connections.keys()) connection.beat()
  }
  const heart = setInterval(beat, BEAT_MS).unref()
  server.on('upgrade', upgrade)

  return {
    beat,
    close: async () => {
      clearInterval(heart)
      server.off('upgrade', upgrade)
      server.on('upgrade', (_, socket: Duplex) => refuse(socket, STOPPING))
      for (const connection of connections.keys()) connection.close(CloseCode.goingAway, 'the server is stopping')
      await Promise.all(connections.values())
    },
  }
}

type Refusal = { type: 'refused'; status: string; sentence: string }
type Admission = { type: 'admitted'; claim: Claim } | Refusal

const FULL: Refusal = { type: 'refused', status: '503 Service Unavailable', sentence: 'Too many pages are connected.' }
const STOPPING: Refusal = { type: 'refused', status: '503 Service Unavailable', sentence: 'The server is stopping.' }

/** Who may open a socket: our own pages, with a cookie of ours. */
class Gate {
  readonly #options: SocketsOptions

  constructor(options: SocketsOptions) {
    this.#options = options
  }

  admit(request: IncomingMessage): Admission {
    const { people, hosts, trustedProxies } = this.#options
    if ((request.url ?? '').split('?')[0] !== SOCKET_PATH) return refused('404 Not Found', 'There is no such socket.')
    if (!isOurHost(request, hosts)) return refused('421 Misdirected Request', 'This is not the host you asked for.')
    if (!isOurOrigin(request, hosts)) return refused('403 Forbidden', 'Pages of another origin may not connect.')
    const person = people.recognise(request)
    if (person === null) return refused('401 Unauthorized', 'Load the page first: it brings the cookie.')
    return { type: 'admitted', claim: { person, address: addressOf(request, trustedProxies) } }
  }
}

function refused(status: string, sentence: string): Refusal {
  return { type: 'refused', status, sentence }
}

function refuse(socket: Duplex, { status, sentence }: Refusal): void {
  const head = [
    `HTTP/1.1 ${status}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(sentence)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${sentence}`, () => socket.destroy())
}
