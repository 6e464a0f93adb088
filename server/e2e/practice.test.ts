import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../commands/tools/programs.ts'
import { openBrowser, openPage } from './browser.ts'
import { appendCode, markedLines, replaceCode } from './editor.ts'
import { type PracticeServer, startServer } from './practice-server.ts'

const HIT_COUNTER = join(ROOT, 'exercises/fundamentals/hit-counter')

describe.each(['docker', 'bubblewrap'] as const)('with code in %s, a person', (driver) => {
  let browser: Browser
  let server: PracticeServer

  beforeAll(async () => {
    browser = await openBrowser()
    server = await startServer(driver)
  })

  afterAll(async () => {
    await server?.stop()
    await browser?.close()
  })

  test('changes code, finds the race with its lines marked, mends it and passes', async () => {
    const { page, complaints } = await openPage(browser, `${server.url}/exercise/hit-counter`)
    await appendCode(page, '\n// still the bug of the starter\n')
    await runUntil(page, 'race')
    const named = linesIn(await page.getByTestId('summary').innerText(), 'hits.go')
    const marked = [...(await markedLines(page, 'glyphWrite')), ...(await markedLines(page, 'glyphRead'))]
    expect(named.length).toBeGreaterThan(0)
    expect(marked).toEqual(expect.arrayContaining(named))
    expect(await page.getByTestId('race-story').innerText()).toContain(`hits.go:${named[0]}`)

    await replaceCode(page, await readFile(join(HIT_COUNTER, 'reference/hits.go'), 'utf8'))
    await runUntil(page, 'passed')
    // The result stands, and a person may go on, while other schedules are tried.
    const schedules = page.getByTestId('schedules')
    await schedules.getByText(/^Trying other schedules: \d+ so far$/).waitFor()
    expect(await page.getByTestId('run-button').getAttribute('data-state')).toBe('run')
    await schedules.getByText(/^\d+ other schedules?, the same result$/).waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })

  test('sees a compile error as a squiggle and as a sentence with its line', async () => {
    const { page } = await openPage(browser, `${server.url}/exercise/hit-counter`)
    await appendCode(page, '\nfunc broken() int { return undefinedName }\n')
    await runUntil(page, 'compile-error')
    expect(await page.getByTestId('summary').innerText()).toMatch(/hits\.go:\d+/)
    await page.locator('.squiggly-error').first().waitFor()
    await page.context().close()
  })

  test('sees a deadlock as the goroutines that wait', async () => {
    const { page } = await openPage(browser, `${server.url}/exercise/select-deadlock`)
    await runUntil(page, 'deadlock')
    expect(linesIn(await page.getByTestId('summary').innerText(), 'handshake.go').length).toBeGreaterThan(0)
    expect(await page.getByTestId('goroutine-row').count()).toBeGreaterThan(0)
    await page.context().close()
  })

  test('finds the draft again after a reload', async () => {
    const { page } = await openPage(browser, `${server.url}/exercise/hit-counter`)
    await appendCode(page, '\n// a thought to keep\n')
    await page.getByTestId('editor').getByText('a thought to keep').waitFor()
    await page.reload()
    await appendCode(page, '\n')
    await page.getByTestId('editor').getByText('a thought to keep').waitFor()
    await page.context().close()
  })
})

/** Presses Run and waits for the verdict; when another one stays, the failure says which and why. */
async function runUntil(page: Page, wanted: string): Promise<void> {
  await page.getByTestId('run-button').click()
  const verdict = page.getByTestId('verdict')
  const seen = await page
    .locator(`[data-testid="verdict"][data-verdict="${wanted}"]`)
    .waitFor()
    .then(
      () => wanted,
      async () => `${await verdict.getAttribute('data-verdict')}: ${await page.getByTestId('summary').innerText()}`,
    )
  expect(seen).toBe(wanted)
}

function linesIn(text: string, file: string): number[] {
  return [...text.matchAll(new RegExp(`${file.replace('.', '\\.')}:(\\d+)`, 'g'))].map((match) => Number(match[1]))
}
