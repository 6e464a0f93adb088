import type { RunEvent, VerdictEvent } from '@sandbox/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestClient, type TestServer, type TestServerOptions } from '../edge/test-server.ts'
import { emptyVerdict, RESTARTED } from '../runs/endings.ts'
import type { Execute } from '../runs/executor.ts'

const servers: TestServer[] = []

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()))
})

async function start(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer(options)
  servers.push(server)
  return server
}

/** An executor whose runs do what the test says, when it says so. */
function stage() {
  const runs: Play[] = []
  const waiting: ((play: Play) => void)[] = []
  const execute: Execute = (task, signal, emit) =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(emptyVerdict('cancelled', 'Cancelled in the sandbox.')))
      const play = { person: task.person, snapshot: task.request.snapshot, signal, emit, end: resolve }
      const taker = waiting.shift()
      if (taker === undefined) runs.push(play)
      else taker(play)
    })
  const next = () => {
    const play = runs.shift()
    return play === undefined ? new Promise<Play>((resolve) => waiting.push(resolve)) : Promise.resolve(play)
  }
  return { execute, next }
}

type Play = {
  person: string
  snapshot: string
  signal: AbortSignal
  emit: (event: RunEvent) => void
  end: (verdict: VerdictEvent) => void
}

const passed = emptyVerdict('passed', 'Passed.')
const output = (text: string): RunEvent => ({ type: 'output', stream: 'stdout', test: null, text })

async function startRun(client: TestClient, request = 'r1'): Promise<string> {
  const from = client.messages.length
  client.run(request)
  return (await client.message('run', from)).run.id
}

describe('a run', () => {
  it('is told with its request and its snapshot, then event by event to the verdict', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const client = await server.connect(await server.cookie()).hello()
    client.run('r1')
    const { run } = await client.message('run')
    expect(run).toMatchObject({
      request: 'r1',
      exercise: 'hit-counter',
      snapshot: 's1',
      files: [{ name: 'counter.go' }],
    })
    const play = await next()
    play.emit({ type: 'started' })
    play.emit(output('hello'))
    play.end(passed)
    expect(await client.story(run.id)).toEqual([
      [1, 'started'],
      [2, 'output'],
      [3, 'verdict'],
    ])
  })

  it('is seen by both sockets of its person and by nobody else', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const cookie = await server.cookie()
    const [one, two, stranger] = await Promise.all([
      server.connect(cookie).hello(),
      server.connect(cookie).hello(),
      server.connect(await server.cookie()).hello(),
    ])
    const run = await startRun(one)
    const play = await next()
    play.emit({ type: 'started' })
    play.end(passed)
    expect(await two.story(run)).toEqual(await one.story(run))
    stranger.say({ type: 'cancel', run: 'none' })
    await stranger.message('error')
    expect(stranger.messages.map(({ type }) => type)).toEqual(['welcome', 'error'])
  })

  it('goes on where a reconnecting socket left off, without gap or duplicate', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const cookie = await server.cookie()
    const first = await server.connect(cookie).hello()
    const run = await startRun(first)
    const play = await next()
    play.emit({ type: 'started' })
    play.emit(output('1'))
    await first.until(() => (first.events(run).length === 2 ? true : undefined))
    first.socket.terminate()
    play.emit(output('2'))
    play.emit(output('3'))
    const second = await server.connect(cookie).hello([{ run, after: 2 }])
    play.emit(output('4'))
    play.end(passed)
    await second.story(run)
    expect([...first.events(run), ...second.events(run)].map(([seq]) => seq)).toEqual([1, 2, 3, 4, 5, 6])
    expect(second.messages.filter(({ type }) => type === 'run')).toHaveLength(0)
  })

  it('is told whole to a page that was reloaded, also after its end', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const cookie = await server.cookie()
    const first = await server.connect(cookie).hello()
    const run = await startRun(first)
    const play = await next()
    play.emit({ type: 'started' })
    play.end(passed)
    await first.story(run)
    first.socket.close()
    const second = await server.connect(cookie).hello()
    expect(await second.story(run)).toEqual(first.events(run))
    expect(second.messages.slice(0, 2).map(({ type }) => type)).toEqual(['welcome', 'run'])
  })

  it('that nobody knows is told as interrupted by a restart, with the next number', async () => {
    const secret = 'the same secret on both sides of a restart'
    const before = await startTestServer({ secret })
    const cookie = await before.cookie()
    const first = await before.connect(cookie).hello()
    const run = await startRun(first)
    first.socket.terminate()
    await before.stop()
    const after = await start({ secret })
    const second = await after.connect(cookie).hello([{ run, after: 7 }])
    const { seq, event } = await second.message('event')
    expect(seq).toBe(8)
    expect(event).toMatchObject({ type: 'verdict', verdict: 'internal-error', summary: RESTARTED })
  })

  it('of another person is as unknown as one that never was', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const ann = await server.connect(await server.cookie()).hello()
    const run = await startRun(ann)
    const play = await next()
    play.emit(output('secret'))
    const eve = await server.connect(await server.cookie()).hello([{ run, after: 0 }])
    eve.say({ type: 'cancel', run })
    expect(await eve.message('error')).toMatchObject({ code: 'unknown-run' })
    expect(await eve.message('event')).toMatchObject({ seq: 1, event: { verdict: 'internal-error' } })
    expect(JSON.stringify(eve.messages)).not.toContain('secret')
    expect(play.signal.aborted).toBe(false)
  })

  it('is cancelled by its person', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const client = await server.connect(await server.cookie()).hello()
    const run = await startRun(client)
    await next()
    client.say({ type: 'cancel', run })
    await client.story(run)
    expect(client.messages.at(-1)).toMatchObject({
      event: { verdict: 'cancelled', summary: 'Cancelled in the sandbox.' },
    })
  })

  it('is cancelled when its person stays away, and told so when they come back', async () => {
    const { execute, next } = stage()
    const server = await start({ execute, graceMs: 1 })
    const cookie = await server.cookie()
    const first = await server.connect(cookie).hello()
    const run = await startRun(first)
    const play = await next()
    const aborted = new Promise((resolve) => play.signal.addEventListener('abort', resolve))
    first.socket.terminate()
    await aborted
    const second = await server.connect(cookie).hello([{ run, after: 0 }])
    await second.story(run)
    expect(second.messages.at(-1)).toMatchObject({
      event: { verdict: 'cancelled', summary: expect.stringContaining('no page of yours') },
    })
  })

  it('lives on while one of two sockets stays', async () => {
    const { execute, next } = stage()
    const server = await start({ execute, graceMs: 0 })
    const cookie = await server.cookie()
    const [one, two] = await Promise.all([server.connect(cookie).hello(), server.connect(cookie).hello()])
    const run = await startRun(one)
    const play = await next()
    one.socket.terminate()
    await one.closed
    // The server has seen the end of the other socket when a third one of the same person has been answered.
    await server.connect(cookie).hello()
    play.end(passed)
    await two.story(run)
    expect(two.messages.at(-1)).toMatchObject({ event: { verdict: 'passed' } })
  })

  it('pressed four times more waits its turn, and the fifth is refused', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const client = await server.connect(await server.cookie()).hello()
    for (const request of ['r1', 'r2', 'r3', 'r4', 'r5']) client.run(request)
    expect(await client.message('error')).toMatchObject({ code: 'too-many-runs', request: 'r5' })
    const runs = client.messages.flatMap((message) => (message.type === 'run' ? [message.run.id] : []))
    expect(runs).toHaveLength(4)
    expect(runs.map((run) => client.events(run))).toEqual([[], [[1, 'queued']], [[1, 'queued']], [[1, 'queued']]])
    for (const run of runs) {
      ;(await next()).end(passed)
      await client.story(run)
    }
  })

  it('sent twice by a client that lost the answer is run once', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const client = await server.connect(await server.cookie()).hello()
    client.run('r1')
    client.run('r1')
    const { run } = await client.message('run')
    ;(await next()).end(passed)
    await client.story(run.id)
    expect(client.messages.filter(({ type }) => type === 'run')).toHaveLength(1)
  })

  it('reaches a slow reader whole, in order', async () => {
    const { execute, next } = stage()
    const server = await start({ execute })
    const client = await server.connect(await server.cookie()).hello()
    const run = await startRun(client)
    const play = await next()
    client.socket.pause()
    for (let i = 0; i < 30; i++) play.emit(output(`${i}`.padEnd(60_000, '.')))
    play.end(passed)
    client.socket.resume()
    expect((await client.story(run)).map(([seq]) => seq)).toEqual(Array.from({ length: 31 }, (_, index) => index + 1))
  })
})

