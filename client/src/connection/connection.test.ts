import { type ClientMessage, CloseCode, PROTOCOL_VERSION, type ServerMessage } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import type { Clock } from '../state/ports.ts'
import type { ConnectionState } from '../state/session.ts'
import { ANSWER_MS, Connection, OPEN_MS, SILENCE_MS, type Socket } from './connection.ts'

const WELCOME: Extract<ServerMessage, { type: 'welcome' }> = {
  type: 'welcome',
  version: PROTOCOL_VERSION,
  server: 's1',
  now: 0,
  sandbox: { ready: true, driver: 'docker', goVersion: '1.26.8', enforcement: {}, reasons: [], slots: 2 },
}

class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null
  onmessage: Socket['onmessage'] = null
  onclose: Socket['onclose'] = null
  readonly sent: ClientMessage[] = []
  closed = false

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(): void {
    this.closed = true
  }

  tell(message: unknown): void {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) })
  }
}

/** A clock that goes where it is told to. */
class FakeClock implements Clock {
  #now = 0
  #appointments: { at: number; act: () => void }[] = []

  now = () => this.#now
  random = () => 1

  after(ms: number, act: () => void): () => void {
    const appointment = { at: this.#now + ms, act }
    this.#appointments.push(appointment)
    return () => {
      this.#appointments = this.#appointments.filter((other) => other !== appointment)
    }
  }

  pass(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = this.#appointments.filter((one) => one.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#appointments = this.#appointments.filter((other) => other !== next)
      this.#now = next.at
      next.act()
    }
    this.#now = end
  }
}

function setUp() {
  const sockets: FakeSocket[] = []
  const states: ConnectionState[] = []
  const messages: ServerMessage[] = []
  const clock = new FakeClock()
  const connection = new Connection({
    open: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    clock,
    resume: () => [{ run: 'r1', after: 7 }],
    onMessage: (message) => messages.push(message),
    onState: (state) => states.push(state),
  })
  const last = () => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('no socket was opened')
    return socket
  }
  const welcomed = () => {
    connection.connect()
    last().onopen?.()
    last().tell(WELCOME)
  }
  return { connection, clock, sockets, states, messages, last, welcomed }
}

describe('a connection', () => {
  test('says hello with what it has, and is connected when it is welcomed', () => {
    const { last, states, welcomed } = setUp()
    welcomed()
    expect(last().sent).toEqual([{ type: 'hello', version: PROTOCOL_VERSION, resume: [{ run: 'r1', after: 7 }] }])
    expect(states.map((state) => state.type)).toEqual(['connecting', 'connected'])
  })

  test('sends nothing before the welcome', () => {
    const { connection, last } = setUp()
    connection.connect()
    last().onopen?.()
    expect(connection.send({ type: 'cancel', run: 'x' })).toBe(false)
    last().tell(WELCOME)
    expect(connection.send({ type: 'cancel', run: 'x' })).toBe(true)
  })

  test('comes back by itself, each time later, and starts from the first pause after a welcome', () => {
    const { clock, sockets, states, last, welcomed } = setUp()
    welcomed()
    last().onclose?.({ code: 1006, reason: '' })
    expect(states.at(-1)).toEqual({ type: 'waiting', attempt: 1, retryAt: clock.now() + 500, lostAt: clock.now() })
    clock.pass(500)
    expect(sockets).toHaveLength(2)
    last().onclose?.({ code: 1006, reason: '' })
    expect(states.at(-1)).toMatchObject({ attempt: 2, retryAt: clock.now() + 1000 })
    clock.pass(1000)
    last().onopen?.()
    last().tell(WELCOME)
    last().onclose?.({ code: 1006, reason: '' })
    expect(states.at(-1)).toMatchObject({ attempt: 1 })
  })

  test('tries at once when asked to, and not again at the appointed time', () => {
    const { connection, clock, sockets, last, welcomed } = setUp()
    welcomed()
    last().onclose?.({ code: 1006, reason: '' })
    connection.connect()
    last().onopen?.()
    last().tell(WELCOME)
    clock.pass(600)
    expect(sockets).toHaveLength(2)
  })

  test('asks for a sign of life after a silence, and gives a dead peer up', () => {
    const { clock, states, last, welcomed } = setUp()
    welcomed()
    clock.pass(SILENCE_MS)
    expect(last().sent.at(-1)).toEqual({ type: 'ping' })
    last().tell({ type: 'status', sandbox: WELCOME.sandbox })
    clock.pass(SILENCE_MS)
    expect(states.at(-1)?.type).toBe('connected')
    const dead = last()
    clock.pass(ANSWER_MS)
    expect(dead.closed).toBe(true)
    expect(states.at(-1)?.type).toBe('waiting')
  })

  test('does not wait for ever for a welcome', () => {
    const { connection, clock, states } = setUp()
    connection.connect()
    clock.pass(OPEN_MS)
    expect(states.at(-1)?.type).toBe('waiting')
  })

  test('stays away where the server will not have it', () => {
    const { clock, sockets, states, last, welcomed } = setUp()
    welcomed()
    last().onclose?.({ code: CloseCode.version, reason: '' })
    expect(states.at(-1)).toMatchObject({ type: 'refused', reason: expect.stringContaining('Reload') })
    clock.pass(60_000)
    expect(sockets).toHaveLength(1)
  })

  test('starts over when an event is missing, and the old socket is heard no more', () => {
    const { connection, sockets, messages, welcomed } = setUp()
    welcomed()
    const [old] = sockets
    connection.restart()
    expect(old?.closed).toBe(true)
    expect(sockets).toHaveLength(2)
    const before = messages.length
    old?.tell(WELCOME)
    expect(messages).toHaveLength(before)
  })

  test('passes over what it does not know', () => {
    const { messages, last, welcomed } = setUp()
    welcomed()
    for (const junk of ['{', 'null', '{"type":"later"}', '{"type":"event","run":1}']) last().tell(junk)
    expect(messages).toEqual([WELCOME])
  })
})
