import { expect, test } from 'vitest'
import { hitCounter } from '../state/testdata/recorded.ts'
import { httpCatalogue } from './catalogue.ts'

function answering(status: number, body: unknown) {
  const asked: string[] = []
  const get = async (path: string | URL | Request) => {
    asked.push(String(path))
    return new Response(JSON.stringify(body), { status })
  }
  return { asked, catalogue: httpCatalogue(get) }
}

test('an exercise is asked for by its slug', async () => {
  const { asked, catalogue } = answering(200, hitCounter())
  expect((await catalogue.detail('hit-counter'))?.title).toBe('The hit counter that works')
  expect(asked).toEqual(['/api/exercises/hit-counter'])
})

test('an unknown exercise is none, not an error', async () => {
  expect(await answering(404, { error: 'no' }).catalogue.detail('nope')).toBeNull()
})

test('a server that fails or cannot be reached gives a sentence', async () => {
  await expect(answering(500, {}).catalogue.detail('a')).rejects.toThrow('The server answered 500.')
  const lost = httpCatalogue(() => Promise.reject(new TypeError('fetch failed')))
  await expect(lost.list()).rejects.toThrow('The server cannot be reached.')
})

test('a body of another form is refused', async () => {
  await expect(answering(200, { exercises: [] }).catalogue.list()).rejects.toThrow()
})
