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
  const table = page.getByTestId('timeline-table')
  await table.locator('summary').click()
  await table
    .getByRole('button', { name: /at (gate|visible_test)\.go:\d+$/ })
    .first()
    .click()
  const place = detail.getByRole('button', { name: /^(gate|visible_test)\.go:\d+$/ }).first()
  const [file = '', line = ''] = (await place.innerText()).split(':')
  await place.click()
  await page.getByRole('tab', { name: file, selected: true }).waitFor()
  await page.getByTestId('editor').locator('.line-numbers').getByText(line, { exact: true }).waitFor()

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download for Perfetto' }).click()
  expect((await download).suggestedFilename()).toBe('timeline.json')
  expect(complaints).toEqual([])
  await page.context().close()
})
