import { expect, test } from 'vitest'
import { isFromOutside } from './pasting.ts'

const KNOWN = ['package hits\n\nfunc (c *Counter) Hit(page string) {\n\tc.total++\n}\n']

test.each([
  ['too little to tell', 'c.total++', false],
  ['what stands here, however it is indented', 'func (c *Counter) Hit(page string) {\r\n    c.total++\r\n}', false],
  ['what stands nowhere here', 'sync.Mutex guards the total and every page of it', true],
  ['white space', ' \n'.repeat(40), false],
])('%s', (_, text, want) => {
  expect(isFromOutside(text, KNOWN)).toBe(want)
})
