import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from '../commands/tools/programs.ts'
import { openBrowser, openPage } from './browser.ts'
import { prependCode } from './editor.ts'
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

test('a race’s story is copied with a link, by which another person sees the run, and takes a copy of its code', async () => {
  const mine = await openPage(browser, `${server.url}/exercise/hit-counter`)
  await mine.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await prependCode(mine.page, '// a thought of mine\n')
  await mine.page.getByTestId('run-button').click()
  await mine.page.getByTestId('copy-story').click()
  const note = mine.page.getByTestId('link-note')
  await note.getByText(/^Code and results can be read until/).waitFor()
  await mine.page.getByText('Copied', { exact: true }).waitFor()
  const story = await copied(mine.page)
  expect(story).toMatch(/^\*\*Data race\*\* in Test/)
  const link = /\]\((http\S+)\)\n$/.exec(story)?.[1] ?? ''
  expect(link).toMatch(/\/run\/[\w-]{22}$/)

  const kept = await (await mine.page.request.get(link.replace('/run/', '/api/runs/'))).text()
  expect(kept).toContain('a thought of mine')
  expect((await hiddenLines()).filter((line) => kept.includes(JSON.stringify(line).slice(1, -1)))).toEqual([])

  const theirs = await openPage(browser, link)
  await theirs.page
    .getByTestId('kept-note')
    .getByText(/^A run of/)
    .waitFor()
  expect(await theirs.page.getByTestId('kept-note').getByRole('button').count()).toBe(0)
  expect(await summary(theirs.page)).toBe(await summary(mine.page))
  expect(await theirs.page.getByTestId('race-story').innerText()).toContain('no order')
  await theirs.page.getByTestId('editor').getByText('a thought of mine').waitFor()
  await prependCode(theirs.page, 'typed in vain')
  expect(await theirs.page.getByTestId('editor').getByText('typed in vain').count()).toBe(0)

  await theirs.page.getByTestId('open-copy').click()
  await theirs.page.waitForURL(`${server.url}/exercise/hit-counter`)
  await theirs.page.getByTestId('run-button').waitFor()
  await prependCode(theirs.page, '// and one of theirs\n')
  await theirs.page.getByTestId('editor').getByText('and one of theirs').waitFor()

  await mine.page.goto(link)
  await mine.page.getByTestId('kept-note').getByRole('button', { name: 'Delete' }).click()
  await mine.page.getByTestId('confirm').click()
  await mine.page.getByTestId('missing').waitFor()
  await theirs.page.goto(link)
  await theirs.page.getByTestId('missing').getByText('This run is not kept any more').waitFor()
  expect(mine.complaints).toEqual([])
  // The last look was at a run that is no more.
  expect(theirs.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([])
  await mine.page.context().close()
  await theirs.page.context().close()
})

/** Lines of the exercise's hidden tests that stand nowhere else. */
async function hiddenLines(): Promise<string[]> {
  const linesOf = async (file: string) =>
    (await readFile(join(ROOT, 'exercises/fundamentals/hit-counter', file), 'utf8'))
      .split('\n')
      .map((one) => one.trim())
  const shown = new Set([...(await linesOf('tests/visible_test.go')), ...(await linesOf('starter/hits.go'))])
  const hidden = (await linesOf('tests/hidden_test.go')).filter((line) => line.length > 20 && !shown.has(line))
  expect(hidden.length).toBeGreaterThan(10)
  return hidden
}

function copied(page: Page): Promise<string> {
  return page.evaluate(() => navigator.clipboard.readText())
}

function summary(page: Page): Promise<string> {
  return page.getByTestId('summary').innerText()
}
