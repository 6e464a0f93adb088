import { expect, test } from 'vitest'
import { printable } from './printable.ts'

test.each([
  ['\x1b[2Jpassed', '\\u001b[2Jpassed'],
  ['\x9b2J\x00\x7f\r', '\\u009b2J\\u0000\\u007f\\u000d'],
  ['a\u202Egnp.go', 'a\\u202egnp.go'],
  ['two\n\tlines é 世界 🂡 \\', 'two\n\tlines é 世界 🂡 \\'],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown)
})
