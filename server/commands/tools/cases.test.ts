import { expect, test } from 'vitest'
import { indented, lastLine, tally } from './cases.ts'

test('cases are counted, and the failed ones keep their reasons', () => {
  const result = tally([
    { name: 'a', reason: null },
    { name: 'b', reason: 'because' },
  ])
  expect(result).toEqual({ cases: 2, passed: 1, failed: [{ name: 'b', reason: 'because' }] })
  expect(lastLine(result)).toBe('1 passed, 1 failed')
})

test('a check that tried nothing has failed', () => {
  expect(tally([]).failed).toHaveLength(1)
})

test('a long reason is cut and says by how much', () => {
  const text = indented(Array.from({ length: 100 }, (_, index) => `line ${index}`).join('\n'))
  expect(text).toMatch(/^ {4}line 0\n/)
  expect(text).toMatch(/ {4}… 70 more lines\n$/)
})
