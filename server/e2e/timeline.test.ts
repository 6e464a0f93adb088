import type { Browser } from 'playwright-core'
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

test('what the scheduler did is recorded, told in a tour, walked through with the keys, and leads to the line', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/spinning-gate`)
  await page.getByTestId('editor').locator('.view-lines').waitFor()
  await page.getByTestId('insight-button').click()
  await page.getByTestId('insight-timeline').click()
  expect(await page.getByTestId('timeline-sentence').innerText()).toMatch(/goroutines ran on 4 Ps for/)

  await page.getByTestId('timeline-tour-start').click()
  const tour = page.getByTestId('timeline-tour')
  await tour.getByText('G, M and P').waitFor()
  await page.getByTestId('timeline-tour-next').click()
  expect(await tour.innerText()).toMatch(/Here P\d runs goroutine \d+/)
  await tour.getByRole('button', { name: 'End the tour' }).click()

  await page.getByTestId('timeline-lanes').focus()
  await page.keyboard.press('ArrowRight')
  const detail = page.getByTestId('timeline-detail')
  await detail.getByText(/^goroutine \d+ · /).waitFor()
  await page.getByTestId('timeline-table').locator('summary').click()
  await page.getByTestId('timeline-table').getByRole('button', { name: /ms|µs/ }).first().click()
  await detail
    .getByRole('button', { name: /^(gate|visible_test)\.go:\d+$/ })
    .first()
    .click()
  await page.getByTestId('editor').locator('.view-lines').waitFor()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download for Perfetto' }).click()
  expect((await download).suggestedFilename()).toBe('timeline.json')
  expect(complaints).toEqual([])
  await page.context().close()
})
