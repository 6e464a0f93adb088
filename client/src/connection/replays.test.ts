import type { LoggedEntry } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { recordedRun } from '../state/testdata/recorded.ts'
import { httpReplays } from './replays.ts'

const entries = Array.from({ length: 1201 }, (_, index): LoggedEntry => {
  const text = index === 7 ? 'ü'.repeat(300) : 'a note'
  return { seq: index + 1, at: index, by: 'm1', entry: { type: 'noted', note: 'n1', text } }
})

/** An answer that comes in pieces of so many bytes, which may cut a line or a letter. */
function inPieces(text: string, size: number): Response {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
  return new Response(body)
}

const jsonLines = (values: unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const nothing = () => {}

test.each([97, 4096, 10_000_000])(
  'a log that comes in pieces of %i bytes is read whole, and its progress told',
  async (size) => {
    const asked: unknown[] = []
    const told: number[] = []
    const source = httpReplays(async (input) => {
      asked.push(input)
      return inPieces(jsonLines(entries), size)
    }, 'a key')
    expect(await source.log((count) => told.push(count))).toEqual(entries)
    expect(told).toEqual([500, 1000])
    expect(asked).toEqual(['/api/interview/a%20key/log'])
  },
)

test('a run is read with all that it told', async () => {
  const { description, logged } = recordedRun('race')
  const messages = [
    { type: 'run', run: description },
    ...logged.map((event) => ({ type: 'event', run: description.id, ...event })),
  ]
  const source = httpReplays(async () => inPieces(jsonLines(messages).trimEnd(), 1000), 'key')
  const read = await source.run('run-1')
  expect(read.map(({ type }) => type)).toEqual(messages.map(({ type }) => type))
})

test.each<[string, () => Response, string]>([
  ['a link that opens nothing', () => new Response('{}', { status: 404 }), 'not kept'],
  ['a candidate’s link', () => new Response('{}', { status: 403 }), 'Only interviewers'],
  ['a server that failed', () => new Response('', { status: 500 }), 'answered 500'],
  ['a line that is no JSON', () => new Response('<html>'), 'reload it'],
  ['a line that is no entry', () => new Response('{"seq":0}\n'), 'reload it'],
  ['a line without an end', () => new Response('x'.repeat(3 * 1024 * 1024)), 'reload it'],
])('%s is told in a sentence', async (_, answer, sentence) => {
  await expect(httpReplays(async () => answer(), 'key').log(nothing)).rejects.toThrow(sentence)
})

test('a connection that breaks off is told in a sentence', async () => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('network')) })
  const source = httpReplays(async () => new Response(body), 'key')
  await expect(source.log(nothing)).rejects.toThrow('The connection was lost')
})
