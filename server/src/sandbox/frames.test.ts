import { FrameKind, MAX_FRAME_BYTES } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { SandboxError, type SandboxEvent } from './driver.ts'
import { encodeJob, FRAME_HEADER_BYTES, FrameDecoder } from './frames.ts'

function frame(kind: number, payload: Buffer | string): Buffer {
  const bytes = Buffer.from(payload)
  const header = Buffer.alloc(FRAME_HEADER_BYTES)
  header.writeUInt32BE(bytes.length)
  header.writeUInt8(kind, 4)
  return Buffer.concat([header, bytes])
}

function decodeAll(chunks: Iterable<Buffer>): SandboxEvent[] {
  const decoder = new FrameDecoder()
  return [...chunks].flatMap((chunk) => [...decoder.decode(chunk)])
}

function* inPieces(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const READY = JSON.stringify({ type: 'ready', goVersion: 'go1.26.8' })
const STREAM = Buffer.concat([
  frame(FrameKind.json, READY),
  frame(FrameKind.stdout, '=== RUN   TestX\n'),
  frame(FrameKind.stderr, ''),
  frame(FrameKind.race, 'WARNING: DATA RACE\n'),
  frame(FrameKind.dump, Buffer.alloc(100_000, 'g')),
  frame(FrameKind.artifact, Buffer.alloc(70_000, 'p')),
  frame(FrameKind.stderr, ''),
])

describe('the frame decoder', () => {
  test('gives the same events whole and in pieces of every small size', () => {
    const whole = decodeAll([STREAM])
    expect(whole.map((event) => (event.type === 'bytes' ? event.kind : event.event.type))).toEqual([
      'ready',
      'stdout',
      'stderr',
      'race',
      'dump',
      'artifact',
      'stderr',
    ])
    for (const size of [1, 2, 3, 5, 7, 4096]) expect(decodeAll(inPieces(STREAM, size))).toEqual(whole)
  })

  test('takes a frame of the largest size byte by byte', () => {
    const decoder = new FrameDecoder()
    const largest = frame(FrameKind.stdout, Buffer.alloc(MAX_FRAME_BYTES, 1))
    let events = 0
    for (const piece of inPieces(largest, 1)) for (const _ of decoder.decode(piece)) events += 1
    expect(events).toBe(1)
    expect(decoder.atBoundary).toBe(true)
  })

  test('refuses a frame above the cap when its header is complete', () => {
    const header = Buffer.from([0, 0, 0, 0, FrameKind.stdout])
    header.writeUInt32BE(MAX_FRAME_BYTES + 1)
    expect(() => decodeAll([header])).toThrow(SandboxError)
  })

  test.each([
    ['an unknown kind', frame(99, 'x')],
    ['JSON that does not parse', frame(FrameKind.json, '{"type":')],
    ['an event that nobody knows', frame(FrameKind.json, '{"type":"passed"}')],
    ['an event with a field of another type', frame(FrameKind.json, '{"type":"ready","goVersion":1}')],
  ])('throws a SandboxError for %s after the events before it', (_name, broken) => {
    const seen: SandboxEvent[] = []
    const decode = () => {
      for (const event of new FrameDecoder().decode(Buffer.concat([frame(FrameKind.json, READY), broken]))) {
        seen.push(event)
      }
    }
    expect(decode).toThrow(SandboxError)
    expect(seen).toHaveLength(1)
  })

  test('knows whether the stream may end here', () => {
    const decoder = new FrameDecoder()
    expect(decoder.atBoundary).toBe(true)
    expect([...decoder.decode(STREAM.subarray(0, 3))]).toEqual([])
    expect(decoder.atBoundary).toBe(false)
  })
})

test('a job is one JSON frame', () => {
  const job = { type: 'format', file: { name: 'ä.go', text: 'package p', owner: 'candidate' } } as const
  const bytes = encodeJob(job)
  expect(bytes.readUInt32BE(0)).toBe(bytes.length - FRAME_HEADER_BYTES)
  expect(bytes.readUInt8(4)).toBe(FrameKind.json)
  expect(JSON.parse(bytes.subarray(FRAME_HEADER_BYTES).toString())).toEqual(job)
})
