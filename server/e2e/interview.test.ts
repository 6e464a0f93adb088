import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ROOT } from '../commands/tools/programs.ts'
import { openBrowser, openPage } from './browser.ts'
import { appendCode, focusEditor, prependCode, replaceCode } from './editor.ts'
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

/** An interviewer and a candidate who was let in, each in a browser of their own. */
async function begin(browser: Browser, url: string) {
  const first = await openPage(browser, url)
  const interviewer = first.page
  const made = await interviewer.context().request.post(`${url}/api/interviews`, {
    headers: { origin: url },
    data: { title: 'Senior Go', candidate: 'Mira Castell' },
  })
  const keys = (await made.json()) as { interviewer: string; candidate: string }
  await interviewer.goto(`${url}/interview/${keys.interviewer}`)
  await enter(interviewer, 'Jonas Weber')
  const second = await openPage(browser, url)
  const candidate = second.page
  const line = await new Line().watch(candidate)
  const loaded: string[] = []
  candidate.on('request', (request) => loaded.push(new URL(request.url()).pathname))
  await candidate.goto(`${url}/interview/${keys.candidate}`)
  await enter(candidate, 'Mira Castell')
  await candidate.getByTestId('waiting-room').waitFor()
  await interviewer.getByTestId('admit').click()
  await candidate.getByTestId('nothing-open').waitFor()
  return { interviewer, candidate, line, loaded, complaints: [first.complaints, second.complaints].flat() }
}

async function handOver(interviewer: Page, exercise: string): Promise<void> {
  await interviewer.getByTestId('linked-exercise').filter({ hasText: exercise }).first().click()
}

async function enter(page: Page, name: string): Promise<void> {
  await page.getByTestId('door-name').fill(name)
  await page.getByTestId('enter').click()
}

function seen(page: Page, code: string): Promise<void> {
  return page.getByTestId('editor').getByText(code).first().waitFor()
}

function gone(page: Page, code: string): Promise<void> {
  return page.getByTestId('editor').getByText(code).first().waitFor({ state: 'detached' })
}

/** A page's connection, which can be cut and mended. */
class Line {
  #isCut = false
  readonly #ends = new Set<WebSocketRoute>()

  /** Before the page is opened. */
  async watch(page: Page): Promise<this> {
    await page.routeWebSocket(/\/ws$/, (socket) => {
      if (this.#isCut) {
        void socket.close()
        return
      }
      this.#ends.add(socket).add(socket.connectToServer())
    })
    return this
  }

  async cut(): Promise<void> {
    this.#isCut = true
    await Promise.all([...this.#ends].map((end) => end.close()))
    this.#ends.clear()
  }

  mend(): void {
    this.#isCut = false
  }
}
