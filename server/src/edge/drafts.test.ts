import { MAX_SOURCE_BYTES } from '@sandbox/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let cookie: string

beforeEach(async () => {
  server = await startTestServer()
  cookie = await server.cookie()
})

afterEach(() => server.stop())

const content = (text: string) => ({ files: [{ name: 'scratch.go', text }], active: 'scratch.go' })

const get = (exercise = 'scratch') => fetch(`${server.base}/api/drafts/${exercise}`, { headers: { cookie } })
const put = (body: unknown, headers: Record<string, string> = {}, exercise = 'scratch') =>
  fetch(`${server.base}/api/drafts/${exercise}`, {
    method: 'PUT',
    headers: { cookie, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('drafts over HTTP', () => {
  it('are kept for their person, and there is none before', async () => {
    expect((await get()).status).toBe(204)
    const kept = await (await put({ ...content('package a'), base: 0 })).json()
    expect(await (await get()).json()).toEqual({
      ...content('package a'),
      revision: kept.revision,
      savedAt: kept.savedAt,
    })
    expect((await fetch(`${server.base}/api/drafts/scratch`)).status).toBe(204)
  })

  it('made from an older one are answered with what stands there', async () => {
    await put({ ...content('one'), base: 0 })
    const late = await put({ ...content('late'), base: 0 })
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject(content('one'))
  })

  it('can be gone on with, whatever the first update claimed to be made from', async () => {
    const first = await put({ ...content('one'), base: Number.MAX_SAFE_INTEGER })
    const { revision } = await first.json()
    expect((await put({ ...content('two'), base: revision })).status).toBe(200)
    expect(await (await get()).json()).toMatchObject(content('two'))
  })

  it('of an exercise that does not exist are not found', async () => {
    expect((await put({ ...content('a'), base: 0 }, {}, 'nothing')).status).toBe(404)
  })

  it('are not written at the wish of another site’s page', async () => {
    const foreign = await put({ ...content('a'), base: 0 }, { origin: 'https://elsewhere.example' })
    expect([foreign.status, (await get()).status]).toEqual([403, 204])
  })

  it.each([
    ['no JSON', '{', 400, /no JSON/],
    ['another shape', { files: 'x', base: 0 }, 400, /^files: /],
    ['too much text', { ...content('x'.repeat(MAX_SOURCE_BYTES + 1)), base: 0 }, 400, /256 KiB/],
    ['far too much text', { ...content('x'.repeat(6 * MAX_SOURCE_BYTES)), base: 0 }, 413, /256 KiB/],
  ])('that are %s are refused with a sentence', async (_, body, status, sentence) => {
    const answer = await put(body)
    expect([answer.status, (await answer.json()).error]).toEqual([status, expect.stringMatching(sentence)])
    expect((await get()).status).toBe(204)
  })

  it('are written so often and no oftener', async () => {
    const answers = await Promise.all(Array.from({ length: 40 }, () => put({ ...content('a'), base: 0 })))
    expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 429]))
  })

  it('go when their person asks for that', async () => {
    await put({ ...content('a'), base: 0 })
    await fetch(`${server.base}/api/me`, { method: 'DELETE', headers: { cookie } })
    expect((await get()).status).toBe(204)
  })
})
