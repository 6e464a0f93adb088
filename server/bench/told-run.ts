import type { RunEvent, ServerMessage, VerdictEvent } from '@sandbox/protocol'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { openPage } from '../e2e/browser.ts'
import { emptyVerdict } from '../src/runs/endings.ts'
import { watchFrames } from './frames.ts'

/** The mark in the page's own clock of when it was told of the run. */
export const TOLD = 'told'

export interface ToldRun {
  page: Page
  /** Tells the page of a run that never was, as its socket would. */
  tell(events: RunEvent[], verdict: VerdictEvent['verdict']): Promise<void>
}

/** The real page with a socket to the real server, that can also be told of runs which no program could be made to give. */
export async function openToldPage(browser: Browser, url: string): Promise<ToldRun> {
  const { page } = await openPage(browser, `${url}/healthz`)
  let route: WebSocketRoute | null = null
  await page.routeWebSocket(/\/ws$/, (socket) => {
    socket.connectToServer()
    route = socket
  })
  await page.goto(`${url}/scratch`)
  await page.waitForFunction(() => performance.getEntriesByName('editor-ready').length > 0)
  await watchFrames(page)
  const tell: ToldRun['tell'] = async (events, verdict) => {
    const messages = messagesOf([...events, emptyVerdict(verdict, `Measured: ${verdict}.`)])
    await page.evaluate((name) => performance.mark(name), TOLD)
    for (const message of messages) route?.send(JSON.stringify(message))
  }
  return { page, tell }
}

function messagesOf(events: RunEvent[]): ServerMessage[] {
  const files = [{ name: 'scratch.go', text: 'package scratch\n' }]
  const run = { id: 'measured', request: 'measured', exercise: 'scratch', files, snapshot: 's', acceptedAt: Date.now() }
  return [
    { type: 'run', run },
    ...events.map((event, n) => ({ type: 'event' as const, run: run.id, seq: n + 1, at: n, event })),
  ]
}
