import { randomUUID } from 'node:crypto'
import { type Act, PROTOCOL_VERSION, type RunRequest, SCRATCH, ServerMessage } from '@sandbox/protocol'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

export type Seat = { cookie: string; key: string }
/** Two people at an interview, as the bench puts them there. */
export type Seats = { interviewer: Seat; candidate: Seat }

const PATH = `${SCRATCH}/main.go`
const FILE = { name: 'main.go', text: 'package main\n' }
/** A new line after so many keys, as in code. */
const KEYS_PER_LINE = 30

/**
 * An interviewer and a candidate who types, each with a socket of their own, and how long a keystroke takes from the one
 * to the other. They do only what costs this process little: the page's own work is not what is measured.
 */
export class Pair {
  /** Milliseconds of each keystroke from its being sent to its arrival at the other one. */
  readonly echoes: number[] = []
  readonly #interviewer: WebSocket
  readonly #candidate: WebSocket
  readonly #doc = new Y.Doc()
  /** When those keystrokes were sent that did not arrive yet, oldest first: they arrive in their order. */
  readonly #sentAt: number[] = []
  #text: Y.Text | undefined
  #serial = 0
  #ended: ((verdict: string) => void) | null = null

  /** Opens both sockets, lets the candidate in and opens a file. */
  static async meet(url: string, seats: Seats): Promise<Pair> {
    const [interviewer, candidate] = await Promise.all([open(url, seats.interviewer), open(url, seats.candidate)])
    const pair = new Pair(interviewer, candidate)
    const opened = pair.#opened()
    for (const [socket, { key }] of [
      [interviewer, seats.interviewer],
      [candidate, seats.candidate],
    ] as const)
      say(socket, { type: 'hello', version: PROTOCOL_VERSION, resume: [], interview: key })
    await opened
    return pair
  }

  private constructor(interviewer: WebSocket, candidate: WebSocket) {
    this.#interviewer = interviewer
    this.#candidate = candidate
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== null) return
      this.#sentAt.push(performance.now())
      say(candidate, { type: 'edit', serial: ++this.#serial, update: Buffer.from(update).toString('base64') })
    })
    candidate.on('message', (data) => this.#hearCandidate(String(data)))
    interviewer.on('message', (data) => this.#hearInterviewer(String(data)))
    for (const socket of [interviewer, candidate])
      socket.on('close', (code) => {
        throw new Error(`a socket was closed with ${code}`)
      })
  }

  /** One key at the end of the file, and the cursor behind it, as a page sends them. */
  press(): void {
    if (this.#text === undefined) return
    const typed = this.#serial % KEYS_PER_LINE === 0 ? '\n' : 'x'
    this.#text.insert(this.#text.length, typed)
    const at = [1 + Math.floor(this.#serial / KEYS_PER_LINE), 1 + (this.#serial % KEYS_PER_LINE)]
    say(this.#candidate, { type: 'cursor', cursor: { path: PATH, anchor: at, head: at } })
  }

  /** The candidate runs code; resolves with the verdict. Throws where it is not run. */
  run(request: string, run: RunRequest): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>()
    this.#ended = resolve
    say(this.#candidate, { type: 'run', request, run })
    return promise
  }

  /** Keystrokes that have not arrived. */
  get underWay(): number {
    return this.#sentAt.length
  }

  #opened(): Promise<void> {
    return new Promise((resolve) => {
      this.#doc.on('update', () => {
        this.#text ??= this.#doc.getMap<Y.Text>('files').get(PATH)
        if (this.#text !== undefined) resolve()
      })
    })
  }

  #hearInterviewer(text: string): void {
    if (text.startsWith(EDITED)) {
      const sentAt = this.#sentAt.shift()
      // The file itself came before anything was sent.
      if (sentAt !== undefined) this.echoes.push(performance.now() - sentAt)
      return
    }
    if (!/^\{"type":"(door|room|entries)"/.test(text)) return
    const message = ServerMessage.parse(JSON.parse(text))
    if (message.type === 'door' && message.name === null) say(this.#interviewer, { type: 'enter', name: 'Priya' })
    const entries = message.type === 'entries' || message.type === 'room' ? message.entries : []
    for (const { entry } of entries) {
      if (entry.type !== 'joined' || entry.role !== 'candidate') continue
      sayAct(this.#interviewer, 1, { type: 'admitted', member: entry.member })
    }
  }

  #hearCandidate(text: string): void {
    if (!/^\{"type":"(door|room|edited|error|dropped|event)"/.test(text)) return
    const message = ServerMessage.parse(JSON.parse(text))
    switch (message.type) {
      case 'door':
        if (message.name === null) say(this.#candidate, { type: 'enter', name: 'Mira' })
        break
      case 'room':
        sayAct(this.#interviewer, 2, { type: 'opened', exercise: SCRATCH, files: [FILE] })
        break
      case 'edited':
        Y.applyUpdate(this.#doc, Buffer.from(message.update, 'base64'), 'server')
        break
      case 'event':
        if (message.event.type === 'verdict') this.#ended?.(message.event.verdict)
        break
      case 'error':
      case 'dropped':
        throw new Error(`the server did not take it: ${message.message}`)
      default:
    }
  }
}

const EDITED = '{"type":"edited"'

function say(socket: WebSocket, message: object): void {
  socket.send(JSON.stringify(message))
}

function sayAct(socket: WebSocket, serial: number, act: Act): void {
  say(socket, { type: 'act', serial, id: randomUUID(), act })
}

function open(url: string, { cookie }: Seat): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { headers: { cookie, origin: url } })
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}
