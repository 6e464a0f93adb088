import type { Frame, Profile } from '@sandbox/protocol'
import { openBrowser } from '../e2e/browser.ts'
import { type Frames, framesOf, longestFrame, type Motion } from './frames.ts'
import { median, round } from './statistics.ts'
import { openToldPage, TOLD } from './told-run.ts'

const TIMES = 5
/** Stacks of a profile, as many as are shown of one; they have so many beginnings in common on each level. */
const STACKS = 1500
const BEGINNINGS = [1, 5, 25, 125, 375, 750, ...Array.from({ length: 6 }, () => STACKS)]

export interface FlameFigures {
  flame_nodes: number
  /** From the news of the profile to its chart, and the longest frame meanwhile. */
  flame_shown_ms: number
  flame_shown_longest_frame_ms: number
  /** Frames per second while a half of it is dragged to and fro, and while it is zoomed. */
  flame_fps: number
  flame_longest_frame_ms: number
  flame_zoom_fps: number
}

/** A flame chart of ten thousand calls in the real page. */
export async function flameFigures(url: string): Promise<FlameFigures> {
  const browser = await openBrowser()
  try {
    const measured: { nodes: number; shown: number; longest: number; pan: Frames; zoom: Frames }[] = []
    for (let n = 0; n < TIMES; n++) {
      const { page, tell } = await openToldPage(browser, url)
      await tell([{ type: 'profile', kind: 'cpu', sentence: 'Measured.', profile: largeProfile(), runs: 1 }], 'passed')
      const nodes = Number(await page.getByTestId('flame').getAttribute('data-nodes'))
      await page.waitForFunction(() => performance.getEntriesByName('flame:drawn').length > 0)
      const shown = await page.evaluate((told) => {
        const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? 0
        return at('flame:drawn') - at(told)
      }, TOLD)
      const longest = await longestFrame(page, TOLD, 'flame:drawn')
      measured.push({ nodes, shown, longest, pan: await framesOf(page, PAN), zoom: await framesOf(page, ZOOM) })
      await page.context().close()
    }
    const middle = (figure: (one: (typeof measured)[number]) => number, digits = 1) =>
      round(median(measured.map(figure)), digits)
    return {
      flame_nodes: middle(({ nodes }) => nodes, 0),
      flame_shown_ms: middle(({ shown }) => shown, 0),
      flame_shown_longest_frame_ms: middle(({ longest }) => longest),
      flame_fps: middle(({ pan }) => pan.fps),
      flame_longest_frame_ms: middle(({ pan }) => pan.longest),
      flame_zoom_fps: middle(({ zoom }) => zoom.fps),
    }
  } finally {
    await browser.close()
  }
}

/** More than ten thousand calls: every stack ends in calls of its own. */
function largeProfile(): Profile {
  const frames: Frame[] = []
  const places = new Map<string, number>()
  const placeOf = (level: number, branch: number) => {
    const key = `${level}.${branch}`
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, frames.length)
    frames.push({ function: `sandbox/scratch.level${level}branch${branch}`, file: 'scratch.go', line: 1, origin: 'go' })
    return frames.length - 1
  }
  const stacks = Array.from({ length: STACKS }, (_, n) => ({
    frames: BEGINNINGS.map((beginnings, level) => placeOf(level, n % beginnings)),
    values: [1e7 * (1 + ((n * 7919) % 50))],
  }))
  const measures: Profile['measures'] = [{ name: 'CPU time', unit: 'nanoseconds', sentence: 'Measured.' }]
  return { kind: 'cpu', measures, frames, stacks, cut: 0 }
}

const CANVAS = '[data-testid="flame"] canvas'

const PAN: Motion = {
  selector: CANVAS,
  step: ({ element, at, swing, n }) => {
    if (n === 0) {
      // A half: the whole of it could not be moved.
      for (let times = 0; times < 2; times++)
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
    element.dispatchEvent(new WheelEvent('wheel', { ...at(0), deltaY: swing, ctrlKey: true }))
  },
}
