import { request } from 'node:http'
import { type ClientMessage, PROTOCOL_VERSION } from '@sandbox/protocol'
import { WebSocket } from 'ws'
import { TestClient } from '../src/edge/test-server.ts'

/** One thing that came over the wire, as it came. */
export type Piece = {
  from: string
  bytes: Buffer /** A file of the page; all else is told to this person. */
  isFile: boolean
}

export type Answer = { status: number; body: string }
export type Asking = { method?: string; body?: unknown }

/** One person at a server, and every byte that came to them. */
export class Received {
  readonly pieces: Piece[] = []
  readonly #url: string
  readonly #cookie: string
  readonly #name: string

  constructor(url: string, cookie: string, name: string) {
    this.#url = url
    this.#cookie = cookie
    this.#name = name
  }

  get bytes(): number {
    return this.pieces.reduce((sum, piece) => sum + piece.bytes.length, 0)
  }

  /** A page of theirs at an interview; says its name at the door. */
  async come(key: string): Promise<TestClient> {
    const headers = { cookie: this.#cookie, origin: this.#url }
    const socket = new WebSocket(`${this.#url.replace(/^http/, 'ws')}/ws`, { headers })
    socket.on('message', (data) => this.#take('the socket', Buffer.from(String(data))))
    socket.on('close', (_, reason) => this.#take('the end of the socket', reason))
    const client = await new TestClient(socket).opened()
    const hello: ClientMessage = { type: 'hello', version: PROTOCOL_VERSION, resume: [], interview: key }
    client.say(hello)
    const first = await client.until((messages) =>
      messages.find(({ type }) => ['door', 'room', 'error'].includes(type)),
    )
    if (first.type === 'door' && first.name === null) client.say({ type: 'enter', name: this.#name })
    return client
  }

  /** Asks for an address as it is written: nothing corrects it, nothing is unpacked and no redirect is followed. */
  ask(path: string, { method = 'GET', body }: Asking = {}): Promise<Answer> {
    const { hostname, port } = new URL(this.#url)
    const sent = body === undefined ? '' : JSON.stringify(body)
    const headers = {
      cookie: this.#cookie,
      origin: this.#url,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(sent),
    }
    return new Promise((resolve, reject) => {
      const asked = request({ hostname, port, path, method, headers }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const whole = Buffer.concat(chunks)
          this.#take(`the head of ${method} ${path}`, Buffer.from(answer.rawHeaders.join('\n')))
          this.#take(`${method} ${path}`, whole, isFile(path, answer.headers['content-type']))
          resolve({ status: answer.statusCode ?? 0, body: whole.toString('utf8') })
        })
      })
      asked.on('error', reject)
      asked.end(sent)
    })
  }

  /** A page with every script and style that it names, and those that these name. */
  async load(path: string): Promise<void> {
    const page = await this.ask(path)
    const known = new Set<string>()
    for (let files = filesIn(page.body); files.length > 0; ) {
      const found: string[] = []
      for (const file of files.filter((one) => !known.has(one))) {
        known.add(file)
        found.push(...filesIn((await this.ask(file)).body))
      }
      files = found
    }
  }

  #take(from: string, bytes: Buffer, ofPage = false): void {
    this.pieces.push({ from, bytes, isFile: ofPage })
  }
}

function isFile(path: string, type = ''): boolean {
  return !path.startsWith('/api/') && !type.includes('json')
}

/** Built files lie in one folder, whose files name each other with it or beside them. */
function filesIn(text: string): string[] {
  const names = [...text.matchAll(/["'`(](?:\/?assets\/|\.\/)([\w.-]+\.(?:js|css))["'`)]/g)]
  return [...new Set(names.map(([, name]) => `/assets/${name}`))]
}
