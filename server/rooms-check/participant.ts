import {
  type Act,
  foldEntries,
  type Interview,
  type LoggedEntry,
  type MemberId,
  NEW_INTERVIEW,
  PROTOCOL_VERSION,
  SCRATCH,
  ServerMessage,
} from '@sandbox/protocol'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { Chance } from './chance.ts'
import { Ledger, type LineChange } from './ledger.ts'
import { linesOf } from './log-problems.ts'

export type ParticipantOptions = {
  name: string
  cookie: string
  /** The link's. */
  key: string
  /** This one lets candidates in and opens the file. */
  isHost: boolean
  /** What is done while typing, besides typing. */
  acts: (name: string, count: number) => Act
  /** Of these at most so many in one visit: the server does not hear a candidate who does too much. */
  mostActs: number
  chance: Chance
}

type Room = Extract<ServerMessage, { type: 'room' }>

/** The one file that everybody types into. */
export const PATH = `${SCRATCH}/main.go`
const FILE = { name: 'main.go', text: 'package main\n' }
/** Origin of what came from the server. */
const SERVER = 'server'
/** Between two things that one does at most so long, in milliseconds. */
const PAUSE_MS = 4
/** Below what the server takes from one page. */
const BURST = 100
const PER_SECOND = 50
/** What a socket's end is called when there was no farewell (RFC 6455 §7.4.1). */
const CUT_OFF = 1006

/**
 * One person's page at an interview, without its view: a document of its own, which goes on when the server is gone, and
 * what was sent. Each time it comes back it compares what it was told to be kept with what it finds.
 */
export class Participant {
  readonly doc = new Y.Doc()
  readonly ledger = new Ledger()
  /** What was lost and what should not have been said, one sentence each. */
  readonly lost: string[] = []
  readonly complaints: string[] = []
  readonly #options: ParticipantOptions
  readonly #files = this.doc.getMap<Y.Text>('files')
  readonly #hasAsked = new Set<string>()
  readonly #listeners = new Set<() => void>()
  /** Entries that were shown here, by number: none of them may ever be another. */
  readonly #shown = new Map<number, string>()
  readonly #ownLines: string[] = []
  #socket: WebSocket | null = null
  #gone: Promise<void> = Promise.resolve()
  #typing: NodeJS.Timeout | null = null
  #member: MemberId | null = null
  #isDeaf = false
  #hasMissed = false
  #interview: Interview = NEW_INTERVIEW
  #cameAt = 0
  #done = 0
  #acted = 0
  #count = 0

