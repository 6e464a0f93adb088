import { expect, test } from 'vitest'
import { workerPool } from '../state/testdata/timelines.ts'
import { httpTimelines } from './timelines.ts'

const answering = (response: Response) => httpTimelines(async () => response).timeline('run 1')

test('a timeline is asked for by its run and decoded', async () => {
  const asked: unknown[] = []
  const { timeline } = workerPool()
  const source = httpTimelines(async (input) => {
    asked.push(input)
    return Response.json(timeline)
  })
  expect(await source.timeline('run 1')).toEqual(timeline)
  expect(asked).toEqual(['/api/runs/run%201/timeline'])
})

test.each<[string, Response, string]>([
  ['one that is gone', new Response('{}', { status: 404 }), 'not keep this timeline any more'],
  ['a server that failed', new Response('', { status: 500 }), 'The server answered 500.'],
  ['something else', Response.json({ lengthNs: 1 }), 'reload it'],
  ['no JSON at all', new Response('<html>'), 'reload it'],
])('%s is told in a sentence', async (_, response, sentence) => {
  await expect(answering(response)).rejects.toThrow(sentence)
})

test('a server that cannot be reached is told in a sentence, with the cause', async () => {
  const cause = new TypeError('failed to fetch')
  const source = httpTimelines(() => Promise.reject(cause))
  await expect(source.timeline('run-1')).rejects.toMatchObject({ message: 'The server cannot be reached.', cause })
})