describe('a session', () => {
  it('is refused a run of an unknown exercise, and one while the sandbox is not ready', async () => {
    const server = await start({ ready: false })
    const client = await server.connect(await server.cookie()).hello()
    client.run('r1', 'no-such-exercise')
    client.run('r2', 'scratch')
    expect(await client.until((messages) => messages.find((message) => message.type === 'error'))).toMatchObject({
      code: 'unknown-exercise',
      request: 'r1',
    })
    const refusal = await client.until((messages) => messages.filter((message) => message.type === 'error')[1])
    expect(refusal).toMatchObject({ code: 'not-ready', request: 'r2', message: 'The sandbox is being prepared.' })
  })

  it('hears when the sandbox becomes ready', async () => {
    const server = await start({ ready: false })
    const client = await server.connect(await server.cookie()).hello()
    server.board.set({ ...server.board.status, ready: true, reasons: [] })
    expect(await client.message('status')).toMatchObject({ sandbox: { ready: true } })
  })

  it('gets its file formatted, and an error where that fails', async () => {
    const server = await start({
      format: async ({ file }) => {
        if (file.text === 'broken engine') throw new Error('no engine')
        return { text: file.text.trim(), diagnostics: [] }
      },
    })
    const client = await server.connect(await server.cookie()).hello()
    client.say({ type: 'format', request: 'f1', file: { name: 'a.go', text: ' package a ' } })
    expect(await client.message('formatted')).toMatchObject({ request: 'f1', text: 'package a', diagnostics: [] })
    client.say({ type: 'format', request: 'f2', file: { name: 'a.go', text: 'broken engine' } })
    expect(await client.message('error')).toMatchObject({ code: 'not-ready', request: 'f2' })
  })
})
