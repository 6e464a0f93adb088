import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, openPage } from './browser.ts'
import { appendCode, focusEditor } from './editor.ts'
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

test('two tabs with one exercise keep both texts over typing, reloading and closing, and offer them to each other', async () => {
  const url = `${server.url}/exercise/hit-counter`
  const { page: a, complaints } = await openPage(browser, url)
  const b = await a.context().newPage()
  await b.goto(url)

  await appendCode(b, '\n// a thought of b\n')
  await saved(b)
  // Nothing was typed in a yet: it shows what b wrote, and goes on from there.
  await shows(a, 'a thought of b')
  expect(await a.getByTestId('draft-conflict').count()).toBe(0)
  await appendCode(a, '\n// a thought of a\n')
  await b.getByTestId('draft-conflict').waitFor()
  await appendCode(b, '\n// one more of b\n')
  await a.getByTestId('draft-conflict').waitFor()

  await b.reload()
  await shows(b, 'one more of b')
  await a.reload()
  await shows(a, 'a thought of a')
  await b.getByTestId('draft-conflict').getByRole('button', { name: 'Keep mine' }).click()
  await b.getByTestId('draft-conflict').waitFor({ state: 'detached' })
  await a.getByTestId('draft-conflict').getByText('Both versions are kept').waitFor()
  await a.reload()
  await shows(a, 'a thought of a')
  await b.reload()
  await shows(b, 'one more of b')
  expect(await b.getByTestId('draft-conflict').count()).toBe(0)

  await a.getByTestId('draft-conflict').getByRole('button', { name: 'Compare' }).click()
  const changes = a.getByTestId('changes')
  await changes.getByText('a thought of a').first().waitFor()
  await changes.getByText('one more of b').first().waitFor()
  await a.getByTestId('draft-conflict').getByRole('button', { name: 'Take theirs' }).click()
  await shows(a, 'one more of b')
  await a.getByTestId('draft-conflict').waitFor({ state: 'detached' })
  await a.reload()
  await shows(a, 'one more of b')
  expect(await a.getByTestId('draft-conflict').count()).toBe(0)
  expect(complaints).toEqual([])
  await a.context().close()
})

/** The status bar tells when the draft was written. */
async function saved(page: Page): Promise<void> {
  await page.getByTestId('draft').waitFor()
}

/** The end of the text is where the tests write: the editor draws only the lines that can be seen. */
async function shows(page: Page, text: string): Promise<void> {
  await focusEditor(page)
  await page.keyboard.press('ControlOrMeta+End')
  await page.getByTestId('editor').locator('.view-lines').first().getByText(text).waitFor()
}
