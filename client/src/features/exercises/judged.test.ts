import { expect, test } from 'vitest'
import { recordedDetail } from '../../state/testdata/recorded.ts'
import { judgedWords } from './judged.tsx'

test.each([
  ['hit-counter', ['14 tests, 4 visible']],
  ['asked', ['2 questions']],
  ['measured', ['2 tests, 1 visible', '2 measurements']],
  ['tested', ['5 variants']],
] as const)('a run of %s judges %j', (slug, words) => {
  expect(judgedWords(recordedDetail(slug))).toEqual(words)
})

test('a measuring test that can be read is a measurement, and no visible test', () => {
  const detail = recordedDetail('measured')
  const shown = { name: 'visible_measure_test.go', text: 'package x\n\nfunc TestTime(t *testing.T) {\n}\n' }
  expect(judgedWords({ ...detail, visibleTests: [...detail.visibleTests, shown] })[0]).toBe('2 tests, 1 visible')
})
