import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect as connectTcp, type Socket } from 'node:net'
import { CloseCode, MAX_MESSAGE_BYTES, PROTOCOL_VERSION } from '@sandbox/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { emptyVerdict } from '../runs/endings.ts'
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts'

const servers: TestServer[] = []

async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer(options)
  servers.push(server)
  return server
}

async function greeted(options: TestServerOptions = {}) {
  const server = await start(options)
  const cookie = await server.cookie()
  const client = await server.connect(cookie).hello()
  return { server, cookie, client }
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

/** HTTP status with which an upgrade is refused. */
async function refusal(server: TestServer, headers: Record<string, string>, path = '/ws'): Promise<number | undefined> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers })
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  response.resume()
  return response.statusCode
}

/** A socket whose frames the test writes itself, after a proper handshake. */
async function rawSocket(server: TestServer, cookie: string): Promise<Socket> {
  const socket = connectTcp(server.port, '127.0.0.1')
  const head = [
    'GET /ws HTTP/1.1',
    `Host: 127.0.0.1:${server.port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Cookie: ${cookie}`,
  ]
  socket.on('error', () => {})
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  expect(String(answer)).toContain('101 Switching Protocols')
  return socket
}

const TEXT = 1
const CONTINUATION = 0

/** A client's frame (RFC 6455 §5.2), masked with zeros. */
function frame(opcode: number, payload: Buffer, fin: boolean): Buffer {
  expect(payload.length).toBeLessThan(126)
  return Buffer.concat([Buffer.from([(fin ? 0x80 : 0) | opcode, 0x80 | payload.length, 0, 0, 0, 0]), payload])
}

/** Close code of the first close frame in what a raw socket reads. */
async function closeCode(socket: Socket): Promise<number> {
  let read = Buffer.alloc(0)
  for await (const chunk of socket) {
    read = Buffer.concat([read, chunk])
    const at = read.indexOf(0x88)
    if (at !== -1 && read.length >= at + 4) return read.readUInt16BE(at + 2)
  }
  throw new Error('the socket ended without a close frame')
}

describe('who may open a socket', () => {
  it('is a page of this host with its cookie', async () => {
    const server = await start()
    const cookie = await server.cookie()
    const client = server.connect(cookie, { origin: server.base })
    await client.hello()
    expect(client.messages[0]).toMatchObject({ type: 'welcome', version: PROTOCOL_VERSION, sandbox: { ready: true } })
  })

  it('is not who has no cookie, a forged one, or one of another secret', async () => {
    const server = await start()
    const other = await start({ secret: 'another secret, which signs otherwise' })
    const forged = `${(await server.cookie()).slice(0, -3)}AAA`
    expect(await refusal(server, {})).toBe(401)
    expect(await refusal(server, { cookie: forged })).toBe(401)
    expect(await refusal(server, { cookie: await other.cookie() })).toBe(401)
  })

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost.evil.example'])(
    'is not a page of the origin %s',
    async (origin) => {
      const server = await start()
      expect(await refusal(server, { cookie: await server.cookie(), origin })).toBe(403)
    },
  )

  it('is a page of a configured origin', async () => {
    const server = await start({ hosts: { host: '127.0.0.1', publicOrigins: ['https://practice.example'] } })
    await server.connect(await server.cookie(), { origin: 'https://practice.example' }).hello()
  })

  it('is not who was led here under another name', async () => {
    const server = await start()
    const headers = { cookie: await server.cookie(), host: 'evil.example', origin: 'http://evil.example' }
    expect(await refusal(server, headers)).toBe(421)
  })

  it('finds the socket at one path only', async () => {
    const server = await start()
    expect(await refusal(server, { cookie: await server.cookie() }, '/socket')).toBe(404)
  })
})

