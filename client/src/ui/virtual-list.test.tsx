// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { render } from './test-render.ts'
import { VirtualList } from './virtual-list.tsx'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

async function listOf(count: number) {
  const page = await render(
    <VirtualList items={numbers(count)} keyOf={String} row={(item) => <li key={item} data-row={item} />} />,
  )
  const shown = () =>
    [...page.host.querySelectorAll<HTMLElement>('[data-row]')].map(({ dataset }) => Number(dataset.row))
  const scrollTo = async (top: number) => {
    const list = page.host.querySelector('ul')
    if (!list) throw new Error('no list')
    list.getBoundingClientRect = () => ({ ...new DOMRect(), top: -top })
    await page.act(() => page.host.dispatchEvent(new Event('scroll')))
    await page.act(() => {})
    await new Promise((resolve) => requestAnimationFrame(resolve))
    await page.act(() => {})
  }
  return { shown, scrollTo }
}

test('a short list is drawn whole', async () => {
  const { shown } = await listOf(100)
  expect(shown()).toEqual(numbers(100))
})

test('of a long list some rows are drawn, and others when they are scrolled to', async () => {
  const { shown, scrollTo } = await listOf(10_000)
  expect(shown()[0]).toBe(0)
  expect(shown().length).toBeLessThan(60)
  await scrollTo(96 * 5000)
  expect(shown()).toContain(5000)
  expect(shown().length).toBeLessThan(60)
  await scrollTo(96 * 10_000)
  expect(shown().at(-1)).toBe(9999)
})
