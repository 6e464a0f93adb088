import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../commands/tools/programs.ts'
import { openBrowser, openPage } from './browser.ts'
import { replaceCode } from './editor.ts'
import { type PracticeServer, startServer } from './practice-server.ts'

let browser: Browser
let server: PracticeServer

beforeAll(async () => {
  browser = await openBrowser()
  server = await startServer('bubblewrap', { EXERCISES_DIR: join(ROOT, 'server/src/runs/testdata/exercises') })
})

afterAll(async () => {
  await server?.stop()
  await browser?.close()
})

test('questions are answered by options and by pressing a line, survive a reload, and are explained once right', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/asked`)
  await page.getByTestId('editor').getByText('WARNING: DATA RACE').waitFor()
  await page.getByTestId('tab-questions').click()
  const what = page.locator('[data-question="what"]')
  const where = page.locator('[data-question="where"]')
  await what.getByLabel('a race').check()
  await where.getByRole('button', { name: 'counter.go' }).click()
  await page.getByTestId('editor').locator('.line-numbers').getByText('7', { exact: true }).click()
  expect(await where.getByLabel('Line').inputValue()).toBe('7')
  await page.getByTestId('draft').waitFor()

  await page.reload()
  await page.getByTestId('tab-questions').click()
  expect(await what.getByLabel('a race').isChecked()).toBe(true)
  expect(await where.getByLabel('Line').inputValue()).toBe('7')
  await page.getByTestId('run-button').click()
  await page.locator('[data-testid="verdict"][data-verdict="failed"]').waitFor()
  expect(await page.getByTestId('reason').innerText()).toBe('wrong answers')
  await where.getByTestId('explanation').getByText('It is the write.').waitFor()
  await what.locator('[data-standing="wrong"]').waitFor()
  expect(await what.getByTestId('explanation').count()).toBe(0)

  await what.getByLabel('two writes').check()
  await what.locator('[data-standing="changed"]').waitFor()
  await page.keyboard.press('ControlOrMeta+Enter')
  await page.locator('[data-testid="verdict"][data-verdict="passed"]').waitFor()
  await what.getByTestId('explanation').getByText('The detector says so.').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

const TESTS = (body: string) =>
  `package counter_test\n\nimport (\n\t"testing"\n\n\t"sandbox/counter"\n)\n\nfunc TestCounts(t *testing.T) {\n\tvar c counter.Counter\n${body}}\n`

test('variants are told one by one: caught with what is wrong, missed, and falsely refused', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/tested`)
  await replaceCode(page, TESTS('\tc.Hit()\n\tif c.Count() != 1 {\n\t\tt.Error("one hit")\n\t}\n'))
  await page.getByTestId('run-button').click()
  await page.locator('[data-testid="verdict"][data-verdict="failed"]').waitFor()
  expect(await page.getByTestId('reason').innerText()).toBe('missed bug')
  expect(await standings(page)).toEqual([
    'right 1 accepted',
    'right 2 accepted',
    'wrong 1 caught',
    'wrong 2 missed',
    'wrong 3 missed',
  ])
  await page.locator('[data-variant="wrong 1"]').getByText('Counts one too many.').waitFor()

  await replaceCode(page, TESTS('\tc.Hit()\n\tt.Error("always")\n'))
  await page.getByTestId('run-button').click()
  await page.getByTestId('reason').getByText('false alarm').waitFor()
  expect((await standings(page)).slice(0, 2)).toEqual(['right 1 refused', 'right 2 refused'])
  expect(complaints).toEqual([])
  await page.context().close()
})

test('what is measured has a tab of its own, with the bound that was missed', async () => {
  const { page, complaints } = await openPage(browser, `${server.url}/exercise/measured`)
  await page.getByTestId('measure-tests').getByText('TestAllocations').waitFor()
  await page.getByTestId('run-button').click()
  await page.getByTestId('reason').getByText('too many allocations').waitFor()
  await page.locator('[data-testid="measured-row"][data-test="TestAllocations"]').getByText('at most 2 are').waitFor()
  expect(complaints).toEqual([])
  await page.context().close()
})

test.each([1440, 1280, 390])(
  'at a width of %d every tab of an exercise with questions can be seen whole',
  async (width) => {
    const { page } = await openPage(browser, `${server.url}/exercise/asked`)
    await page.setViewportSize({ width, height: 844 })
    await page.getByTestId('tab-questions').click()
    const bars = page.getByRole('tablist')
    expect(await bars.evaluateAll((all) => all.map((one) => one.scrollWidth - one.clientWidth))).toEqual([0, 0])
    await page.context().close()
  },
)

function standings(page: Page): Promise<string[]> {
  const rows = page.getByTestId('variant-row')
  return rows.evaluateAll((all) => all.map((one) => `${one.dataset.variant} ${one.dataset.standing}`))
}
