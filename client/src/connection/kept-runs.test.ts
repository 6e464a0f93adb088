import { expect, test } from 'vitest'
import { httpKeptRuns } from './kept-runs.ts'

const LINK = { id: 'AbCdEfGhIjKlMnOpQrSt_-', expiresAt: 5 }
const KEPT = {
  expiresAt: 5,
  messages: [
    {
      type: 'run',
      run: { id: 'r1', request: 'q1', exercise: 'scratch', files: [], snapshot: 's1', acceptedAt: 1 },
    },
    { type: 'event', run: 'r1', seq: 1, at: 0, event: { type: 'started' } },
  ],
}

function answering(response: Response) {
  const asked: unknown[] = []
  const source = httpKeptRuns(async (input, init) => {
    asked.push([init?.method ?? 'GET', input])
    return response
  })
  return { source, asked }
}

test('a run is kept by its own id, and read and deleted by the link’s', async () => {
  const keeping = answering(Response.json(LINK, { status: 201 }))
  expect(await keeping.source.keep('run 1')).toEqual(LINK)
  expect(keeping.asked).toEqual([['POST', '/api/runs/run%201/keep']])
  const reading = answering(Response.json(KEPT, { headers: { allow: 'GET, DELETE' } }))
  expect(await reading.source.read(LINK.id)).toMatchObject({ own: true, kept: KEPT })
  const deleting = answering(new Response(null, { status: 204 }))
  await deleting.source.remove(LINK.id)
  expect(deleting.asked).toEqual([['DELETE', `/api/runs/${LINK.id}`]])
})

test('another’s run may be read only, and one that is gone is none', async () => {
  const reading = answering(Response.json(KEPT, { headers: { allow: 'GET' } }))
  expect(await reading.source.read(LINK.id)).toMatchObject({ own: false })
  expect(await answering(Response.json({}, { status: 404 })).source.read(LINK.id)).toBe(null)
})

test.each<[string, Response, string]>([
  ['the server’s own sentence', Response.json({ error: 'There is no room.' }, { status: 507 }), 'There is no room.'],
  ['a failure without one', new Response('<html>', { status: 500 }), 'The server answered 500.'],
  ['what this page does not know', Response.json({ expiresAt: 5, messages: [] }), 'reload it'],
])('%s is told in a sentence', async (_, response, sentence) => {
  await expect(answering(response).source.read(LINK.id)).rejects.toThrow(sentence)
})

test('a server that cannot be reached is told in a sentence, with the cause', async () => {
  const cause = new TypeError('failed to fetch')
  const source = httpKeptRuns(() => Promise.reject(cause))
  await expect(source.keep('r1')).rejects.toMatchObject({ message: 'The server cannot be reached.', cause })
})
