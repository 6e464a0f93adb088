import { gzipSync } from 'node:zlib'
import { MAX_EXPORT_BYTES } from '@sandbox/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { testGuide } from '../../protocol/src/interview/test-guide.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer

beforeEach(async () => {
  server = await startTestServer({ guide: testGuide() })
})
afterEach(() => server.stop())

type Asking = { cookie: string; body?: string }

function ask(method: string, path: string, { cookie, body }: Asking): Promise<Response> {
  const headers = { cookie, origin: server.base, 'content-type': 'application/json' }
  return fetch(`${server.base}${path}`, { method, headers, body: body ?? null, redirect: 'manual' })
}

async function made(cookie: string, more: Record<string, unknown> = {}) {
  const body = JSON.stringify({ title: 'Senior Go', candidate: 'Zoë <b>Castell</b>', ...more })
  const response = await ask('POST', '/api/interviews', { cookie, body })
  return (await response.json()) as { interviewer: string; candidate: string }
}

/** Where the report of a key is, for whoever asks. */
async function addressOf(key: string, cookie: string, more = ''): Promise<string> {
  const response = await ask('GET', `/api/interview/${key}/report.html${more}`, { cookie })
  expect(response.status).toBe(303)
  return response.headers.get('location') ?? ''
}

test('a report’s page has an address that names no key and is good for who asked for it', async () => {
  const [priya, mira] = [await server.cookie(), await server.cookie()]
  const { interviewer, candidate } = await made(priya)
  const address = await addressOf(interviewer, priya)
  expect(address).not.toContain(interviewer)
  expect(address).not.toContain(candidate)
  const page = await ask('GET', address, { cookie: priya })
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([200, expect.stringContaining("'none'")])
  expect(await page.text()).not.toContain(interviewer)
  for (const cookie of [mira, '']) expect((await ask('GET', address, { cookie })).status).toBe(404)
  expect((await ask('GET', `/api/interview/${candidate}/report.html`, { cookie: mira })).status).toBe(403)
})

test('from the report one comes to the replay, and nobody else does', async () => {
  const [priya, mira] = [await server.cookie(), await server.cookie()]
  const { interviewer } = await made(priya)
  const replay = (await addressOf(interviewer, priya)).replace(/report\.html.*$/, 'replay')
  const there = await ask('GET', replay, { cookie: priya })
  expect(there.headers.get('location')).toBe(`/interview/${interviewer}/replay`)
  const elsewhere = await ask('GET', replay, { cookie: mira })
  expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([404, null])
})

test('a report’s address ends with the link by which it was got, and with the interview', async () => {
  const priya = await server.cookie()
  const { interviewer } = await made(priya)
  const before = await addressOf(interviewer, priya)
  const replaced = await ask('POST', `/api/interview/${interviewer}/interviewer-link`, { cookie: priya, body: '{}' })
  const { interviewer: next } = (await replaced.json()) as { interviewer: string }
  expect((await ask('GET', before, { cookie: priya })).status).toBe(404)
  const after = await addressOf(next, priya)
  expect((await ask('GET', after, { cookie: priya })).status).toBe(200)
  await ask('DELETE', `/api/interview/${next}`, { cookie: priya, body: '{}' })
  expect((await ask('GET', after, { cookie: priya })).status).toBe(404)
})

test('the candidate’s copy leads nowhere', async () => {
  const priya = await server.cookie()
  const { interviewer } = await made(priya)
  const copy = await ask('GET', await addressOf(interviewer, priya, '?copy=candidate'), { cookie: priya })
  expect(await copy.text()).not.toContain('href')
  const odd = await ask('GET', `/api/interview/${interviewer}/report.html?copy=everybody`, { cookie: priya })
  expect(odd.status).toBe(400)
})

test('an exported file is named by whom the interview is with, and when', async () => {
  const priya = await server.cookie()
  const { interviewer } = await made(priya)
  const exported = await ask('GET', `/api/interview/${interviewer}/export`, { cookie: priya })
  expect(exported.headers.get('content-disposition')).toMatch(
    /^attachment; filename=interview-zoe-b-castell-b-\d{4}-\d\d-\d\d\.json$/,
  )
})

test('a file that is cut off, too large, or from the future is refused, and it is said why', async () => {
  const priya = await server.cookie()
  const { interviewer } = await made(priya)
  const file = await (await ask('GET', `/api/interview/${interviewer}/export`, { cookie: priya })).text()
  const refusal = async (body: string) => {
    const response = await ask('POST', '/api/interviews/import', { cookie: priya, body })
    return [response.status, ((await response.json()) as { error: string }).error]
  }
  expect(await refusal(file.slice(0, -20))).toEqual([400, expect.stringContaining('a part of it is missing')])
  expect(await refusal(file.replace('"version":1', '"version":2'))).toEqual([
    400,
    expect.stringContaining('a newer server may have written the file'),
  ])
  expect(await refusal(JSON.stringify(' '.repeat(MAX_EXPORT_BYTES)))).toEqual([
    400,
    expect.stringContaining('at most 24 MiB'),
  ])
  const later = JSON.stringify({ madeAt: 4e12 }).slice(1, -1)
  expect(await refusal(file.replace(/"madeAt":\d+/, later))).toEqual([400, expect.stringContaining('in the future')])
  const { entries, ...rest } = JSON.parse(file) as { entries: { at: number }[] }
  const last = { ...entries.at(-1), at: 1e15 }
  expect(await refusal(JSON.stringify({ ...rest, entries: [...entries.slice(0, -1), last] }))).toEqual([
    400,
    `entries[${entries.length - 1}].at: is in the future`,
  ])
  const before = JSON.stringify({ madeAt: -1e300 }).slice(1, -1)
  expect(await refusal(file.replace(/"madeAt":\d+/, before))).toEqual([400, expect.stringContaining('madeAt')])
})

test('a file may come compressed; one that is small only while it is, is too large', async () => {
  const cookie = await server.cookie()
  const { interviewer } = await made(cookie)
  const file = await (await ask('GET', `/api/interview/${interviewer}/export`, { cookie })).text()
  const bring = (text: string) =>
    fetch(`${server.base}/api/interviews/import`, {
      method: 'POST',
      headers: { cookie, origin: server.base, 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(text),
    })
  expect((await bring(file)).status).toBe(201)
  const refused = await bring(`${' '.repeat(MAX_EXPORT_BYTES)}${file}`)
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('at most 24 MiB')])
})

test('who practises alone is in at once, by the name that they gave', async () => {
  const ada = await server.cookie()
  const { interviewer } = await made(ada, { alone: true, candidate: 'Ada' })
  const client = await server.connect(ada).hello([], interviewer)
  const room = await client.message('room')
  expect(room).toMatchObject({ role: 'interviewer', member: 'm1' })
  const joined = room.entries.find(({ entry }) => entry.type === 'joined')
  expect(joined?.entry).toMatchObject({ name: 'Ada' })
})
