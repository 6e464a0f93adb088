import { CloseCode, PROTOCOL_VERSION } from '@sandbox/protocol'
import type { RawData, WebSocket } from 'ws'
import type { Log } from '../log.ts'
import type { Wire } from '../sessions/feed.ts'
import type { Session } from '../sessions/sessions.ts'
import { TokenBucket } from '../token-bucket.ts'
import { type Decoded, decode } from './decode.ts'

export type ConnectionLimits = {
  helloMs: number
  messageBurst: number
  messagesPerSecond: number
  /** The same for a page of an interview, where every keystroke is a message. */
  interviewBurst: number
  interviewMessagesPerSecond: number
  badMessageBurst: number
  badMessagesPerSecond: number
  /** Bytes that may wait for a slow reader beside what the feed holds back. */
  bufferedBytes: number
  /** The same in an interview, whose whole record comes as one message. */
  interviewBufferedBytes: number
  /** Time for the peer to answer a close, before the socket is dropped. */
  closeMs: number
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  helloMs: 5_000,
  messageBurst: 60,
  messagesPerSecond: 20,
  // A page sends at most 25 changes and 5 cursors a second, and what is pressed.
  interviewBurst: 120,
  interviewMessagesPerSecond: 60,
  badMessageBurst: 20,
  badMessagesPerSecond: 0.2,
  bufferedBytes: 4 * 1024 * 1024,
  interviewBufferedBytes: 24 * 1024 * 1024,
  closeMs: 2_000,
}

export type ConnectionOptions = { socket: WebSocket; limits: ConnectionLimits; log: Log }

const BINARY: Decoded = { type: 'malformed', reason: 'The message is binary; messages are JSON text.' }

type Phase = { type: 'expecting-hello'; session: Session } | { type: 'open'; session: Session } | { type: 'closing' }

/** One socket: enforces what a client may do to us, and passes on what is left to its session. */
export class Connection implements Wire {
  readonly #socket: WebSocket
  readonly #limits: ConnectionLimits
  readonly #log: Log
  #messages: TokenBucket
  readonly #badMessages: TokenBucket
  #phase: Phase = { type: 'closing' }
  #helloDue: NodeJS.Timeout | undefined
  #heard = true
  #flushed = true
  #mostBuffered: number
  #dropDue: NodeJS.Timeout | undefined

  constructor({ socket, limits, log }: ConnectionOptions) {
    this.#socket = socket
    this.#limits = limits
    this.#mostBuffered = limits.bufferedBytes
    this.#log = log
    this.#messages = new TokenBucket({ burst: limits.messageBurst, perSecond: limits.messagesPerSecond })
    this.#badMessages = new TokenBucket({ burst: limits.badMessageBurst, perSecond: limits.badMessagesPerSecond })
    socket.on('error', (err) => {
      log.debug({ err }, 'a socket failed')
      this.#dropSoon()
    })
    socket.on('close', () => clearTimeout(this.#dropDue))
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount
  }

  /** Starts to listen, on behalf of this session. */
  open(session: Session): void {
    const socket = this.#socket
    this.#phase = { type: 'expecting-hello', session }
    this.#helloDue = setTimeout(() => this.close(CloseCode.helloExpected, 'no hello came'), this.#limits.helloMs)
    socket.on('message', (data, isBinary) => this.#hear(() => this.#receive(data, isBinary)))
    // Each ping makes us write a pong, so they count like messages.
    socket.on('ping', () => this.#hear(() => {}))
    socket.on('pong', () => this.#hear(() => {}))
    socket.on('close', () => {
      clearTimeout(this.#helloDue)
      session.close()
    })
  }

  send(frame: Buffer, flushed: () => void = () => {}): void {
    if (this.#socket.readyState !== this.#socket.OPEN) {
      // Never at once: the feed would go on sending into the closed socket from within its own call.
      setImmediate(flushed)
      return
    }
    this.#socket.send(frame, { binary: false }, () => {
      this.#flushed = true
      flushed()
    })
    if (this.bufferedBytes > this.#mostBuffered) this.close(CloseCode.slowReader, 'too much is waiting to be read')
  }

  /** Called once a beat: a peer that has neither answered nor read since the last one is given up. */
  beat(): void {
    if (this.#phase.type === 'closing') return
    if (!this.#flushed) {
      this.close(CloseCode.slowReader, 'nothing was read')
    } else if (!this.#heard) {
      this.close(CloseCode.noAnswer, 'no answer to a ping')
    } else {
      this.#heard = false
      this.#flushed = this.bufferedBytes === 0
      this.#socket.ping()
    }
  }

  /** Ends the connection: tells the peer why, and drops the socket where it does not answer. */
  close(code: CloseCode, reason: string): void {
    const phase = this.#phase
    this.#phase = { type: 'closing' }
    clearTimeout(this.#helloDue)
    if (phase.type !== 'closing') phase.session.close()
    this.#log.debug({ code, reason }, 'a socket is closed')
    this.#socket.close(code, reason)
    this.#dropSoon()
  }

  #dropSoon(): void {
    this.#dropDue ??= setTimeout(() => this.#socket.terminate(), this.#limits.closeMs).unref()
  }

  #hear(react: () => void): void {
    this.#heard = true
    if (this.#phase.type === 'closing') return
    if (this.#messages.take()) react()
    else this.close(CloseCode.flood, 'too many messages')
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#phase.type === 'closing') return
    const { session } = this.#phase
    const decoded = isBinary ? BINARY : decode(bytesOf(data))
    if (decoded.type === 'malformed') {
      this.#complain(session, decoded.reason, decoded.request)
    } else if (decoded.message.type === 'hello') {
      this.#hello(session, decoded.message)
    } else if (this.#phase.type === 'expecting-hello') {
      this.close(CloseCode.helloExpected, 'the first message must be hello')
    } else {
      session.receive(decoded.message)
    }
  }

  #hello(session: Session, hello: Parameters<Session['hello']>[0]): void {
    if (this.#phase.type === 'open') {
      this.#complain(session, 'hello was said already.')
    } else if (hello.version !== PROTOCOL_VERSION) {
      this.close(CloseCode.version, `this server speaks version ${PROTOCOL_VERSION}; reload the page`)
    } else {
      clearTimeout(this.#helloDue)
      this.#phase = { type: 'open', session }
      if (hello.interview !== undefined) {
        this.#messages = this.#interviewMessages()
        this.#mostBuffered = this.#limits.interviewBufferedBytes
      }
      session.hello(hello)
    }
  }

  #interviewMessages(): TokenBucket {
    const { interviewBurst: burst, interviewMessagesPerSecond: perSecond } = this.#limits
    return new TokenBucket({ burst, perSecond })
  }

  #complain(session: Session, reason: string, request?: string): void {
    if (this.#badMessages.take()) session.refuse('bad-message', reason, request)
    else this.close(CloseCode.tooManyBadMessages, 'too many malformed messages')
  }
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
