import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../commands/tools/programs.ts'
import { openBrowser, openPage } from './browser.ts'
import { markedLines, prependCode, replaceCode } from './editor.ts'
import { type PracticeServer, startServer } from './practice-server.ts'

const REFERENCE = join(ROOT, 'exercises/fundamentals/hit-counter/reference/hits.go')

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

test('the solution opens when the exercise is solved, the list says so, and the next one is a key away', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/hit-counter`)
  await page.getByTestId('tab-solution').click()
  await page.getByTestId('solution-closed').waitFor()

  await replaceCode(page, await readFile(REFERENCE, 'utf8'))
  await page.getByTestId('run-button').click()
  await page.locator('[data-testid="verdict"][data-verdict="passed"]').waitFor()
  await page.getByTestId('solution').getByText('The usual mistakes').waitFor()
  expect(await page.getByTestId('solution').innerText()).toContain('Hidden tests')
  expect(await page.getByTestId('solution').innerText()).toContain('Follow-up questions')
  await page.getByRole('button', { name: 'Compare the reference with your code' }).click()
  await page.getByTestId('solution-entry').getByText('lock kept on early return').click()
  const sides = page.getByTestId('solution-diff').locator('.editor.original, .editor.modified')
  await sides.nth(1).locator('.view-line').first().waitFor()
  expect(await sides.evaluateAll((both) => both.every((one) => one.clientWidth > 400))).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByTestId('solution-viewer').waitFor({ state: 'detached' })

  await page.keyboard.press('ControlOrMeta+k')
  const entry = page.locator('[data-testid="exercise-item"][data-slug="hit-counter"]')
  await entry.getByText('solved at first try').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('ControlOrMeta+.')
  await page.waitForURL((url) => url.pathname !== '/exercise/hit-counter')
  await page.getByTestId('tab-solution').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('the list is narrowed by keyboard, stays so, and a surprise out of it runs against the clock', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/hit-counter`)
  await page.getByTestId('editor').waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByTestId('exercise-item').first().waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.type('leaks')
  await page.reload()
  await page.getByTestId('editor').waitFor()
  await page.keyboard.press('ControlOrMeta+k')
  await page.locator('[data-testid="exercise-item"][data-slug="goroutine-leak"]').waitFor()
  expect(await page.locator('[data-testid="exercise-item"][data-slug="hit-counter"]').count()).toBe(0)
  const slugs = await page.getByTestId('exercise-item').evaluateAll((all) => all.map((one) => one.dataset.slug))
  await page.getByRole('button', { name: 'Surprise me' }).click()
  await page.getByTestId('mock-timer').waitFor()
  expect(slugs).toContain(new URL(page.url()).pathname.split('/').at(-1))
  await page.reload()
  await page
    .getByTestId('mock-timer')
    .getByText(/\d+:\d\d/)
    .waitFor()
  await page.getByRole('button', { name: 'Stop the mock practice' }).click()
  await page.getByTestId('mock-timer').waitFor({ state: 'detached' })
  expect(complaints).toEqual([])
  await page.context().close()
})

