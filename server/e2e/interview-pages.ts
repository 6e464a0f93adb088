import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { openPage } from './browser.ts'

/** An interviewer and a candidate who was let in, each in a browser of their own. */
export async function begin(browser: Browser, url: string) {
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
  return { interviewer, candidate, keys, line, loaded, complaints: [first.complaints, second.complaints].flat() }
}

/** Hands an exercise over that the current question links. */
export async function handOver(interviewer: Page, exercise: string): Promise<void> {
  await interviewer.getByTestId('linked-exercise').filter({ hasText: exercise }).first().click()
}

/** Says at the door who comes. */
export async function enter(page: Page, name: string): Promise<void> {
  await page.getByTestId('door-name').fill(name)
  await page.getByTestId('enter').click()
}

/** Waits until the editor shows this code. */
export function seen(page: Page, code: string): Promise<void> {
  return page.getByTestId('editor').getByText(code).first().waitFor()
}

/** Waits until the editor does not show this code any more. */
export function gone(page: Page, code: string): Promise<void> {
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
