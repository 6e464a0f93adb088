import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
import { focusEditor } from './editor.ts'
import { type PracticeServer, startServer } from './practice-server.ts'

let browser: Browser
let server: PracticeServer

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer('bubblewrap')
})

afterAll(async () => {
  await server?.stop()
  await browser?.close()
})

test('the editor has the colours of the page in both schemes, whichever the page began with', async () => {
  const { page } = await openPage(browser, `${server.url}/exercise/hit-counter`)
  await page.getByTestId('editor').locator('.view-lines').waitFor()
  for (const scheme of ['light', 'dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await page
      .locator(`.monaco-editor.${scheme === 'dark' ? 'vs-dark' : 'vs'}`)
      .first()
      .waitFor()
    expect(await background(page, '.monaco-editor')).toBe(await background(page, '#code'))
  }
  await page.context().close()
})

test.each([
  [1280, 800],
  [1440, 900],
  [390, 844],
])('at %d × %d nothing is wider than its place, and every tab can be seen whole', async (width, height) => {
  const { page } = await openPage(browser, `${server.url}/exercise/hit-counter`)
  await page.setViewportSize({ width, height })
  await page.getByTestId('run-button').click()
  await page.locator('[data-testid="verdict"][data-verdict="race"]').waitFor()
  const overflowing = await page.evaluate(() => {
    const places = [
      document.documentElement,
      ...document.querySelectorAll('header, [role="tablist"], [role="tabpanel"]'),
    ]
    return places.flatMap((one) => {
      const name = one.getAttribute('aria-label') ?? one.id ?? one.tagName
      return one.scrollWidth > one.clientWidth ? [`${name}: ${one.scrollWidth} > ${one.clientWidth}`] : []
    })
  })
  expect(overflowing).toEqual([])
  await page.context().close()
})

test('the line numbers stand beside their lines when an exercise that was left at its end is opened again', async () => {
  const { page } = await openPage(browser, `${server.url}/exercise/hit-counter`)
  await focusEditor(page)
  await page.keyboard.press('ControlOrMeta+End')
  await page.getByTestId('editor').locator('.line-numbers').getByText('64', { exact: true }).waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  await page.keyboard.type('leak')
  await page.keyboard.press('Enter')
  await page.getByTestId('editor').getByText('package hedge', { exact: true }).waitFor()
  await page.goBack()
  await page.getByTestId('editor').locator('.line-numbers').getByText('64', { exact: true }).waitFor()
  expect(await tops(page, '.line-numbers')).toEqual(await tops(page, '.view-line'))
  await page.context().close()
})

function tops(page: Page, selector: string): Promise<number[]> {
  const all = page.getByTestId('editor').locator(selector)
  return all.evaluateAll((elements) =>
    elements.map((one) => Math.round(one.getBoundingClientRect().top)).sort((a, b) => a - b),
  )
}

function background(page: Page, selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor)
}
