// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { hitCounter } from '../state/testdata/recorded.ts'
import { Markdown } from './markdown.tsx'
import { render } from './test-render.ts'

test('a statement becomes headings, lists and coloured Go', async () => {
  const { host } = await render(<Markdown text={hitCounter().statement} skipTitle />)
  expect(host.querySelectorAll('ol > li').length).toBeGreaterThan(3)
  expect(host.querySelector('pre code')?.textContent).toContain('func New() *Counter')
  expect(host.querySelectorAll('pre span span').length).toBeGreaterThan(5)
  expect(host.querySelector('h1, h2')).toBeNull()
})

test('the title is left out once, and only the title', async () => {
  const { host } = await render(<Markdown text={'# Title\n\n# Second\n\ntext'} skipTitle />)
  expect([...host.querySelectorAll('h3')].map((one) => one.textContent)).toEqual(['Second'])
})

test('HTML and script addresses stay text', async () => {
  const text =
    'a <script>alert(1)</script> <img src=x onerror=alert(1)>\n\n<b>raw</b>\n\n[x](javascript:alert(1)) ![i](http://a/b.png)'
  const { host } = await render(<Markdown text={text} />)
  expect(host.querySelector('script, img, b, a')).toBeNull()
  expect(host.textContent).toContain('<script>alert(1)</script>')
})

test('web addresses are links, entities are characters, code is code', async () => {
  const { host } = await render(<Markdown text={'See [Go](https://go.dev): `a < b && c` & "d" **`x`**'} />)
  expect(host.querySelector('a')?.getAttribute('href')).toBe('https://go.dev')
  expect(host.querySelector('code')?.textContent).toBe('a < b && c')
  expect(host.textContent).toBe('See Go: a < b && c & "d" x')
})

test('a table and nested lists keep their shape', async () => {
  const { host } = await render(<Markdown text={'| a | b |\n|---|---|\n| 1 | `2` |\n\n- x\n  - y\n- [ ] z'} />)
  expect(host.querySelectorAll('td')).toHaveLength(2)
  expect(host.querySelectorAll('ul ul li')).toHaveLength(1)
})
