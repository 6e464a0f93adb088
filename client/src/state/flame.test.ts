import type { Profile } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import {
  type FlameNode,
  flameOf,
  nodeAt,
  panned,
  shareOfMatches,
  stepFrom,
  visibleIn,
  WHOLE,
  windowOf,
  zoomed,
} from './flame.ts'

const names = ['main', 'get', 'put', 'hash', 'lock']
const PROFILE: Profile = {
  kind: 'cpu',
  measures: [{ name: 'CPU time', unit: 'nanoseconds', sentence: '' }],
  frames: names.map((name, index) => ({
    function: `sandbox/x.${name}`,
    file: 'x.go',
    line: index + 1,
    origin: 'candidate',
  })),
  stacks: [
    { frames: [0, 2, 4], values: [20] },
    { frames: [0, 1, 3], values: [60] },
    { frames: [0, 1], values: [10] },
    { frames: [3], values: [10] },
    { frames: [4], values: [0] },
  ],
  cut: 0,
}

const FLAME = flameOf(PROFILE, 0)
const told = (node: FlameNode | null) => node && `${node.name} ${node.x.toFixed(2)} ${node.width.toFixed(2)}`
const named = (name: string, depth: number) => FLAME.rows[depth]?.find((node) => node.name === name) ?? null

describe('a flame chart', () => {
  test('has callers above what they call, the heaviest to the left, as wide as they cost', () => {
    expect(FLAME.rows.map((row) => row.map(told))).toEqual([
      ['main 0.00 0.90', 'hash 0.90 0.10'],
      ['get 0.00 0.70', 'put 0.70 0.20'],
      ['hash 0.00 0.60', 'lock 0.70 0.20'],
    ])
    expect([FLAME.count, FLAME.total]).toEqual([6, 100])
    expect([named('get', 1)?.self, named('main', 0)?.self]).toEqual([10, 0])
  })

  test('finds what is under a point, and nothing where there is nothing', () => {
    expect(told(nodeAt(FLAME, 1, 0.75))).toBe('put 0.70 0.20')
    expect(nodeAt(FLAME, 1, 0.95)).toBeNull()
    expect(nodeAt(FLAME, 9, 0.5)).toBeNull()
  })

  test('draws only what its window shows', () => {
    expect(visibleIn(FLAME.rows[1] ?? [], { from: 0.75, to: 0.8 }).map(told)).toEqual(['put 0.70 0.20'])
    expect(visibleIn(FLAME.rows[1] ?? [], { from: 0.92, to: 1 })).toEqual([])
    expect(visibleIn(FLAME.rows[1] ?? [], WHOLE)).toHaveLength(2)
  })

  test('zooms around the place under the pointer and never beyond its ends', () => {
    const near = zoomed(WHOLE, 0.5, 0.5)
    expect(near).toEqual({ from: 0.25, to: 0.75 })
    expect(zoomed(near, 0.25, 100)).toEqual(WHOLE)
    expect(panned(near, 10)).toEqual({ from: 0.5, to: 1 })
    expect(panned(near, -10)).toEqual({ from: 0, to: 0.5 })
    const put = named('put', 1)
    expect(put && windowOf(put).from).toBeCloseTo(0.7)
  })

  test('is walked with the arrow keys', () => {
    const main = named('main', 0)
    const get = named('get', 1)
    expect(stepFrom(FLAME, null, 'down')).toBe(main)
    expect(stepFrom(FLAME, main, 'down')).toBe(get)
    expect(stepFrom(FLAME, get, 'right')?.name).toBe('put')
    expect(stepFrom(FLAME, get, 'left')).toBe(get)
    expect(stepFrom(FLAME, get, 'up')).toBe(main)
    expect(stepFrom(FLAME, main, 'up')).toBe(main)
  })

  test('tells how much of it is what was searched for', () => {
    expect(shareOfMatches(FLAME, 'hash')).toBeCloseTo(0.7)
    expect(shareOfMatches(FLAME, 'x.go'), 'a match inside a match counts once').toBeCloseTo(1)
    expect(shareOfMatches(FLAME, 'Hash')).toBe(0)
    expect(shareOfMatches(FLAME, '')).toBe(0)
  })

  test('of nothing has no rows', () => {
    expect(flameOf({ ...PROFILE, stacks: [] }, 0)).toEqual({ rows: [], total: 0, count: 0 })
  })
})
