import { readFileSync } from 'node:fs'
import { MAX_BENCHMARK_NAME_CHARS, MAX_BENCHMARKS } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { BenchmarkParser } from './benchmark-output.ts'

const REAL = readFileSync(new URL('testdata/benchmark/output.txt', import.meta.url))

function read(bytes: Uint8Array | string, { size = bytes.length, processors = 2 } = {}) {
  const all = Buffer.from(bytes as string)
  const parser = new BenchmarkParser(processors)
  for (let at = 0; at < all.length; at += size) parser.push(all.subarray(at, at + size))
  const { results, failed } = parser.end()
  return { results: Object.fromEntries(results), failed: Object.fromEntries(failed) }
}

test('time, bytes and allocations of an operation are told by name, of what printed something too', () => {
  const { results, failed } = read(REAL)
  expect(Object.keys(results)).toEqual([
    'BenchmarkAllocates',
    'BenchmarkFamily/of/three',
    'BenchmarkFamily/of-2',
    'BenchmarkPrints',
    'BenchmarkReports',
    'BenchmarkTiny',
  ])
  expect(results.BenchmarkAllocates).toMatchObject({ bytes: 4096, allocations: 1 })
  expect(results.BenchmarkTiny?.nanoseconds).toBeLessThan(1000)
  expect(failed).toEqual({ BenchmarkFails: 'not today' })
})

test.each([1, 7, 64])('it is the same in chunks of %i bytes', (size) => {
  expect(read(REAL, { size })).toEqual(read(REAL))
})

test('without a second processor names have no number', () => {
  expect(read('BenchmarkX-2   \t 10\t 5.0 ns/op\n', { processors: 1 }).results).toHaveProperty('BenchmarkX-2')
})

test.each([
  ['no benchmark', 'goos: linux\nPASS\n'],
  ['a figure without a benchmark', '      10\t 5.0 ns/op\n'],
  ['no figure', 'BenchmarkX-2   \t 10\t x ns/op\n'],
  ['a figure that is none', 'BenchmarkX-2   \t 10\t 1e999 ns/op\n'],
  ['a figure below zero', 'BenchmarkX-2   \t 10\t -1 ns/op\n'],
  ['nothing that took time', 'BenchmarkX-2   \t 10\t 0 ns/op\n'],
  ['a message that belongs to nobody', '    x_test.go:3: lost\n'],
  ['binary', Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * 7919) % 256)).toString('latin1')],
])('%s gives no figures', (_, text) => {
  expect(read(text)).toEqual({ results: {}, failed: {} })
})

test('what is forged is bounded in number and in length, and of a name that comes twice the first counts', () => {
  const lines = Array.from({ length: 1000 }, (_, n) => `Benchmark${n}\t 1\t 5 ns/op\n--- FAIL: Benchmark${n}\n`)
  const { results, failed } = read(lines.join(''))
  expect([Object.keys(results).length, Object.keys(failed).length]).toEqual([MAX_BENCHMARKS, MAX_BENCHMARKS])
  const [name = ''] = Object.keys(read(`Benchmark${'x'.repeat(5000)} 1\t 5 ns/op\n`).results)
  expect(name).toHaveLength(MAX_BENCHMARK_NAME_CHARS)
  expect(read('BenchmarkX\t 1\t 5 ns/op\nBenchmarkX\t 1\t 7 ns/op\n').results.BenchmarkX?.nanoseconds).toBe(5)
})
