import { KeptLink, KeptRun } from '@sandbox/protocol'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { emptyVerdict } from '../runs/endings.ts'
import type { Execute } from '../runs/executor.ts'
import { startTestServer, type TestClient, type TestServer } from './test-server.ts'

const MARKUP = '<img src=x onerror=alert(1)></script>'

/** Says what markup would, and passes; a run of the snapshot `endless` never does. */
const printing: Execute = async ({ request }, signal, emit) => {
  if (request.snapshot === 'endless') await new Promise((resolve) => signal.addEventListener('abort', resolve))
  emit({ type: 'output', stream: 'stdout', test: null, text: MARKUP })
  return emptyVerdict('passed', 'Passed.')
}

let server: TestServer
let ada: string
let bob: string

beforeEach(async () => {
  server = await startTestServer({ execute: printing })
  ada = await server.cookie()
  bob = await server.cookie()
})
afterEach(() => server.stop())

const ask = (method: string, path: string, cookie: string, headers: Record<string, string> = {}) =>
  fetch(`${server.base}/api/runs/${path}`, { method, headers: { cookie, ...headers } })

/** Lets a person run something, and returns the run's id. */
async function start(cookie: string, snapshot = 's1'): Promise<{ client: TestClient; run: string }> {
  const client = server.connect(cookie)
  await client.hello()
  client.run('request-1', 'hit-counter', { snapshot })
  const run = await client.until((messages) =>
    messages.find((message) => message.type === 'run' && message.run.snapshot === snapshot),
  )
  return { client, run: run.type === 'run' ? run.run.id : '' }
}

async function ran(cookie: string): Promise<string> {
  const { client, run } = await start(cookie)
  await client.story(run)
  client.socket.close()
  return run
}

async function kept(cookie: string): Promise<KeptLink> {
  return KeptLink.parse(await (await ask('POST', `${await ran(cookie)}/keep`, cookie)).json())
}

it('whoever has the link reads the run as its person saw it, and nobody else’s browser renders what it printed', async () => {
  const { id, expiresAt } = await kept(ada)
  const response = await ask('GET', id, bob)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const run = KeptRun.parse(await response.json())
  expect(run.expiresAt).toBe(expiresAt)
  const [{ run: description }, ...events] = run.messages
  expect(description).toMatchObject({ exercise: 'hit-counter', files: [{ name: 'counter.go' }] })
  expect(events.map(({ seq }) => seq)).toEqual([1, 2])
  expect(events.map(({ event }) => event)).toMatchObject([
    { type: 'output', text: MARKUP },
    { type: 'verdict', verdict: 'passed' },
  ])
})

it('only who kept a run may delete it, and is told so', async () => {
  const { id } = await kept(ada)
  expect((await ask('GET', id, ada)).headers.get('allow')).toBe('GET, DELETE')
  expect((await ask('GET', id, bob)).headers.get('allow')).toBe('GET')
  expect((await ask('DELETE', id, bob)).status).toBe(404)
  expect((await ask('DELETE', id, ada, { origin: 'http://evil.example' })).status).toBe(403)
  expect((await ask('GET', id, bob)).status).toBe(200)
  expect((await ask('DELETE', id, ada)).status).toBe(204)
  expect((await ask('GET', id, bob)).status).toBe(404)
})

it('nobody keeps another person’s run, one that goes on, or for another site’s page', async () => {
  const run = await ran(ada)
  expect((await ask('POST', `${run}/keep`, bob)).status).toBe(404)
  expect((await ask('POST', `${run}/keep`, ada, { origin: 'http://evil.example' })).status).toBe(403)
  const endless = await start(ada, 'endless')
  expect((await ask('POST', `${endless.run}/keep`, ada)).status).toBe(409)
  endless.client.socket.close()
})

it('a run’s own id opens nothing, nor does any other that is not a link', async () => {
  const run = await ran(ada)
  await ask('POST', `${run}/keep`, ada)
  for (const id of [run, 'AAAAAAAAAAAAAAAAAAAAAA', 'x'.repeat(5000), '%2e%2e', '1%20OR%201=1']) {
    expect((await ask('GET', id, ada)).status).toBe(404)
  }
})

it('nobody keeps without end', async () => {
  const run = await ran(ada)
  const answers = await Promise.all(Array.from({ length: 12 }, () => ask('POST', `${run}/keep`, ada)))
  expect(answers.map(({ status }) => status)).toEqual([...Array.from({ length: 10 }, () => 201), 429, 429])
})

it('who deletes what is known of them deletes the runs they keep', async () => {
  const { id } = await kept(ada)
  await fetch(`${server.base}/api/me`, { method: 'DELETE', headers: { cookie: ada } })
  expect((await ask('GET', id, bob)).status).toBe(404)
})
