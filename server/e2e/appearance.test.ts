import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
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

function background(page: Page, selector: string): Promise<string> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => getComputedStyle(element).backgroundColor)
}
