/** How much was edited in a stretch of time that begins at `from`. */
export interface EditBar {
  from: number
  count: number
}

const SECOND_MS = 1000
const STEPS_MS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600].map((seconds) => seconds * SECOND_MS)
const LEAST_BAR_PX = 4

/** The shortest stretch that a bar can stand for at this scale, in milliseconds. */
export function barMs(msPerPx: number): number {
  return STEPS_MS.find((step) => step >= LEAST_BAR_PX * msPerPx) ?? Math.max(...STEPS_MS)
}

/** Bars over the times of edits, which ascend, in stretches of `stepMs` since `from`; those without edits are left out. */
export function barsOf(times: readonly number[], from: number, stepMs: number): EditBar[] {
  const bars: EditBar[] = []
  for (const at of times) {
    const start = from + Math.floor((at - from) / stepMs) * stepMs
    const last = bars.at(-1)
    if (last?.from === start) last.count++
    else bars.push({ from: start, count: 1 })
  }
  return bars
}
