import { expect, test } from 'vitest'
import { rowsBetween } from './virtual-rows.ts'

const tall = (count: number, px = 50) => Array.from({ length: count }, () => px)

test('only rows that are seen are drawn, some at a time, and the others keep their room', () => {
  const range = rowsBetween(tall(1000), 10_000, 10_500)
  expect(range.from).toBeLessThanOrEqual(200)
  expect(range.to).toBeGreaterThanOrEqual(210)
  expect(range.to - range.from).toBeLessThan(30)
  expect(range.above + (range.to - range.from) * 50 + range.below).toBe(50_000)
})

test('rows of different heights are found by their own', () => {
  const heights = tall(100).with(0, 5000)
  expect(rowsBetween(heights, 0, 100)).toMatchObject({ from: 0, to: 8, above: 0 })
  expect(rowsBetween(heights, 5000, 5100)).toMatchObject({ from: 0, to: 8 })
  expect(rowsBetween(heights, 5500, 5600)).toMatchObject({ from: 8, above: 5000 + 7 * 50 })
})

test('a list that is out of sight keeps a few rows, and an empty one has none', () => {
  expect(rowsBetween(tall(100), -5000, -100)).toMatchObject({ from: 0, to: 8, below: 92 * 50 })
  expect(rowsBetween(tall(100), 99_000, 99_500)).toMatchObject({ to: 100, below: 0 })
  expect(rowsBetween([], 0, 100)).toEqual({ from: 0, to: 0, above: 0, below: 0 })
})
