import type { Page } from 'playwright-core'
import { openBrowser, openPage } from '../e2e/browser.ts'
import { median, round } from './statistics.ts'

const TIMES = 5
/** Frames of one pan. */
const FRAMES = 120

export interface TimelineFigures {
  rows: number
  json_mb: number
  compressed_kb: number
  /** From asking for the timeline to the first drawing of its lanes, everything on one machine. */
  shown_ms: number
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
    const measured: (Size & { shown: number; pan: Frames; zoom: Frames })[] = []
    for (let n = 0; n < TIMES; n++) {
      const { page } = await openPage(browser, `${url.replace(/\/$/, '')}/exercise/spinning-gate`)
      const answer = page.waitForResponse('**/api/runs/*/timeline')
      const shown = await showTimeline(page)
      const size = sizeOf(await (await answer).body())
      const compressed = Number((await (await answer).headerValue('content-length')) ?? 0)
      const [pan, zoom] = [await framesOf(page, 'pan'), await framesOf(page, 'zoom')]
      measured.push({ ...size, compressed, shown, pan, zoom })
      await page.context().close()
    }
    const middle = (figure: (one: (typeof measured)[number]) => number, digits = 0) =>
      round(median(measured.map(figure)), digits)
    return {
      rows: middle(({ rows }) => rows),
      json_mb: middle(({ bytes }) => bytes / 1e6, 1),
      compressed_kb: middle(({ compressed }) => compressed / 1e3),
      shown_ms: middle(({ shown }) => shown),
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
  await page.evaluate(askInAnotherTab)
  await page.waitForFunction(() => performance.getEntriesByName('timeline:drawn').length > 0)
  return page.evaluate(() => {
    const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? 0
    return at('timeline:drawn') - at('timeline:asked')
  })
}

/** As a second tab of the same person would: the page shows the run as its own. */
async function askInAnotherTab(): Promise<void> {
  const socket = new WebSocket(`ws://${location.host}/ws`)
  const heard = (type: string) =>
    new Promise<void>((resolve) => {
      socket.addEventListener('message', ({ data }) => JSON.parse(data).type === type && resolve())
    })
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  socket.send(JSON.stringify({ type: 'hello', version: 1, resume: [] }))
  await heard('welcome')
  const { starter } = await (await fetch('/api/exercises/spinning-gate')).json()
  const files = starter.filter((file: { editable: boolean }) => file.editable)
  const run = { exercise: 'spinning-gate', files, snapshot: 'measured', insight: 'timeline' }
  socket.send(JSON.stringify({ type: 'run', request: crypto.randomUUID(), run }))
}

interface Frames {
  fps: number
  longest: number
}

/** Moves the pointer, or the wheel, once in each frame, and counts how long the frames took. */
function framesOf(page: Page, what: 'pan' | 'zoom'): Promise<Frames> {
  return page.evaluate(
    async ({ what, frames }) => {
      const canvas = document.querySelector('[data-testid="timeline-lanes"] canvas')
      if (!canvas) throw new Error('there are no lanes')
      const box = canvas.getBoundingClientRect()
      const y = box.top + box.height / 2
      const at = (x: number) => ({ clientX: box.left + x, clientY: y, pointerId: 1, bubbles: true, cancelable: true })
      const wheel = (deltaY: number) => new WheelEvent('wheel', { ...at(box.width / 2), deltaY, ctrlKey: true })
      Object.assign(canvas, { setPointerCapture: () => {} })
      // Half of the trace: the whole of it could not be moved.
      for (let n = 0; n < 4; n++) canvas.dispatchEvent(wheel(-110))
      if (what === 'pan') canvas.dispatchEvent(new PointerEvent('pointerdown', at(box.width / 2)))
      const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
      const times = [await nextFrame()]
      for (let n = 0; n < frames; n++) {
        const swing = Math.sin((n / frames) * 4 * Math.PI)
        if (what === 'pan') canvas.dispatchEvent(new PointerEvent('pointermove', at(box.width / 2 + swing * 150)))
        else canvas.dispatchEvent(wheel(swing * 60))
        times.push(await nextFrame())
      }
      canvas.dispatchEvent(new PointerEvent('pointerup', at(box.width / 2)))
      const lengths = times.slice(1).map((time, n) => time - (times[n] ?? 0))
      const total = lengths.reduce((sum, length) => sum + length, 0)
      return { fps: (1000 * lengths.length) / total, longest: Math.max(...lengths) }
    },
    { what, frames: FRAMES },
  )
}
