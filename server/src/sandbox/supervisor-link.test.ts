import { PassThrough, Writable } from 'node:stream'
import { FrameKind } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { MAX_WAITING_BYTES } from './event-queue.ts'
import { FRAME_HEADER_BYTES } from './frames.ts'
import { awaitReady, SupervisorLink } from './supervisor-link.ts'

function frame(kind: number, payload: Buffer | string): Buffer {
  const header = Buffer.alloc(FRAME_HEADER_BYTES)
  header.writeUInt32BE(Buffer.byteLength(payload))
  header.writeUInt8(kind, 4)
  return Buffer.concat([header, Buffer.from(payload)])
}

const READY = frame(FrameKind.json, '{"type":"ready","goVersion":"go1.26.8"}')

function linked() {
  const output = new PassThrough()
  const input = new Writable({ write: (_chunk, _encoding, done) => done() })
  return { output, input, link: new SupervisorLink({ input, output, unwrap: (chunk) => [chunk] }) }
}

test('says that a supervisor is ready', async () => {
  const { output, link } = linked()
  output.write(READY)
  expect(await awaitReady(link, 10_000)).toMatchObject({ goVersion: 'go1.26.8' })
})

test('a supervisor that ends, or says something else, before it is ready is an error', async () => {
  const ending = linked()
  ending.output.end()
  await expect(awaitReady(ending.link, 10_000)).rejects.toThrow('ended before it was ready')
  const talking = linked()
  talking.output.write(frame(FrameKind.stdout, 'hello'))
  await expect(awaitReady(talking.link, 10_000)).rejects.toThrow('something else')
})

test('a supervisor that says nothing is an error after the deadline', async () => {
  await expect(awaitReady(linked().link, 1)).rejects.toThrow('ended before it was ready')
})

test('what came before the end can still be taken, then null', async () => {
  const { output, link } = linked()
  output.end(Buffer.concat([READY, frame(FrameKind.stdout, 'last words')]))
  await link.closed
  expect(await link.next()).toMatchObject({ type: 'event' })
  expect(await link.next()).toMatchObject({ kind: 'stdout' })
  expect(await link.next()).toBeNull()
})

test('a broken stream closes the link with its cause', async () => {
  const { output, link } = linked()
  output.write(frame(77, 'junk'))
  await link.closed
  expect(link.cause?.message).toContain('unknown kind 77')
  expect(await link.next()).toBeNull()
})

test('pauses the source while nobody takes events, and loses none', async () => {
  const { output, link } = linked()
  const payload = Buffer.alloc(64 * 1024)
  const frames = (4 * MAX_WAITING_BYTES) / payload.length
  for (let index = 0; index < frames; index += 1) output.write(frame(FrameKind.stdout, payload))
  output.end()
  let most = 0
  let taken = 0
  for (let event = await link.next(); event !== null; event = await link.next()) {
    most = Math.max(most, link.waiting * payload.length)
    taken += 1
  }
  expect(taken).toBe(frames)
  expect(most).toBeLessThan(MAX_WAITING_BYTES + 4 * payload.length)
})

test('hanging up wakes whoever waits and drops the rest', async () => {
  const { output, link } = linked()
  const waiting = link.next()
  link.hangUp()
  expect(await waiting).toBeNull()
  expect(output.destroyed).toBe(true)
})
