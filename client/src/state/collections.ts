import type { Collection } from '@sandbox/protocol'

/** Lines of a chart that is 100 wide and 40 high, with the largest values that it shows. */
export interface CollectionsChart {
  before: string
  live: string
  pauses: { x: number; height: number }[]
  mostMb: number
  longestMs: number
  endMs: number
}

const WIDTH = 100
const HEIGHT = 40
/** The part of the height that the longest pause takes: it must not hide the heap. */
const PAUSE_HEIGHT = 12

/** The heap over time, and the pauses; null where there are too few rounds for a line. */
export function chartOf(collections: readonly Collection[]): CollectionsChart | null {
  const last = collections.at(-1)
  if (!last || collections.length < 2 || last.atMs === 0) return null
  const mostMb = Math.max(1, ...collections.map(({ beforeMb, liveMb }) => Math.max(beforeMb, liveMb)))
  const longestMs = Math.max(...collections.map(({ pauseMs }) => pauseMs))
  const x = ({ atMs }: Collection) => rounded((atMs / last.atMs) * WIDTH)
  const line = (value: (one: Collection) => number) =>
    collections
      .map(
        (one, index) => `${index === 0 ? 'M' : 'L'}${x(one)} ${rounded(HEIGHT - (value(one) / mostMb) * (HEIGHT - 2))}`,
      )
      .join('')
  return {
    before: line(({ beforeMb }) => beforeMb),
    live: line(({ liveMb }) => liveMb),
    pauses: collections.map((one) => ({
      x: x(one),
      height: longestMs > 0 ? rounded((one.pauseMs / longestMs) * PAUSE_HEIGHT) : 0,
    })),
    mostMb,
    longestMs: rounded(longestMs),
    endMs: last.atMs,
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
