import { type ClientMessage, CloseCode, PROTOCOL_VERSION, type ServerMessage } from '@sandbox/protocol'
import type { Clock } from '../state/ports.ts'
import type { ConnectionState } from '../state/session.ts'
import { pauseBefore } from './backoff.ts'
import { decodeMessage } from './decode.ts'

/** Silence after which a sign of life is asked for, and how long it may take, in milliseconds. */
export const SILENCE_MS = 20_000
export const ANSWER_MS = 5_000
/** How long a connection may take to open and be welcomed, in milliseconds. */
export const OPEN_MS = 10_000

/** hello names at most so many runs; the protocol's own cap. */
export const MAX_RESUMED = 8

/** The part of a WebSocket that is used, so that a test brings its own. */
export interface Socket {
  send(text: string): void
  close(): void
  onopen: (() => void) | null
  onmessage: ((event: { data: unknown }) => void) | null
  onclose: ((event: { code: number; reason: string }) => void) | null
}

export interface ConnectionParts {
  open(): Socket
  clock: Clock
  /** What hello asks to be resumed. */
  resume(): { run: string; after: number }[]
  /** The key of the interview that the page is one of. */
  interview?: string
  onMessage(message: ServerMessage): void
  onState(state: ConnectionState): void
}

/**
 * The page's one socket: says hello, resumes what it missed, comes back with growing pauses when it is lost.
 * A page cannot see the server's pings, so after a silence it sends one of its own: any answer is a sign of life.
 */
export class Connection {
  readonly #parts: ConnectionParts
  #socket: Socket | null = null
  #welcomed = false
  #attempt = 1
  #cancelTimer = () => {}

  constructor(parts: ConnectionParts) {
    this.#parts = parts
  }

  /** Opens the connection, or opens it now instead of at the next appointed time. */
  connect(): void {
    if (this.#socket) return
    this.#cancelTimer()
    this.#parts.onState({ type: 'connecting', attempt: this.#attempt })
    const socket = this.#parts.open()
    this.#socket = socket
    socket.onopen = () => this.#hello(socket)
    socket.onmessage = (event) => this.#receive(socket, event.data)
    socket.onclose = (event) => this.#lost(socket, event.code)
    this.#appoint(OPEN_MS, () => this.#drop(socket))
  }

  /** Sends a message. False where there is no connection to send it on. */
  send(message: ClientMessage): boolean {
    if (!this.#socket || !this.#welcomed) return false
    this.#socket.send(JSON.stringify(message))
    return true
  }

  /** Starts over: an event is missing, or the network has changed. What is missing comes with the resume. */
  restart(): void {
    if (this.#socket) this.#drop(this.#socket)
    this.connect()
  }

  /** Ends the connection for good. */
  close(): void {
    this.#cancelTimer()
    this.#detach()?.close()
  }

  #hello(socket: Socket): void {
    const { interview } = this.#parts
    const hello: ClientMessage = {
      type: 'hello',
      version: PROTOCOL_VERSION,
      resume: this.#parts.resume(),
      ...(interview === undefined ? {} : { interview }),
    }
    socket.send(JSON.stringify(hello))
  }

  #receive(socket: Socket, data: unknown): void {
    if (socket !== this.#socket) return
    const message = decodeMessage(data)
    this.#listen(socket)
    if (!message) return
    if (message.type === 'welcome') this.#welcome()
    this.#parts.onMessage(message)
  }

  #welcome(): void {
    const first = !this.#welcomed
    this.#welcomed = true
    this.#attempt = 1
    if (first) this.#parts.onState({ type: 'connected' })
  }

  #listen(socket: Socket): void {
    this.#appoint(SILENCE_MS, () => {
      this.send({ type: 'ping' })
      this.#appoint(ANSWER_MS, () => this.#drop(socket))
    })
  }

  /** Gives a socket up without waiting for its closing handshake, which a dead peer never answers. */
  #drop(socket: Socket): void {
    if (socket !== this.#socket) return
    socket.close()
    this.#lost(socket, 0)
  }

  #lost(socket: Socket, code: number): void {
    if (socket !== this.#socket) return
    this.#cancelTimer()
    this.#detach()
    const reason = refusal(code)
    if (reason) {
      this.#parts.onState({ type: 'refused', reason })
      return
    }
    const now = this.#parts.clock.now()
    const pause = pauseBefore(this.#attempt, () => this.#parts.clock.random())
    this.#parts.onState({ type: 'waiting', attempt: this.#attempt, retryAt: now + pause, lostAt: now })
    this.#attempt++
    this.#appoint(pause, () => this.connect())
  }

  #detach(): Socket | null {
    const socket = this.#socket
    if (socket) {
      socket.onopen = null
      socket.onmessage = null
      socket.onclose = null
    }
    this.#socket = null
    this.#welcomed = false
    return socket
  }

  #appoint(ms: number, act: () => void): void {
    this.#cancelTimer()
    this.#cancelTimer = this.#parts.clock.after(ms, act)
  }
}

/** Why trying again would not help; null where it may. */
function refusal(code: number): string | null {
  if (code === CloseCode.version) return 'This page is older than the server. Reload it; your draft is kept.'
  if (code === CloseCode.tooManySockets) return 'Too many tabs are open here. Close one, then try again.'
  if (code === CloseCode.noEntry) return 'This link does not lead into an interview, or not any more.'
  return null
}
