import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts'

let server: TestServer

async function restart(options: TestServerOptions): Promise<void> {
  await server.stop()
  server = await startTestServer(options)
}

const summary = {
  slug: 'hit-counter',
  topic: 'fundamentals',
  title: 'Hit counter',
  kind: 'fix' as const,
  level: 'warm-up' as const,
  minutes: 15,
  seed: ['Q1' as const],
  tags: ['race'],
}
const detail = {
  ...summary,
  package: 'counter',
  statement: '# Hit counter',
  starter: [],
  visibleTests: [],
  hiddenTests: 3,
  hints: [],
  followUps: [],
  talkingPoints: [],
  modes: ['race' as const],
  questions: [],
  material: [],
  measureTests: [],
  faults: [],
  variants: { right: 0, wrong: 0 },
}
const shelf = {
  list: () => [summary],
  detail: (slug: string) => (slug === 'hit-counter' ? detail : null),
  solutions: async () => null,
}

beforeEach(async () => {
  server = await startTestServer({ shelf })
  await mkdir(join(server.dir, 'assets'))
  await writeFile(join(server.dir, 'index.html'), '<!doctype html><title>Go Practice</title>')
  await writeFile(join(server.dir, 'assets/index-abc.js'), 'let plain')
  await writeFile(join(server.dir, 'assets/index-abc.js.br'), 'brotli bytes')
})

afterEach(() => server.stop())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.base}${path}`, { headers })

/** fetch does not let a test choose Host, nor send a path as it stands. */
function rawGet(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ port: server.port, host: '127.0.0.1', path, headers }, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve({ status: response.statusCode ?? 0, body })
    })
    sent.on('error', reject).end()
  })
}

describe('the page', () => {
  it.each(['/', '/exercise/hit-counter', '/scratch'])(
    'is served at %s with a cookie, to be asked for again',
    async (path) => {
      const response = await get(path)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('Go Practice')
      expect(response.headers.get('cache-control')).toBe('no-cache')
      expect(response.headers.get('set-cookie')).toMatch(
        /^person=.+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/,
      )
    },
  )

  it('gives a cookie only to who has none', async () => {
    const cookie = await server.cookie()
    expect((await get('/', { cookie })).headers.get('set-cookie')).toBeNull()
    expect((await get('/', { cookie: 'person=forged.signature' })).headers.get('set-cookie')).not.toBeNull()
  })

  it('has assets that are kept for ever, compressed where the browser takes it', async () => {
    const compressed = await rawGet('/assets/index-abc.js', { 'accept-encoding': 'gzip, br' })
    const plain = await get('/assets/index-abc.js', { 'accept-encoding': 'identity' })
    expect(compressed.body).toBe('brotli bytes')
    expect(await plain.text()).toBe('let plain')
    expect(plain.headers.get('cache-control')).toContain('immutable')
    expect(plain.headers.get('vary')).toContain('Accept-Encoding')
    expect(plain.headers.get('content-type')).toContain('text/javascript')
  })

  it('is not sent again where the browser has it', async () => {
    const etag = (await get('/')).headers.get('etag') ?? ''
    expect((await rawGet('/', { 'if-none-match': etag })).status).toBe(304)
  })

  it.each([
    '/../secret',
    '/..%2fsecret',
    '/%2e%2e/secret',
    '/assets/../../secret',
    '/.hidden',
    '/nothing',
    '/a%00b',
    '/%ff',
  ])('has nothing else, and no way out of its folder: %s', async (path) => {
    const { status, body } = await rawGet(path, {})
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(JSON.parse(body)).toEqual({ error: expect.any(String) })
  })

  it('is guarded by headers and says nothing of its make', async () => {
    const { headers } = await get('/')
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${server.port}`)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-powered-by')).toBeNull()
  })
})

describe('the host', () => {
  it('is refused where a foreign name was made to point here', async () => {
    expect((await rawGet('/', { host: 'evil.example' })).status).toBe(421)
    expect((await rawGet('/api/exercises', { host: `evil.example:${server.port}` })).status).toBe(421)
    expect((await rawGet('/', { host: 'localhost:9999' })).status).toBe(200)
  })

  it('may be the published one', async () => {
    await restart({ shelf, hosts: { host: '0.0.0.0', publicOrigins: ['https://practice.example'] } })
    expect((await rawGet('/api/exercises', { host: 'practice.example' })).status).toBe(200)
    expect((await rawGet('/api/exercises', { host: 'other.example' })).status).toBe(421)
  })
})

describe('the data', () => {
  it('lists the exercises and gives one', async () => {
    expect(await (await get('/api/exercises')).json()).toEqual([summary])
    expect(await (await get('/api/exercises/hit-counter')).json()).toEqual(detail)
  })

  it.each(['/api/exercises/none', '/api/none', '/api'])('answers 404 as JSON at %s', async (path) => {
    const response = await get(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ error: expect.any(String) })
  })

  it('hides the stack of an error of ours', async () => {
    const broken = () => {
      throw new Error('secret detail')
    }
    await restart({ shelf: { list: broken, detail: broken, solutions: broken } })
    const response = await get('/api/exercises')
    expect(response.status).toBe(500)
    expect(await response.text()).toBe('{"error":"The server failed at this request."}')
  })

  it('does not make new people without end', async () => {
    await restart({ shelf, newPerMinute: 2 })
    const cookie = await server.cookie()
    await server.cookie()
    expect((await get('/api/exercises')).status).toBe(429)
    expect((await get('/api/exercises', { cookie })).status).toBe(200)
  })
})

describe('the probes', () => {
  it('tell a living server from a ready one', async () => {
    await restart({ ready: false })
    expect((await get('/healthz')).status).toBe(200)
    const waiting = await get('/readyz')
    expect(waiting.status).toBe(503)
    expect(await waiting.json()).toMatchObject({ ready: false, reasons: ['The sandbox is being prepared.'] })
    server.board.set({ ...server.board.status, ready: true, reasons: [] })
    expect((await get('/readyz')).status).toBe(200)
  })
})
