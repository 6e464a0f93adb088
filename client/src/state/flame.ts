import type { Frame, Profile } from '@sandbox/protocol'
import { functionKey, functionName } from './profile.ts'

/** One call in a flame chart: all stacks that lead to it in the same way, as one rectangle. */
export interface FlameNode {
  id: number
  name: string
  key: string
  /** The place of the call that cost most. */
  frame: Frame
  depth: number
  /** Left edge and width in parts of the whole, from 0 to 1. */
  x: number
  width: number
  total: number
  self: number
  parent: FlameNode | null
  children: FlameNode[]
}

export interface Flame {
  /** By depth, each row from left to right. */
  rows: FlameNode[][]
  total: number
  /** How many nodes there are. */
  count: number
}

/** The part of the width that is seen. */
export interface FlameWindow {
  from: number
  to: number
}

export const WHOLE: FlameWindow = { from: 0, to: 1 }
/** Narrowest part of the width that one can zoom to. */
const MIN_WINDOW = 1e-5

type Growing = { node: FlameNode; children: Map<string, Growing>; heaviest: number }

/** The calls of a profile as a tree, heaviest to the left. */
export function flameOf({ frames, stacks }: Profile, measure: number): Flame {
  let count = 0
  const grow = (frame: Frame, parent: FlameNode | null): Growing => {
    const name = functionName(frame.function)
    const depth = parent ? parent.depth + 1 : 0
    const base = { id: count++, name, key: functionKey(frame), frame, depth, x: 0, width: 0, total: 0, self: 0 }
    return { node: { ...base, parent, children: [] }, children: new Map(), heaviest: 0 }
  }
  const roots = new Map<string, Growing>()
  let total = 0
  for (const stack of stacks) {
    const value = stack.values[measure] ?? 0
    if (value === 0) continue
    total += value
    let level = roots
    let last: Growing | null = null
    for (const index of stack.frames) {
      const frame = frames[index]
      if (!frame) continue
      const key = functionKey(frame)
      const next: Growing = level.get(key) ?? grow(frame, last?.node ?? null)
      level.set(key, next)
      next.node.total += value
      if (value > next.heaviest) {
        next.heaviest = value
        next.node.frame = frame
      }
      last = next
      level = next.children
    }
    if (last) last.node.self += value
  }
  return { ...laidOut(roots, total), total, count }
}

function laidOut(roots: Map<string, Growing>, total: number): Pick<Flame, 'rows'> {
  const rows: FlameNode[][] = []
  const place = (level: Map<string, Growing>, from: number) => {
    let x = from
    const ordered = [...level.values()].sort((a, b) => b.node.total - a.node.total)
    for (const { node, children } of ordered) {
      node.x = x
      node.width = total > 0 ? node.total / total : 0
      x += node.width
      node.parent?.children.push(node)
      const row = rows[node.depth] ?? []
      rows[node.depth] = row
      row.push(node)
      place(children, node.x)
    }
  }
  place(roots, 0)
  return { rows }
}

/** The nodes of one row that a window shows, found without looking at the others. */
export function visibleIn(row: readonly FlameNode[], { from, to }: FlameWindow): readonly FlameNode[] {
  let low = 0
  let high = row.length
  while (low < high) {
    const middle = (low + high) >> 1
    const node = row[middle]
    if (node && node.x + node.width <= from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < row.length && (row[end]?.x ?? 1) < to) end++
  return row.slice(low, end)
}

/** The node at a depth and a place in the whole width, or null. */
export function nodeAt({ rows }: Flame, depth: number, at: number): FlameNode | null {
  const [node] = visibleIn(rows[depth] ?? [], { from: at, to: at + Number.EPSILON })
  return node && node.x <= at && at < node.x + node.width ? node : null
}

/** Zooms by a factor around a place in the whole width, which stays where it is. */
export function zoomed(window: FlameWindow, at: number, factor: number): FlameWindow {
  const span = Math.min(1, Math.max(MIN_WINDOW, (window.to - window.from) * factor))
  const part = (at - window.from) / (window.to - window.from)
  return within(at - part * span, span)
}

/** Moves by a part of what is seen. */
export function panned({ from, to }: FlameWindow, parts: number): FlameWindow {
  return within(from + parts * (to - from), to - from)
}

function within(from: number, span: number): FlameWindow {
  const start = Math.min(Math.max(0, from), 1 - span)
  return { from: start, to: start + span }
}

/** Shows one node over the whole width. */
export function windowOf(node: FlameNode): FlameWindow {
  return { from: node.x, to: node.x + Math.max(node.width, MIN_WINDOW) }
}

export type FlameStep = 'up' | 'down' | 'left' | 'right'

/** Where an arrow key leads from a node: to its caller, its most expensive call, or its neighbour in the row. */
export function stepFrom(flame: Flame, node: FlameNode | null, step: FlameStep): FlameNode | null {
  if (!node) return flame.rows[0]?.[0] ?? null
  const row = flame.rows[node.depth] ?? []
  const at = row.indexOf(node)
  switch (step) {
    case 'up':
      return node.parent ?? node
    case 'down':
      return node.children[0] ?? node
    case 'left':
      return row[at - 1] ?? node
    case 'right':
      return row[at + 1] ?? node
  }
}

/** Whether a node is what was searched for. Case counts only where the search has a capital letter. */
export function matches(node: Pick<FlameNode, 'name' | 'frame'>, search: string): boolean {
  if (search === '') return false
  const text = `${node.name} ${node.frame.file}`
  return search === search.toLowerCase() ? text.toLowerCase().includes(search) : text.includes(search)
}

/** How much of the whole the matching calls cost: a match inside a match counts once. */
export function shareOfMatches({ rows, total }: Flame, search: string): number {
  let sum = 0
  const visit = (node: FlameNode) => {
    if (matches(node, search)) sum += node.total
    else node.children.forEach(visit)
  }
  for (const root of rows[0] ?? []) visit(root)
  return total > 0 ? sum / total : 0
}
