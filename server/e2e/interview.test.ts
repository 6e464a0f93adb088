import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../commands/tools/programs.ts'
import { openBrowser } from './browser.ts'
import { appendCode, focusEditor, prependCode, replaceCode } from './editor.ts'
import { begin, gone, handOver, seen } from './interview-pages.ts'
import { type PracticeServer, startServer } from './practice-server.ts'

const REFERENCE = join(ROOT, 'exercises/fundamentals/hit-counter/reference/hits.go')

describe('in an interview', () => {
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

  test('a candidate waits at the door, and both edit and run one code', async () => {
    const { interviewer, candidate, loaded, complaints } = await begin(browser, server.url)
    await handOver(interviewer, 'hit-counter')
    await appendCode(candidate, '\n// from the candidate\n')
    // What is out of view is not in the page: it is seen by who follows its writer.
    await interviewer.getByTestId('person').click()
    await seen(interviewer, 'from the candidate')
    await seen(interviewer, 'Mira Castell')
    await prependCode(interviewer, '// from the interviewer\n')
    await prependCode(candidate, '// and more\n')
    await seen(candidate, 'from the interviewer')
    await seen(candidate, 'Jonas Weber')

    await focusEditor(interviewer)
    await interviewer.keyboard.press('ControlOrMeta+z')
    await gone(candidate, 'from the interviewer')
    await seen(candidate, 'and more')

    await candidate.getByTestId('run-button').click()
    await interviewer.locator('[data-testid="verdict-bar"][data-verdict="race"]').waitFor()
    await candidate.locator('[data-testid="verdict"][data-verdict="race"]').waitFor()
    await replaceCode(candidate, `// mended\n${await readFile(REFERENCE, 'utf8')}`)
    await seen(interviewer, 'mended')
    await interviewer.getByTestId('run-button').click()
    await candidate.locator('[data-testid="verdict"][data-verdict="passed"]').waitFor()

    await interviewer.getByTestId('open-story').click()
    await candidate.reload()
    await seen(candidate, 'package')
    await candidate.locator('[data-testid="verdict"][data-verdict="passed"]').waitFor()
    expect(complaints).toEqual([])
    expect(loaded.some((path) => path.includes('interviewer-page'))).toBe(false)
    await Promise.all([interviewer.context().close(), candidate.context().close()])
  })

  test('what is typed while the server is away is there when it is back', async () => {
    const { interviewer, candidate, line } = await begin(browser, server.url)
    await handOver(interviewer, 'hit-counter')
    await seen(candidate, 'package')
    await line.cut()
    await prependCode(candidate, '// typed without a connection\n')
    await candidate.locator('[data-testid="keeping"][data-state="offline"]').waitFor()
    await prependCode(interviewer, '// typed meanwhile\n')
    line.mend()
    await seen(interviewer, 'typed without a connection')
    await seen(candidate, 'typed meanwhile')
    await candidate.locator('[data-testid="keeping"][data-state="kept"]').waitFor()
    await Promise.all([interviewer.context().close(), candidate.context().close()])
  })
})
