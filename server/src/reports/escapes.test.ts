import { readFileSync } from 'node:fs'
import { MAX_ESCAPES } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { parseEscapes } from './escapes.ts'
import type { Sources } from './sources.ts'

const SAID = readFileSync(new URL('testdata/profile/escapes.txt', import.meta.url), 'utf8')
const SOURCES: Sources = {
  importPath: 'sandbox/cache',
  files: new Map([
    ['cache.go', { origin: 'candidate', text: '' }],
    ['cache_test.go', { origin: 'test', text: '' }],
    ['hidden_test.go', { origin: 'hidden', text: '' }],
  ]),
}

test('what goes to the heap is told once for each place in the candidate’s files, and nothing of tests', () => {
  const { escapes, total } = parseEscapes(SOURCES, SAID)
  expect(escapes.map(({ file, line, text }) => `${file}:${line} ${text}`)).toEqual([
    'cache.go:13 &Cache{...} escapes to heap',
    'cache.go:13 map[string][32]byte{} escapes to heap',
  ])
  expect(total).toBe(escapes.length)
  expect(SAID).toContain('hidden_test.go')
})

test('of many remarks the first are listed and all are counted; junk is none', () => {
  const many = Array.from({ length: 1000 }, (_, index) => `./cache.go:${index + 1}:2: moved to heap: x`)
  const { escapes, total } = parseEscapes(SOURCES, many.join('\n'))
  expect([escapes.length, total]).toEqual([MAX_ESCAPES, 1000])
  const junk = [
    '',
    '::::',
    './cache.go:x:y: moved to heap: x',
    './cache.go:0:0: moved to heap: x',
    './other.go:1:1: x escapes to heap',
    '\0'.repeat(9999),
  ]
  expect(parseEscapes(SOURCES, junk.join('\n'))).toEqual({ escapes: [], total: 0 })
})
