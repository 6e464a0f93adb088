import { PROTOCOL_VERSION } from '@sandbox/protocol'
import type { Page } from 'playwright-core'
import { openBrowser, openPage } from '../e2e/browser.ts'
import { type Frames, framesOf, longestFrame, type Motion, watchFrames } from './frames.ts'
import { median, round } from './statistics.ts'

const TIMES = 5

export interface TimelineFigures {
  rows: number
  json_mb: number
  compressed_kb: number
  /** From asking for the timeline to the first drawing of its lanes, everything on one machine. */
  shown_ms: number
  /** The longest frame meanwhile. */
  shown_longest_frame_ms: number
  /** Frames per second while half of the trace is dragged to and fro, and the longest frame. */
  pan_fps: number
  pan_longest_frame_ms: number
  zoom_fps: number
}

/**
 * The timeline of an exercise whose starter gives way a hundred thousand times, and so fills it, in the real page. `url` is a
 * server of ours that can run code.
 */
export async function timelineFigures(url: string): Promise<TimelineFigures> {
  const browser = await openBrowser()
  try {
    const measured: (Size & { shown: number; longest: number; pan: Frames; zoom: Frames })[] = []
    for (let n = 0; n < TIMES; n++) {
      const { page } = await openPage(browser, `${url.replace(/\/$/, '')}/exercise/spinning-gate`)
      const answer = page.waitForResponse('**/api/runs/*/timeline')
      const shown = await showTimeline(page)
      const longest = await longestFrame(page, 'timeline:asked', 'timeline:drawn')
      // The worker that asked has gone, and the answer with it.
      const again = await page.request.get((await answer).url())
      const size = sizeOf(await again.body())
      const compressed = Number(again.headers()['content-length'] ?? 0)
      const [pan, zoom] = [await framesOf(page, PAN), await framesOf(page, ZOOM)]
      measured.push({ ...size, compressed, shown, longest, pan, zoom })
      await page.context().close()
    }
    const middle = (figure: (one: (typeof measured)[number]) => number, digits = 0) =>
      round(median(measured.map(figure)), digits)
    return {
      rows: middle(({ rows }) => rows),
      json_mb: middle(({ bytes }) => bytes / 1e6, 1),
      compressed_kb: middle(({ compressed }) => compressed / 1e3),
      shown_ms: middle(({ shown }) => shown),
      shown_longest_frame_ms: middle(({ longest }) => longest, 1),
      pan_fps: middle(({ pan }) => pan.fps, 1),
      pan_longest_frame_ms: middle(({ pan }) => pan.longest, 1),
      zoom_fps: middle(({ zoom }) => zoom.fps, 1),
    }
  } finally {
    await browser.close()
  }
}

interface Size {
  rows: number
  bytes: number
  compressed: number
}

function sizeOf(body: Buffer): Pick<Size, 'rows' | 'bytes'> {
  const { spans, ranges, held, handoffs } = JSON.parse(body.toString())
  const rows = [spans.begin, ranges.begin, held.begin, handoffs.at].reduce((sum, column) => sum + column.length, 0)
  return { rows, bytes: body.length }
}

async function showTimeline(page: Page): Promise<number> {
  await page.waitForFunction(() => performance.getEntriesByName('editor-ready').length > 0)
  await watchFrames(page)
  await page.evaluate(askInAnotherTab, PROTOCOL_VERSION)
  await page.waitForFunction(() => performance.getEntriesByName('timeline:drawn').length > 0)
  return page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? 0
    return at('timeline:drawn') - at('timeline:asked')
  })
}

/** As a second tab of the same person would: the page shows the run as its own. */
async function askInAnotherTab(version: number): Promise<void> {
  const socket = new WebSocket(`ws://${location.host}/ws`)
  const heard = (type: string) =>
    new Promise<void>((resolve) => {
      socket.addEventListener('message', ({ data }) => JSON.parse(data).type === type && resolve())
    })
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  socket.send(JSON.stringify({ type: 'hello', version, resume: [] }))
  await heard('welcome')
  const { starter } = await (await fetch('/api/exercises/spinning-gate')).json()
  const files = starter.filter((file: { editable: boolean }) => file.editable)
  const run = { exercise: 'spinning-gate', files, snapshot: 'measured', insight: 'timeline' }
  socket.send(JSON.stringify({ type: 'run', request: crypto.randomUUID(), run }))
}

const CANVAS = '[data-testid="timeline-lanes"] canvas'

const PAN: Motion = {
  selector: CANVAS,
  step: ({ element, at, swing, n }) => {
    if (n === 0) {
      // A half: the whole of it could not be moved.
      for (let times = 0; times < 4; times++)
        element.dispatchEvent(new WheelEvent('wheel', { ...at(0), deltaY: -110, ctrlKey: true }))
      element.dispatchEvent(new PointerEvent('pointerdown', at(0)))
    }
    element.dispatchEvent(new PointerEvent('pointermove', at(swing * 150)))
  },
}

const ZOOM: Motion = {
  selector: CANVAS,
  step: ({ element, at, swing, n }) => {
    // The pan before has not let go.
    if (n === 0) element.dispatchEvent(new PointerEvent('pointerup', at(0)))
    element.dispatchEvent(new WheelEvent('wheel', { ...at(0), deltaY: swing * 60, ctrlKey: true }))
  },
}
