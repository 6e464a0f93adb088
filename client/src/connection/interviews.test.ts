import { expect, test } from 'vitest'
import { MOCK_GUIDE } from '../state/interview/testdata/mock-guide.ts'
import { httpInterviews } from './interviews.ts'

const KEY = 'k'.repeat(32)

/** A server that answers once, and what it was asked. */
function answering(response: Response) {
  const asked: [string, string, unknown][] = []
  const office = httpInterviews(async (input, init) => {
    asked.push([init?.method ?? 'GET', String(input), typeof init?.body === 'string' ? JSON.parse(init.body) : null])
    return response
  })
  return { office, asked }
}

test('an interview is made, and both links come back', async () => {
  const { office, asked } = answering(Response.json({ interviewer: KEY, candidate: null }, { status: 201 }))
  const request = { title: 'Go', candidate: 'Ada', alone: true }
  expect(await office.make(request)).toEqual({ interviewer: KEY, candidate: null })
  expect(asked).toEqual([['POST', '/api/interviews', request]])
})

test('a link is replaced for so many hours, or ended', async () => {
  const { office, asked } = answering(Response.json({ candidateKey: null, expiresAt: null }))
  expect(await office.renewLink(KEY, null)).toEqual({ candidateKey: null, expiresAt: null })
  expect(asked).toEqual([['POST', `/api/interview/${KEY}/link`, { hours: null }]])
})

test('the interviewers’ link is replaced, and the new one comes back', async () => {
  const { office, asked } = answering(Response.json({ interviewer: 'n'.repeat(32) }))
  expect(await office.replaceInterviewerLink(KEY)).toBe('n'.repeat(32))
  expect(asked).toEqual([['POST', `/api/interview/${KEY}/interviewer-link`, {}]])
})

test('a guide is saved, an interview deleted', async () => {
  const { office, asked } = answering(new Response(null, { status: 204 }))
  await office.saveGuide(KEY, MOCK_GUIDE)
  await office.remove(KEY)
  expect(asked).toEqual([
    ['PUT', `/api/interview/${KEY}/guide`, MOCK_GUIDE],
    ['DELETE', `/api/interview/${KEY}`, {}],
  ])
})

test('a file is sent compressed, as it is', async () => {
  const sent: RequestInit[] = []
  const office = httpInterviews(async (_, init) => {
    sent.push(init ?? {})
    return Response.json({ interviewer: KEY }, { status: 201 })
  })
  const text = JSON.stringify({ entries: ['Zoë', 'x'.repeat(100_000)] })
  expect(await office.bring(text)).toEqual({ type: 'made', key: KEY })
  const { headers, body } = sent[0] ?? {}
  expect(headers).toMatchObject({ 'content-encoding': 'gzip' })
  if (!(body instanceof Blob)) throw new Error('the body is no blob')
  expect(body.size).toBeLessThan(1000)
  const plain = body.stream().pipeThrough(new DecompressionStream('gzip'))
  expect(await new Response(plain).text()).toBe(text)
})

test('a file that is refused says what is wrong with it, a line each', async () => {
  const { office } = answering(Response.json({ error: 'entries[1].at: is a number\nand more' }, { status: 400 }))
  expect(await office.bring('{"entries": []}')).toEqual({
    type: 'refused',
    problems: ['entries[1].at: is a number', 'and more'],
  })
})

test('a link that opens nothing is null', async () => {
  expect(await answering(Response.json({ error: 'no' }, { status: 404 })).office.info(KEY)).toBeNull()
})

test.each<[string, Response, string]>([
  [
    'the server’s own sentence',
    Response.json({ error: 'Too many changes at once.' }, { status: 429 }),
    'Too many changes',
  ],
  ['a server that failed', new Response('', { status: 500 }), 'The server answered 500.'],
  ['something else', Response.json([{ key: 'short' }]), 'reload it'],
])('%s is told', async (_, response, sentence) => {
  await expect(answering(response).office.mine()).rejects.toThrow(sentence)
})

test('a server that cannot be reached is told in a sentence, with the cause', async () => {
  const cause = new TypeError('failed to fetch')
  const office = httpInterviews(() => Promise.reject(cause))
  await expect(office.guides()).rejects.toMatchObject({ message: 'The server cannot be reached.', cause })
})
