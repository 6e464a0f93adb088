import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { graveFindings } from './accessibility.ts'
import { openBrowser, openPage } from './browser.ts'
import { begin, handOver, seen } from './interview-pages.ts'
import { tabTo } from './keyboard.ts'
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

test('an interview is led, coded, scored, ended, replayed and exported by keyboard alone', async () => {
  const { interviewer, candidate, keys } = await begin(browser, server.url)
  const press = (key: string) => interviewer.keyboard.press(key)

  await tabTo(interviewer, '[data-testid="guide-question"]')
  await press('Enter')
  await press('1')
  await interviewer.locator('[data-testid="point"]:checked').first().waitFor()
  await press('n')
  await interviewer.keyboard.type('names P before asked')
  await press('Enter')
  await interviewer.getByTestId('notes').getByText('names P before asked').waitFor()
  await press('Escape')
  await tabTo(interviewer, '[data-testid="linked-exercise"]', 'hit-counter')
  await interviewer.keyboard.press('Enter')

  await seen(candidate, 'package')
  await candidate.keyboard.press('F6')
  await candidate.keyboard.press('ControlOrMeta+Enter')
  await candidate.locator('[data-testid="verdict"][data-verdict="race"]').waitFor()
  await interviewer.locator('[data-testid="verdict-bar"][data-verdict="race"]').waitFor()

  await tabTo(interviewer, 'input[aria-label="Advanced Go mastery, of 25"]')
  await interviewer.keyboard.type('19')
  await press('Enter')
  await interviewer.getByTestId('total').getByText('19', { exact: true }).waitFor()

  await tabTo(interviewer, '[data-testid="finish"]')
  await press('Enter')
  // Enter alone would cancel.
  await tabTo(interviewer, '[data-testid="confirm"]')
  await press('Enter')
  await interviewer.getByTestId('over').waitFor()
  await candidate.getByTestId('over').waitFor()

  await interviewer.goto(`${server.url}/interview/${keys.interviewer}/replay`)
  await interviewer.getByTestId('scrubber').waitFor()
  await press('n')
  await interviewer.locator('[data-testid="verdict"][data-verdict="race"]').waitFor()
  await interviewer.getByTestId('moments').getByText('names P before asked').waitFor()
  await press('+')
  await press('+')
  await interviewer.getByTestId('overview').waitFor()
  await press('0')
  await interviewer.getByTestId('overview').waitFor({ state: 'detached' })

  const api = `${server.url}/api/interview`
  const { request } = interviewer.context()
  const exported = await (await request.get(`${api}/${keys.interviewer}/export`)).text()
  expect(exported).toContain('names P before asked')
  const copy = await (await request.get(`${api}/${keys.interviewer}/report.html?copy=candidate`)).text()
  expect(copy).toContain('hit counter')
  expect(copy).not.toContain('names P before asked')
  const refused = await candidate.context().request.get(`${api}/${keys.candidate}/export`)
  expect(refused.status()).toBe(403)

  await interviewer.goto(`${api}/${keys.interviewer}/report.html`)
  expect(interviewer.url()).not.toContain(keys.interviewer)
  await interviewer.locator('a[href="replay#run=1"]').first().click()
  await interviewer.locator('[data-testid="verdict"][data-verdict="race"]').waitFor()
  await Promise.all([interviewer.context().close(), candidate.context().close()])
})

test('one person practises alone, from the first click to the report', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/interview`)
  await page.getByRole('radio', { name: /^Alone/ }).check()
  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByRole('button', { name: 'Start a mock interview' }).click()
  await page.getByRole('link', { name: 'Go in' }).click()
  await page.getByRole('button', { name: 'Start the clock' }).click()
  await page.getByTestId('guide-question').first().click()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'I have answered' }).waitFor()
  expect(await page.getByTestId('point').count()).toBe(0)
  await page.getByRole('button', { name: 'I have answered' }).click()
  await page.getByTestId('point').first().waitFor()

  await page.reload()
  await page.getByTestId('point').first().click()
  await page.locator('[data-testid="point"]:checked').waitFor()
  const points = page.locator('input[aria-label="Advanced Go mastery, of 25"]')
  await points.fill('19')
  await points.press('Enter')
  await page.getByTestId('total').getByText('19', { exact: true }).waitFor()
  await page.getByTestId('finish').click()
  await page.getByTestId('confirm').click()
  await page.getByRole('link', { name: 'Report' }).click()
  await page.getByText('Mock interview, alone').waitFor()
  await page.getByText('Scored by Ada Lovelace').waitFor()
  expect(await page.getByText('Interviewers').count()).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('axe finds nothing serious on any page of an interview, in light and in dark', async () => {
  const home = await openPage(browser, `${server.url}/interview`)
  await home.page.getByRole('button', { name: 'Make the interview' }).waitFor()
  expect(await graveFindings(home.page)).toEqual([])
  await home.page.context().close()

  const { interviewer, candidate, keys } = await begin(browser, server.url)
  const late = await openPage(browser, `${server.url}/interview/${keys.candidate}`)
  await late.page.getByTestId('door-name').waitFor()
  expect(await graveFindings(late.page)).toEqual([])
  await late.page.getByTestId('door-name').fill('Noor')
  await late.page.getByTestId('enter').click()
  await late.page.getByTestId('waiting-room').waitFor()
  expect(await graveFindings(late.page)).toEqual([])

  await handOver(interviewer, 'hit-counter')
  await seen(candidate, 'package')
  await candidate.getByTestId('run-button').click()
  await candidate.locator('[data-testid="verdict"][data-verdict="race"]').waitFor()
  await interviewer.locator('[data-testid="verdict-bar"][data-verdict="race"]').waitFor()
  expect(await graveFindings(candidate)).toEqual([])
  expect(await graveFindings(interviewer)).toEqual([])
  await interviewer.getByTestId('open-story').click()
  expect(await graveFindings(interviewer)).toEqual([])

  await interviewer.goto(`${server.url}/interview/${keys.interviewer}/replay`)
  await interviewer.getByTestId('scrubber').waitFor()
  await interviewer.keyboard.press('n')
  expect(await graveFindings(interviewer)).toEqual([])
  const report = `${server.url}/api/interview/${keys.interviewer}/report.html`
  await interviewer.goto(report)
  expect(await graveFindings(interviewer)).toEqual([])
  await Promise.all([interviewer, candidate, late.page].map((page) => page.context().close()))
})

test('axe finds nothing serious on the practice page, before and after a run', async () => {
  const { page } = await openPage(browser, `${server.url}/exercise/hit-counter`)
  await page.getByTestId('editor').locator('.view-lines').waitFor()
  expect(await graveFindings(page)).toEqual([])
  await page.getByTestId('run-button').click()
  await page.locator('[data-testid="verdict"][data-verdict="race"]').waitFor()
  expect(await graveFindings(page)).toEqual([])
  await page.context().close()
})
