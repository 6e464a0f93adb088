import { readFileSync } from 'node:fs'
import { MAX_COLLECTIONS } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { GcTraceParser } from './gc-trace.ts'

const TRACE = readFileSync(new URL('testdata/profile/gctrace.txt', import.meta.url))

function read(bytes: Buffer, size = bytes.length) {
  const parser = new GcTraceParser()
  for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size))
  return parser.end()
}

test('every round is told with its time, its pauses and the heap before and after', () => {
  const { collections, total, pausedMs } = read(TRACE)
  expect([collections.length, total]).toEqual([60, 60])
  expect(collections[0]).toEqual({ atMs: 1, pauseMs: 0.076, beforeMb: 3, liveMb: 1 })
  expect(pausedMs).toBeCloseTo(collections.reduce((sum, { pauseMs }) => sum + pauseMs, 0))
})

test.each([1, 7, 64])('it is the same in chunks of %i bytes', (size) => {
  expect(read(TRACE, size)).toEqual(read(TRACE))
})

test('what the program writes beside it is passed over, and so is a round that somebody forced', () => {
  const forced = TRACE.toString().split('\n')[0]?.replace(/\d P$/, '$& (forced)')
  const beside = [
    'panic: gc 1 @',
    'gc 1 @0.1s 1%: 0+0+0 ms clock',
    '\0'.repeat(40_000),
    `said: ${forced}`,
    forced,
  ].join('\n')
  expect(read(Buffer.from(`${beside}\n${TRACE}`)).total).toBe(60)
  expect(read(Buffer.from(beside)).total).toBe(0)
})

test('of many rounds some in between are left out, and all are counted', () => {
  const line = TRACE.toString().split('\n')[0] ?? ''
  const { collections, total } = read(Buffer.from(`${line}\n`.repeat(10_000)))
  expect(total).toBe(10_000)
  expect(collections.length).toBeLessThanOrEqual(MAX_COLLECTIONS)
  expect(collections.length).toBeGreaterThan(MAX_COLLECTIONS / 4)
})
