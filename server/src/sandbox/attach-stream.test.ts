import { describe, expect, test } from 'vitest'
import { ATTACH_HEADER_BYTES, AttachDemultiplexer, MAX_ATTACH_FRAME_BYTES } from './attach-stream.ts'
import { SandboxError } from './driver.ts'

function header(stream: number, length: number): Buffer {
  const bytes = Buffer.alloc(ATTACH_HEADER_BYTES)
  bytes.writeUInt8(stream)
  bytes.writeUInt32BE(length, 4)
  return bytes
}

function frame(stream: number, text: string): Buffer {
  return Buffer.concat([header(stream, Buffer.byteLength(text)), Buffer.from(text)])
}

function demultiplex(chunks: Iterable<Buffer>): { stdout: string; stderr: string; pieces: number } {
  const demultiplexer = new AttachDemultiplexer()
  const result = { stdout: '', stderr: '', pieces: 0 }
  for (const chunk of chunks) {
    for (const { stream, bytes } of demultiplexer.decode(chunk)) {
      result[stream] += bytes.toString()
      result.pieces += 1
    }
  }
  return result
}

describe('the attach demultiplexer', () => {
  test('takes a hundred thousand tiny frames in one chunk apart without recursion', () => {
    const count = 100_000
    const { stdout, pieces } = demultiplex([Buffer.concat(Array.from({ length: count }, () => frame(1, 'x')))])
    expect(stdout).toBe('x'.repeat(count))
    expect(pieces).toBe(count)
  })

  test('gives the same streams however headers and payloads are split', () => {
    const bytes = Buffer.concat([frame(1, 'one'), frame(2, 'log'), frame(1, ''), frame(1, ' two'), frame(2, ' more')])
    for (let size = 1; size <= bytes.length; size += 1) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      expect(demultiplex(chunks)).toMatchObject({ stdout: 'one two', stderr: 'log more' })
    }
  })

  test('passes a large payload on in views of the chunks instead of collecting it', () => {
    const chunk = Buffer.concat([header(1, 10 * 1024 * 1024), Buffer.alloc(1000)])
    const [piece] = new AttachDemultiplexer().decode(chunk)
    expect(piece?.bytes.length).toBe(1000)
    expect(piece?.bytes.buffer).toBe(chunk.buffer)
  })

  test.each([
    ['a frame above the cap', header(1, MAX_ATTACH_FRAME_BYTES + 1)],
    ['an unknown stream', header(3, 1)],
    ['a stream that only goes the other way', header(0, 1)],
    ['padding that is not zero', Buffer.from([1, 0, 9, 0, 0, 0, 0, 1])],
  ])('throws a SandboxError for %s', (_name, bytes) => {
    expect(() => demultiplex([frame(1, 'fine'), bytes])).toThrow(SandboxError)
  })
})
