// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { splitText } from '../state/sentence.ts'
import { RichText } from './rich-text.tsx'
import { render } from './test-render.ts'

test('the punctuation behind a place stays with it, and nothing is said twice', async () => {
  const text = 'locked at a.go:13, which is held; see `mu` (a.go:24).'
  const { host } = await render(<RichText parts={splitText(text, () => true)} onOpen={() => {}} />)
  expect(host.textContent).toBe(text.replaceAll('`', ''))
  const places = [...host.querySelectorAll('button')].map((place) => place.parentElement?.textContent)
  expect(places).toEqual(['a.go:13,', 'a.go:24).'])
})
