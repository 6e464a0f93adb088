import type { Browser, BrowserContext, Page } from 'playwright-core'
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

test('a person goes on in another browser, and is asked where both were changed', async () => {
  const url = `${server.url}/exercise/hit-counter`
  const { page: desk } = await openPage(browser, url)
  await appendCode(desk, '\n// from the desk\n')
  await kept(desk, 'from the desk')

  const { page: sofa } = await openPage(browser, url, await cookiesOf(desk.context()))
  await shows(sofa, 'from the desk')
  await appendCode(sofa, '\n// from the sofa\n')
  await kept(sofa, 'from the sofa')
  await desk.reload()
  await shows(desk, 'from the sofa')

  await desk.context().setOffline(true)
  await appendCode(desk, '\n// offline at the desk\n')
  await appendCode(sofa, '\n// meanwhile on the sofa\n')
  await kept(sofa, 'meanwhile on the sofa')
  await desk.context().setOffline(false)
  await desk.reload()
  await desk.getByTestId('draft-conflict').getByText('in another browser').waitFor()
  await shows(desk, 'offline at the desk')
  await desk.getByTestId('draft-conflict').getByRole('button', { name: 'Keep mine' }).click()
  await kept(desk, 'offline at the desk')
  await desk.context().close()
  await sofa.context().close()
})

const cookiesOf = async (context: BrowserContext) => (await context.storageState()).cookies

/** The server has a draft with this text. */
async function kept(page: Page, text: string): Promise<void> {
  const read = () =>
    page.request.get(new URL('/api/drafts/hit-counter', page.url()).href).then((answer) => answer.text())
  await expect.poll(read, { timeout: 20_000 }).toContain(text)
}

/** The end of the text is where the test writes: the editor draws only the lines that can be seen. */
async function shows(page: Page, text: string): Promise<void> {
  await focusEditor(page)
  await page.keyboard.press('ControlOrMeta+End')
  await page.getByTestId('editor').locator('.view-lines').first().getByText(text).waitFor()
}
