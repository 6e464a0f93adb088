import type { ReportSection } from '@sandbox/protocol'
import { type Html, html } from './html.ts'

/** Units of the drawing; it is scaled to its place. */
const WIDTH = 200
const HEIGHT = 12
const BAR = { top: 5, height: 5 }
const POINTER = 4

/** A section's bands to scale, its minimum as a dotted line, its points as a pointer from above. */
export function scoreBar(section: ReportSection): Html {
  const { points, of, minimum, bands } = section
  const x = (value: number) => Math.round((value / of) * WIDTH * 10) / 10
  const rects = bands.map(({ band, from }, index) => {
    const to = bands[index - 1]?.from ?? of
    return html`<rect class="${band}" x="${x(from)}" y="${BAR.top}" width="${x(to) - x(from)}" height="${BAR.height}"/>`
  })
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${labelOf(section)}">${rects}${
    minimum === null ? '' : html`<line class="least" x1="${x(minimum)}" x2="${x(minimum)}" y1="3" y2="${HEIGHT}"/>`
  }${points === null ? '' : pointerAt(x(points))}</svg>`
}

function pointerAt(x: number): Html {
  return html`<path class="value" d="M${x - POINTER} 0h${2 * POINTER}l${-POINTER} 5z"/>`
}

function labelOf({ points, of, minimum }: ReportSection): string {
  const score = points === null ? 'not scored' : `${points} of ${of}`
  return minimum === null ? score : `${score}, minimum ${minimum}`
}
