import type { Origin } from '@sandbox/protocol'
import { type Flame, type FlameNode, type FlameWindow, matches, visibleIn } from '../../state/flame.ts'
import type { CostChange } from '../../state/profile.ts'

/** Height of a row in CSS pixels, with the gap under it. */
export const ROW_PX = 19
const GAP_PX = 1
/** Narrower rectangles are not drawn one by one: their place keeps the colour of what was drawn before. */
const MIN_PX = 0.4
/** Narrower ones have no name. */
const MIN_TEXT_PX = 28
const TEXT_PAD_PX = 5

export interface FlameColours {
  own: string
  test: string
  go: string
  runtime: string
  text: string
  onOwn: string
  match: string
  onMatch: string
  more: string
  less: string
  outline: string
  font: string
}

export interface FlameView {
  flame: Flame
  window: FlameWindow
  /** CSS pixels. */
  width: number
  /** Only rows from and to these depths are drawn. */
  rows: { from: number; to: number }
  chosen: FlameNode | null
  hovered: FlameNode | null
  search: string
  /** What functions cost in another profile; null where nothing is compared. */
  change: ReadonlyMap<string, CostChange> | null
}

/** Draws what is seen of a flame chart: its cost goes with the rows and columns of the screen, not with the profile. */
export function drawFlame(context: CanvasRenderingContext2D, view: FlameView, colours: FlameColours): void {
  const { flame, window, width, rows } = view
  const scale = width / (window.to - window.from)
  context.font = colours.font
  context.textBaseline = 'middle'
  const searched = view.search !== ''
  for (let depth = rows.from; depth <= rows.to; depth++) {
    const y = depth * ROW_PX
    let drawnTo = Number.NEGATIVE_INFINITY
    for (const node of visibleIn(flame.rows[depth] ?? [], window)) {
      const left = Math.max(0, (node.x - window.from) * scale)
      const right = Math.min(width, (node.x + node.width - window.from) * scale)
      if (right - Math.max(left, drawnTo) < MIN_PX) continue
      drawnTo = right
      const isMatch = searched && matches(node, view.search)
      drawNode(context, { node, left, right, y, isMatch, faded: searched && !isMatch }, view, colours)
    }
  }
}

interface Placed {
  node: FlameNode
  left: number
  right: number
  y: number
  isMatch: boolean
  faded: boolean
}

function drawNode(context: CanvasRenderingContext2D, placed: Placed, view: FlameView, colours: FlameColours): void {
  const { node, left, right, y, isMatch, faded } = placed
  const span = Math.max(1, right - left - GAP_PX)
  context.globalAlpha = faded ? 0.35 : 1
  context.fillStyle = isMatch ? colours.match : fillOf(node, view, colours)
  context.fillRect(left, y, span, ROW_PX - GAP_PX)
  if (node === view.chosen || node === view.hovered) {
    context.strokeStyle = colours.outline
    context.lineWidth = node === view.chosen ? 2 : 1
    context.strokeRect(left + 1, y + 1, Math.max(1, span - 2), ROW_PX - GAP_PX - 2)
  }
  if (span >= MIN_TEXT_PX) {
    context.fillStyle = isMatch ? colours.onMatch : textOf(node, view, colours)
    context.fillText(fitted(node.name, span - 2 * TEXT_PAD_PX), left + TEXT_PAD_PX, y + (ROW_PX - GAP_PX) / 2 + 0.5)
  }
  context.globalAlpha = 1
}

function fillOf(node: FlameNode, { change }: FlameView, colours: FlameColours): string {
  if (change) {
    const found = change.get(node.key)
    if (!found?.notable) return colours.go
    return found.now > found.before ? colours.more : colours.less
  }
  return isRuntime(node) ? colours.runtime : colours[COLOUR_OF_ORIGIN[node.frame.origin]]
}

const COLOUR_OF_ORIGIN = { candidate: 'own', test: 'test', hidden: 'test', go: 'go' } as const satisfies Record<
  Origin,
  keyof FlameColours
>

function textOf(node: FlameNode, { change }: FlameView, colours: FlameColours): string {
  return node.frame.origin === 'candidate' && !change ? colours.onOwn : colours.text
}

function isRuntime({ frame }: FlameNode): boolean {
  return frame.origin === 'go' && frame.function.startsWith('runtime.')
}

/** About the width of a character of the font, in CSS pixels: measuring every name would take longer than drawing it. */
const CHAR_PX = 6.4

function fitted(text: string, room: number): string {
  const chars = Math.floor(room / CHAR_PX)
  return text.length <= chars ? text : `${text.slice(0, Math.max(1, chars - 1))}…`
}