test('who gives up sees the solution, and it is kept that the exercise was not solved unseen', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/goroutine-leak`)
  await page.getByTestId('tab-solution').click()
  await page.getByRole('button', { name: 'Give up and show the solution…' }).click()
  await page.getByTestId('confirm').click()
  await page.getByTestId('solution').waitFor()

  await page.reload()
  await page.getByTestId('tab-solution').click()
  await page.getByTestId('solution').waitFor()
  const progress = await page.evaluate(() => fetch('/api/progress').then((response) => response.json()))
  expect(progress).toMatchObject([{ exercise: 'goroutine-leak', solvedAt: null, revealedAt: expect.any(Number) }])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a question about a line of the given file stays one when the file is edited', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/read-the-profile`)
  await page.getByTestId('tab-questions').click()
  const question = page.locator('[data-question="where-it-is-lost"]')
  const field = question.getByLabel('Line')
  const press = (line: number) =>
    page.getByTestId('editor').locator('.line-numbers').getByText(String(line), { exact: true }).click()
  await question.getByRole('button', { name: 'notify.go' }).click()
  await page.getByTestId('editor').getByText('package notify', { exact: true }).waitFor()
  await prependCode(page, '// mine\n// mine too\n')
  await press(8)
  expect(await field.inputValue()).toBe('6')
  await question.getByText('const (').waitFor()
  await expect.poll(() => markedLines(page, 'lineAnswer')).toEqual([8])

  await press(2)
  await page.getByTestId('notice').getByText('Line 2 is not in notify.go as it was given').waitFor()
  expect(await field.inputValue()).toBe('6')
  await replaceCode(page, 'package notify\n\nvar a = 1\nvar b = 2\n')
  await expect.poll(() => markedLines(page, 'lineAnswer')).toEqual([])
  await question.getByText('const (').waitFor()

  await page.getByTestId('run-button').click()
  await page
    .getByTestId('answers-note')
    .getByText(/questions were not answered\. Your code was not run: the tests come when all answers are right\./)
    .waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a comparison opens at the first change, and no gap stands for lines that are wrapped on one side alone', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/worker-pool`)
  await page.getByTestId('tab-solution').click()
  await page.getByRole('button', { name: 'Give up and show the solution…' }).click()
  await page.getByTestId('confirm').click()
  await page.getByRole('button', { name: 'Compare the reference with your code' }).click()
  await page.getByTestId('solution-entry').getByText('queue dropped at shutdown').click()
  const diff = page.getByTestId('solution-diff')
  await diff.locator('.editor.modified .line-insert').first().waitFor()
  const gaps = (side: string) => diff.locator(`.editor.${side} .diagonal-fill`).count()
  await expect.poll(async () => [await gaps('original'), await gaps('modified')]).toEqual([1, 0])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('a closer look says where the time goes, also behind the lines until they are edited, and solves nothing', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/hit-counter`)
  await replaceCode(page, await readFile(REFERENCE, 'utf8'))
  await page.getByTestId('insight-button').click()
  await page.keyboard.press('Enter')
  await page
    .getByTestId('profile-block')
    .getByText(/^Goroutines waited .* of it in/)
    .waitFor()
  await page.getByTestId('profile-block').getByRole('button').first().click()
  expect(Number(await page.getByTestId('flame').getAttribute('data-nodes'))).toBeGreaterThan(0)
  const hints = page.getByTestId('editor').getByText(/\d.%.of.time.waited/)
  await hints.first().waitFor()
  const before = await hints.count()

  await page
    .getByTestId('profile-block')
    .getByRole('button', { name: /^hits\.go:/ })
    .click()
  await page.keyboard.type('//')
  await expect.poll(() => hints.count()).toBe(before - 1)
  expect(await page.getByTestId('tab-next').count()).toBe(0)
  expect(await page.evaluate(async () => (await (await fetch('/api/progress')).json())[0]?.runs ?? 0)).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()
})

test('benchmarks are measured beside the starter and the reference, in words and in intervals, and solve nothing', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/log-encoder`)
  await page.getByTestId('editor').locator('.view-lines').waitFor()
  await page.keyboard.press('Control+Alt+Shift+Enter')
  await page
    .getByTestId('benchmarks-sentence')
    .getByText(/^3 benchmarks are measured: beside the starter, /)
    .waitFor()
  const slower = page.locator('[data-benchmark="BenchmarkLog"] [data-version="reference"][data-outcome="slower"]')
  expect(await slower.innerText()).toMatch(/^Takes .* times as long as the reference \(95 %: /)
  expect(await slower.locator('svg circle').count()).toBe(1)
  expect(await page.getByTestId('tab-next').count()).toBe(0)
  expect(complaints).toEqual([])
  await page.context().close()
})