  constructor(options: ParticipantOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  /** Who this is in the interview; null until the room was opened to this page since it came. */
  get member(): MemberId | null {
    return this.#member
  }

  /** The text, as this page has it; null before the file is open. */
  get text(): string | null {
    return this.#files.get(PATH)?.toString() ?? null
  }

  /** Opens the page; what is not kept is sent once the room is open. */
  come(url: string): void {
    const { cookie, key } = this.#options
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { headers: { cookie, origin: url } })
    this.#socket = socket
    this.#cameAt = performance.now()
    this.#done = 0
    this.#acted = 0
    this.#isDeaf = false
    this.#hasMissed = false
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'hello', version: PROTOCOL_VERSION, resume: [], interview: key }))
    })
    socket.on('error', () => {})
    socket.on('message', (data) => this.#hear(ServerMessage.parse(JSON.parse(String(data)))))
    this.#gone = new Promise((resolve) => {
      socket.on('close', (code) => {
        if (code !== CUT_OFF) this.complaints.push(`${this.name} was sent away with ${code}`)
        resolve()
      })
    })
  }

  /** Resolves when the connection is gone and everything that came by it was read. */
  async gone(): Promise<void> {
    this.stopTyping()
    await this.#gone
    this.#member = null
  }

  /** From now on something is done every few milliseconds. */
  startTyping(): void {
    this.#typing ??= setTimeout(() => {
      this.#typing = null
      this.#doSomething()
      this.startTyping()
    }, this.#options.chance(PAUSE_MS) + 1)
  }

  stopTyping(): void {
    if (this.#typing !== null) clearTimeout(this.#typing)
    this.#typing = null
  }

  /** From now on, or once it is in, nothing comes here, although everything arrives there: until the page comes back. */
  deafen(): void {
    this.#isDeaf = true
  }

  /** Whether an act was acknowledged and that did not come here. */
  get hasMissed(): boolean {
    return this.#hasMissed
  }

  /** Hears of whatever this page hears, until the returned function is called. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #hear(message: ServerMessage): void {
    if (!this.#isDeaf || this.#member === null) this.#take(message)
    else if (message.type === 'kept') this.#hasMissed ||= this.ledger.waitsForAct(message.serial)
    for (const listener of this.#listeners) listener()
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'door':
        if (message.name === null) this.#onceIn('enter', () => this.#say({ type: 'enter', name: this.name }))
        break
      case 'room':
        this.#enterRoom(message)
        break
      case 'entries':
        this.#see(message.entries)
        break
      case 'edited':
        Y.applyUpdate(this.doc, Buffer.from(message.update, 'base64'), SERVER)
        break
      case 'kept':
        this.ledger.kept(message.serial)
        break
      case 'dropped':
      case 'error':
        this.complaints.push(`${this.name} was told: ${message.message}`)
        break
      default:
    }
  }

  #enterRoom({ member, entries, document }: Room): void {
    const theirs = Buffer.from(document, 'base64')
    this.#compare(entries, theirs)
    this.#member = member
    this.#interview = NEW_INTERVIEW
    Y.applyUpdate(this.doc, theirs, SERVER)
    const { change, acts } = this.ledger.takeWaiting()
    const vector = Y.encodeStateVectorFromUpdate(theirs)
    const isMissing = this.#hasMoreThan(Y.decodeStateVector(vector)).length > 0 || change.removed.length > 0
    if (isMissing) this.#sendEdit(Y.encodeStateAsUpdate(this.doc, vector), change)
    for (const named of acts) this.#say({ type: 'act', serial: this.ledger.again(named), ...named })
    this.#see(entries)
  }

  /** What was acknowledged here, or shown here as somebody else's, must be there again. */
  #compare(entries: readonly LoggedEntry[], theirs: Uint8Array): void {
    const bySeq = new Map(entries.map((logged) => [logged.seq, JSON.stringify(logged)]))
    const others = this.#hasMoreThan(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(theirs)))
    this.lost.push(
      ...this.ledger.wrongLines(linesOf(theirs, PATH)),
      ...[...this.#shown]
        .filter(([seq, words]) => bySeq.get(seq) !== words)
        .map(([seq, words]) => `entry ${seq} was shown as ${words} and is ${bySeq.get(seq) ?? 'gone'}`),
      ...others
        .filter((client) => client !== this.doc.clientID)
        .map(() => `${this.name} was shown a change of somebody else’s that is gone`),
    )
  }

  /** Whose changes this page has that the other one lacks. */
  #hasMoreThan(theirs: Map<number, number>): number[] {
    const own = Y.decodeStateVector(Y.encodeStateVector(this.doc))
    return [...own].flatMap(([client, clock]) => (clock > (theirs.get(client) ?? 0) ? [client] : []))
  }

  #see(entries: readonly LoggedEntry[]): void {
    for (const logged of entries) this.#shown.set(logged.seq, JSON.stringify(logged))
    this.#interview = foldEntries(entries, this.#interview)
    if (this.#options.isHost) this.#beHost()
  }

  #beHost(): void {
    const { members, exercise } = this.#interview
    for (const { id, standing } of members)
      if (standing === 'waiting') this.#onceEver(`admit ${id}`, { type: 'admitted', member: id })
    if (exercise !== null) return
    this.#onceEver('record', { type: 'recording', recording: { pasting: true, leaving: false } })
    this.#onceEver('open', { type: 'opened', exercise: SCRATCH, files: [FILE] })
  }

  /** What was not acknowledged is sent again anyway. */
  #onceEver(what: string, act: Act): void {
    if (this.#hasAsked.has(what)) return
    this.#hasAsked.add(what)
    this.#sendAct(act)
  }

  #onceIn(what: string, say: () => void): void {
    const name = `${what} at ${this.#cameAt}`
    if (this.#hasAsked.has(name)) return
    this.#hasAsked.add(name)
    say()
  }

  #doSomething(): void {
    const allowed = BURST + ((performance.now() - this.#cameAt) / 1000) * PER_SECOND
    const text = this.#files.get(PATH)
    if (this.#member === null || text === undefined || this.#done >= allowed) return
    const { chance, acts, mostActs } = this.#options
    const choice = chance(10)
    if (choice < 6 || (choice >= 7 && this.#acted >= mostActs)) this.#addLine(text)
    else if (choice < 7) this.#removeLine(text)
    else {
      this.#acted++
      this.#sendAct(acts(this.name, ++this.#count))
    }
  }

  #addLine(text: Y.Text): void {
    const line = `// ${this.name} ${++this.#count}`
    const at = text.toString().lastIndexOf('\n', this.#options.chance(text.length)) + 1
    this.#ownLines.push(line)
    this.#edit({ added: [line], removed: [] }, () => text.insert(at, `${line}\n`))
  }

  #removeLine(text: Y.Text): void {
    const [line] = this.#ownLines.splice(this.#options.chance(this.#ownLines.length), 1)
    if (line === undefined) return
    const at = text.toString().indexOf(`${line}\n`)
    if (at === -1) this.lost.push(`the line "${line}" is gone from the page that wrote it`)
    else this.#edit({ added: [], removed: [line] }, () => text.delete(at, line.length + 1))
  }

  #edit(change: LineChange, act: () => void): void {
    const send = (update: Uint8Array) => this.#sendEdit(update, change)
    this.doc.once('update', send)
    act()
  }

  #sendEdit(update: Uint8Array, change: LineChange): void {
    const serial = this.ledger.edit(change)
    this.#say({ type: 'edit', serial, update: Buffer.from(update).toString('base64') })
  }

  #sendAct(act: Act): void {
    this.#say({ type: 'act', ...this.ledger.act(act), act })
  }

  /** Into a connection that is gone already nothing goes; what is not kept is sent again. */
  #say(message: object): void {
    this.#done++
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }
}
