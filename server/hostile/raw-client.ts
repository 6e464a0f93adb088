import { randomBytes } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { CloseCode, PROTOCOL_VERSION, ServerMessage } from '@sandbox/protocol'

/** Frame types of RFC 6455 §5.2. */
export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const
type Opcode = (typeof Opcode)[keyof typeof Opcode]

/** A wait for the server that is longer than this has found something. */
const PATIENCE_MS = 45_000
const NO_CODE = 1005

/** The server hung up without the frame that says why. */
const DROPPED = 1006

export type UpgradeOptions = { port: number; headers: Record<string, string>; answersPings?: boolean }

/** What an upgrade request came to: a connection, or the status with which it was refused. */
export type Upgraded = { type: 'open'; client: RawClient } | { type: 'refused'; status: number }

/** A WebSocket client without manners: it sends whatever bytes it is told to. */
export function upgrade({ port, headers, answersPings = true }: UpgradeOptions): Promise<Upgraded> {
  const asked = request({
    host: '127.0.0.1',
    port,
    path: '/ws',
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
      ...headers,
    },
  })
  return new Promise((resolve, reject) => {
    asked.on('upgrade', (_: IncomingMessage, socket: Socket, head: Buffer) =>
      resolve({ type: 'open', client: new RawClient(socket, head, answersPings) }),
    )
    asked.on('response', (answer) => {
      answer.resume()
      resolve({ type: 'refused', status: answer.statusCode ?? 0 })
    })
    asked.on('error', reject)
    asked.end()
  })
}

export class RawClient {
  /** Every message that the server sent, checked against the protocol. */
  readonly messages: ServerMessage[] = []
  readonly #socket: Socket
  readonly #answersPings: boolean
  readonly #closed: Promise<number>
  #received: Buffer
  #closeCode: number | null = null
  #misheard: Error | null = null
  #told: () => void = () => {}

  constructor(socket: Socket, head: Buffer, answersPings: boolean) {
    this.#socket = socket
    this.#answersPings = answersPings
    this.#received = head
    socket.on('data', (chunk) => this.#receive(chunk))
    // Writing into a socket that the server has dropped is what these clients do.
    socket.on('error', () => {})
    this.#closed = new Promise((resolve) =>
      socket.on('close', () => {
        resolve(this.#closeCode ?? DROPPED)
        this.#told()
      }),
    )
    this.#receive(Buffer.alloc(0))
  }

  send(message: object): void {
    this.frame(Opcode.text, Buffer.from(JSON.stringify(message)))
  }

  hello(resume: { run: string; after: number }[] = []): void {
    this.send({ type: 'hello', version: PROTOCOL_VERSION, resume })
  }

  /** One frame; `claimed` is a length that may be a lie. Returns false where the server is slower than we are. */
  frame(opcode: Opcode, payload: Buffer, { fin = true, claimed = payload.length } = {}): boolean {
    if (this.#socket.destroyed) return true
    const head = headOf((fin ? 0x80 : 0) | opcode, claimed)
    return this.#socket.write(Buffer.concat([head, payload]))
  }

  /** Resolves when the server has read what was written. */
  async drained(): Promise<void> {
    if (this.#socket.destroyed || !this.#socket.writableNeedDrain) return
    await new Promise<void>((resolve) => {
      this.#socket.once('drain', resolve)
      this.#socket.once('close', () => resolve())
    })
  }

  /** Reads nothing from now on. */
  stopReading(): void {
    this.#socket.pause()
  }

  drop(): void {
    this.#socket.destroy()
  }

  /** The code with which the server closed; throws when it does not. */
  async closeCode(): Promise<number> {
    const code = await Promise.race([this.#closed, delay(PATIENCE_MS, null, { ref: false })])
    if (this.#misheard !== null) throw this.#misheard
    if (code === null) throw new Error(`the server did not close the socket within ${PATIENCE_MS} ms`)
    return code
  }

  /** The first message, already here or to come, that fits; throws when none comes. */
  async until<T extends ServerMessage>(fits: (message: ServerMessage) => message is T): Promise<T> {
    const deadline = performance.now() + PATIENCE_MS
    for (let seen = 0; ; seen += 1) {
      while (seen >= this.messages.length) {
        if (this.#misheard !== null) throw this.#misheard
        if (this.#socket.destroyed) throw new Error('the socket was closed before the message came')
        if (performance.now() > deadline) throw new Error('the message did not come')
        await new Promise<void>((resolve) => {
          this.#told = resolve
          setTimeout(resolve, 1000).unref()
        })
      }
      const message = this.messages[seen]
      if (message !== undefined && fits(message)) return message
    }
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk])
    for (let frame = this.#take(); frame !== null; frame = this.#take()) this.#react(frame.opcode, frame.payload)
  }

  /** A server's frames are whole, unmasked and never fragmented by ours. */
  #take(): { opcode: number; payload: Buffer } | null {
    const data = this.#received
    if (data.length < 2) return null
    const short = (data[1] ?? 0) & 0x7f
    const head = short === 127 ? 10 : short === 126 ? 4 : 2
    if (data.length < head) return null
    const length = short === 127 ? Number(data.readBigUInt64BE(2)) : short === 126 ? data.readUInt16BE(2) : short
    if (data.length < head + length) return null
    this.#received = data.subarray(head + length)
    return { opcode: (data[0] ?? 0) & 0x0f, payload: data.subarray(head, head + length) }
  }

  /** What the protocol does not know ends every wait with that news. */
  #hear(payload: Buffer): void {
    const heard = ServerMessage.safeParse(JSON.parse(payload.toString('utf8')))
    if (heard.success) this.messages.push(heard.data)
    else this.#misheard ??= new Error(`the server broke the protocol: ${heard.error.message}`)
  }

  #react(opcode: number, payload: Buffer): void {
    if (opcode === Opcode.text) this.#hear(payload)
    if (opcode === Opcode.ping && this.#answersPings) this.frame(Opcode.pong, payload)
    if (opcode === Opcode.close) {
      this.#closeCode = payload.length >= 2 ? payload.readUInt16BE(0) : NO_CODE
      if (this.#answersPings) this.#socket.end()
    }
    this.#told()
  }
}

/** A mask of zeroes is legal, if not usual. */
const MASK = Buffer.alloc(4)
const LONGEST_SHORT = 125

function headOf(first: number, length: number): Buffer {
  if (length <= LONGEST_SHORT) return Buffer.concat([Buffer.from([first, 0x80 | length]), MASK])
  const head = Buffer.alloc(10)
  head[0] = first
  head[1] = 0x80 | 127
  head.writeBigUInt64BE(BigInt(length), 2)
  return Buffer.concat([head, MASK])
}

/** The name of a close code, for people. */
export function nameOf(code: number): string {
  return Object.entries(CloseCode).find(([, value]) => value === code)?.[0] ?? String(code)
}
