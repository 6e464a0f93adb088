import type { Page } from 'playwright-core'

/** Frames of one movement. */
const FRAMES = 120

export interface Frames {
  fps: number
  /** Milliseconds. */
  longest: number
}

/** One frame of a movement, in the page. */
interface Step {
  element: HTMLElement
  /** Goes twice from 0 to 1, back to -1 and to 0. */
  swing: number
  /** Counts the frames, from 0. */
  n: number
  /** An event's place, so many pixels right of the element's middle. */
  at(x: number): PointerEventInit
}

/** Something that moves. `step` runs in the page, so that it can use nothing of what is around it. */
export interface Motion {
  /** Of the element that is moved. */
  selector: string
  step: (step: Step) => void
}

/** Moves something once in each frame, and counts how long the frames took. */
export function framesOf(page: Page, { selector, step }: Motion): Promise<Frames> {
  // As an expression: the page forbids itself to make functions of text, the browser's own tools may.
  return page.evaluate<Frames>(`(${countFrames})(${JSON.stringify(selector)}, ${step}, ${FRAMES})`)
}

async function countFrames(selector: string, step: Motion['step'], frames: number): Promise<Frames> {
  const element = document.querySelector<HTMLElement>(selector)
  if (!element) throw new Error(`there is no ${selector}`)
  const box = element.getBoundingClientRect()
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  const at = (x: number) => ({
    clientX: middle.x + x,
    clientY: middle.y,
    pointerId: 1,
    bubbles: true,
    cancelable: true,
  })
  // Only a real pointer can be captured.
  Object.assign(element, { setPointerCapture: () => {} })
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
  const times = [await nextFrame()]
  for (let n = 0; n < frames; n++) {
    step({ element, at, n, swing: Math.sin((n / frames) * 4 * Math.PI) })
    times.push(await nextFrame())
  }
  const lengths = times.slice(1).map((time, n) => time - (times[n] ?? 0))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  return { fps: (1000 * lengths.length) / total, longest: Math.max(...lengths) }
}

/** Notes every frame of the page from now on, for `longestFrame`. */
export async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const note = () => {
      performance.mark('frame')
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
}

/** The longest frame between two marks of the page, in milliseconds. A frame that reaches beyond either counts whole. */
export function longestFrame(page: Page, from: string, to: string): Promise<number> {
  return page.evaluate(
    ({ from, to }) => {
      const at = (name: string) => performance.getEntriesByName(name)[0]?.startTime ?? 0
      const times = performance.getEntriesByName('frame').map(({ startTime }) => startTime)
      const lengths = times.flatMap((time, n) => {
        const before = times[n - 1] ?? time
        return time >= at(from) && before <= at(to) ? [time - before] : []
      })
      return Math.max(0, ...lengths)
    },
    { from, to },
  )
}