describe('a socket is closed', { timeout: 30_000 }, () => {
  it('with 4001 when no hello comes', async () => {
    const server = await start({ limits: { helloMs: 10 } })
    const client = server.connect(await server.cookie())
    expect(await client.closed).toBe(CloseCode.helloExpected)
  })

  it('with 4001 when something else comes first', async () => {
    const server = await start()
    const client = await server.connect(await server.cookie()).opened()
    client.run('r1')
    expect(await client.closed).toBe(CloseCode.helloExpected)
  })

  it('with 4000 when the client speaks another version', async () => {
    const server = await start()
    const client = await server.connect(await server.cookie()).opened()
    client.say({ type: 'hello', version: PROTOCOL_VERSION + 1, resume: [] })
    expect(await client.closed).toBe(CloseCode.version)
  })

  it('with 4002 when malformed messages do not end', async () => {
    const { client } = await greeted({ limits: { badMessageBurst: 3 } })
    for (let i = 0; i < 4; i++) client.socket.send('junk')
    expect(await client.closed).toBe(CloseCode.tooManyBadMessages)
    expect(client.messages.filter((message) => message.type === 'error')).toHaveLength(3)
  })

  it('with 4003 when it floods', async () => {
    const { client } = await greeted({ limits: { messageBurst: 10, messagesPerSecond: 0.001 } })
    for (let i = 0; i < 11; i++) client.say({ type: 'cancel', run: 'none' })
    expect(await client.closed).toBe(CloseCode.flood)
  })

  it('with 4003 when it floods with pings', async () => {
    const { client } = await greeted({ limits: { messageBurst: 10, messagesPerSecond: 0.001 } })
    for (let i = 0; i < 11; i++) client.socket.ping()
    expect(await client.closed).toBe(CloseCode.flood)
  })

  it('with 4005 when its person has too many', async () => {
    const { server, cookie } = await greeted({ socketsPerPerson: 1 })
    expect(await server.connect(cookie).closed).toBe(CloseCode.tooManySockets)
    await server.connect(await server.cookie()).hello()
  })

  it('with 4006 when it is half open', async () => {
    const server = await start()
    const socket = await rawSocket(server, await server.cookie())
    server.sockets.beat()
    server.sockets.beat()
    expect(await closeCode(socket)).toBe(CloseCode.noAnswer)
  })

  it('not at all while it answers pings', async () => {
    const { server, client } = await greeted()
    for (let beat = 0; beat < 4; beat++) {
      const asked = once(client.socket, 'ping')
      server.sockets.beat()
      await asked
      // The answer to this comes after the server has read the pong before it.
      const from = client.messages.length
      client.say({ type: 'cancel', run: 'none' })
      await client.message('error', from)
    }
    expect(client.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('with 1009 when a message is too large', async () => {
    const { client } = await greeted()
    client.socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1))
    expect(await client.closed).toBe(CloseCode.tooLarge)
  })

  it('with 1009 when fragments add up to too much', async () => {
    const { client } = await greeted()
    const fragment = 'x'.repeat(MAX_MESSAGE_BYTES / 4)
    for (let i = 0; i < 5; i++) client.socket.send(fragment, { fin: false })
    expect(await client.closed).toBe(CloseCode.tooLarge)
  })

  it('when the fragments of a message do not end', async () => {
    const server = await start()
    const socket = await rawSocket(server, await server.cookie())
    const code = closeCode(socket)
    for (let i = 0; i < 100; i++) socket.write(frame(i === 0 ? TEXT : CONTINUATION, Buffer.from('x'), false))
    expect(await code).toBe(1008)
  })

  it('with 1007 when its text is not UTF-8', async () => {
    const server = await start()
    const socket = await rawSocket(server, await server.cookie())
    const code = closeCode(socket)
    socket.write(frame(TEXT, Buffer.from([0xc3, 0x28]), true))
    expect(await code).toBe(1007)
  })

  it('with 4004 when nothing of what is waiting was read', async () => {
    const chunk = 'x'.repeat(200_000)
    const going = Promise.withResolvers<void>()
    const { server, cookie, client } = await greeted({
      limits: { closeMs: 30_000 },
      registryLimits: { allLogsBytes: 64 * 1024 * 1024 },
      slots: 8,
      execute: async (_, __, emit) => {
        await going.promise
        for (let i = 0; i < 10; i++) emit({ type: 'output', stream: 'stdout', test: null, text: chunk })
        return emptyVerdict('passed', 'Passed.')
      },
    })
    const reader = await server.connect(cookie).hello()
    client.socket.pause()
    // Kernel buffers of loopback take some megabytes before anything waits in the server.
    going.resolve()
    for (let i = 0; i < 8; i++) {
      const from = reader.messages.length
      reader.run(`r${i}`)
      const { run } = await reader.message('run', from)
      await reader.story(run.id)
    }
    const asked = once(reader.socket, 'ping')
    server.sockets.beat()
    await asked
    const from = reader.messages.length
    reader.say({ type: 'cancel', run: 'none' })
    await reader.message('error', from)
    server.sockets.beat()
    client.socket.resume()
    expect(await client.closed).toBe(CloseCode.slowReader)
    expect(reader.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('with 1001 when the server stops', async () => {
    const { server, client } = await greeted()
    await server.sockets.close()
    expect(await client.closed).toBe(CloseCode.goingAway)
    expect(await refusal(server, { cookie: await server.cookie() })).toBe(503)
  })
})

describe('a malformed message', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const wide = `{"type":"hello","version":1,"resume":[${'0,'.repeat(100_000)}0]}`
  const cases: [string, string | Buffer][] = [
    ['junk', 'junk'],
    ['nothing', ''],
    ['a number', '17'],
    ['null', 'null'],
    ['deep JSON', deep],
    ['wide JSON', wide],
    ['deep JSON within a message', `{"type":"cancel","run":${deep}}`],
    ['an unknown type', '{"type":"reboot"}'],
    ['__proto__ for a type', '{"type":"__proto__"}'],
    ['a message that lacks a field', '{"type":"cancel"}'],
    ['binary', randomBytes(64)],
    ['a second hello', `{"type":"hello","version":${PROTOCOL_VERSION},"resume":[]}`],
  ]
  it.each(cases)('(%s) is answered with an error on a living socket', async (_, text) => {
    const { client } = await greeted()
    client.socket.send(text)
    expect(await client.message('error')).toMatchObject({ code: 'bad-message' })
    client.say({ type: 'cancel', run: 'none' })
    await client.until((messages) =>
      messages.find((message) => message.type === 'error' && message.code === 'unknown-run'),
    )
  })

  it('is named by its request, with the field that is wrong', async () => {
    const { client } = await greeted()
    const files = [{ name: 'x'.repeat(300), text: '' }]
    client.say({ type: 'run', request: 'r1', run: { exercise: 'hit-counter', files, snapshot: 's' } })
    const error = await client.message('error')
    expect(error).toMatchObject({ code: 'bad-message', request: 'r1' })
    expect(error.message).toContain('run.files.0.name')
  })

  it('cannot reach a prototype', async () => {
    const { client } = await greeted()
    const poison =
      '{"__proto__":{"ready":false},"constructor":{"prototype":{"polluted":1}},"type":"cancel","run":"none"}'
    client.socket.send(poison)
    expect(await client.message('error')).toMatchObject({ code: 'unknown-run' })
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('polluted' in {}).toBe(false)
  })
})
