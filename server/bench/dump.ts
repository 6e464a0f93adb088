import type { Frame, Goroutine } from '@sandbox/protocol'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../e2e/browser.ts'
import { type Frames, framesOf, type Motion } from './frames.ts'
import { median, round } from './statistics.ts'
import { openToldPage, TOLD } from './told-run.ts'

const TIMES = 5
const GOROUTINES = 10_000
const FRAMES_DEEP = 6

export interface DumpFigures {
  dump_goroutines: number
  /** From the news of ten thousand goroutines, no two alike, to the list of them. */
  dump_shown_ms: number
  /** While the list is scrolled to and fro. */
  dump_fps: number
  dump_longest_frame_ms: number
  /** While the filter is typed into. */
  dump_filter_fps: number
  dump_filter_longest_frame_ms: number
  /** Elements that the list has in the page. */
  dump_rows_drawn: number
  /** The same of ten thousand that are all alike. */
  dump_alike_shown_ms: number
}

/** Dumps of ten thousand goroutines in the real page; more than a run of ours lists. */
export async function dumpFigures(url: string): Promise<DumpFigures> {
  const browser = await openBrowser()
  try {
    const measured: (Shown & { alike: number })[] = []
    for (let n = 0; n < TIMES; n++) {
      const apart = await showDump(browser, url, (id) => id)
      const alike = await showDump(browser, url, () => 1)
      measured.push({ ...apart, alike: alike.shown })
    }
    const middle = (figure: (one: (typeof measured)[number]) => number, digits = 1) =>
      round(median(measured.map(figure)), digits)
    return {
      dump_goroutines: GOROUTINES,
      dump_shown_ms: middle(({ shown }) => shown, 0),
      dump_fps: middle(({ scroll }) => scroll.fps),
      dump_longest_frame_ms: middle(({ scroll }) => scroll.longest),
      dump_filter_fps: middle(({ filter }) => filter.fps),
      dump_filter_longest_frame_ms: middle(({ filter }) => filter.longest),
      dump_rows_drawn: middle(({ rows }) => rows, 0),
      dump_alike_shown_ms: middle(({ alike }) => alike, 0),
    }
  } finally {
    await browser.close()
  }
}

interface Shown {
  shown: number
  rows: number
  scroll: Frames
  filter: Frames
}

/** Shows a dump whose goroutines stand at the lines that `lineOf` gives. */
async function showDump(browser: Browser, url: string, lineOf: (id: number) => number): Promise<Shown> {
  const { page, tell } = await openToldPage(browser, url)
  const goroutines = Array.from({ length: GOROUTINES }, (_, n) => goroutine(n + 1, lineOf(n + 1)))
  await tell([{ type: 'goroutines', reason: 'deadlock', goroutines, total: GOROUTINES }], 'deadlock')
  await page.getByTestId('goroutine-row').first().waitFor()
  const shown = await page.evaluate(async (told) => {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    return performance.now() - (performance.getEntriesByName(told)[0]?.startTime ?? 0)
  }, TOLD)
  const rows = await page.getByTestId('goroutine-row').count()
  const scroll = await framesOf(page, SCROLL)
  const filter = rows > 1 ? await framesOf(page, FILTER) : scroll
  await page.context().close()
  return { shown, rows, scroll, filter }
}

function goroutine(id: number, line: number): Goroutine {
  const frame = (depth: number): Frame => ({
    function: `sandbox/scratch.wait${line}.call${depth}`,
    file: 'scratch.go',
    line: line + depth,
    origin: 'candidate',
  })
  const stack = Array.from({ length: FRAMES_DEEP }, (_, depth) => frame(depth))
  const known = { leaked: false, alone: false, role: 'candidate', creator: 1, test: null, alike: 0 } as const
  const waits = { state: 'chan receive', waitsFor: null, holds: [], selects: [], told: '' }
  return { id, ...known, ...waits, site: frame(0), stack, created: frame(9) }
}

const SCROLL: Motion = {
  selector: '#results-panel',
  step: ({ element, swing }) => {
    element.scrollTop = element.scrollHeight / 2 + swing * 3000
  },
}

const FILTER: Motion = {
  selector: 'input[aria-label="Filter goroutines"]',
  step: ({ element, n }) => {
    // A key in every sixth frame: ten in a second.
    if (n % 6 !== 0) return
    const words = ['c', 'ca', 'cal', 'call', 'call1', 'call', 'wait9', 'wait99', 'wait9', '']
    const { set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') ?? {}
    set?.call(element, words[(n / 6) % words.length])
    element.dispatchEvent(new Event('input', { bubbles: true }))
  },
}
