import { type Browser, type Cookie, chromium, type Page } from 'playwright-core'
import { find } from '../commands/tools/programs.ts'

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome']

/** Longest wait for anything that a page should show, in milliseconds. */
export const PAGE_DEADLINE_MS = 30_000

/** The system's Chromium, headless. Throws when there is none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = BROWSERS.map(find).find((path) => path !== null)
  if (!executablePath) throw new Error('No Chromium is installed; on Debian: sudo apt-get install chromium')
  // Chromium refuses to sandbox itself as root. It only ever opens our own page here.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args })
}

/**
 * A page of a new person, or of the one whose cookies are given. What the page complains about is collected in
 * `complaints`.
 */
export async function openPage(
  browser: Browser,
  url: string,
  cookies: Cookie[] = [],
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  await context.addCookies(cookies)
  const page = await context.newPage()
  page.setDefaultTimeout(PAGE_DEADLINE_MS)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(url)
  return { page, complaints }
}
