import { describe, expect, test } from 'vitest'
import { compareRounds } from './paired-rounds.ts'

/** Pairs whose logarithms of other to mine are these. */
const pairsOf = (logs: readonly number[]) => logs.map((log) => ({ mine: 100, other: 100 * Math.exp(log) }))

test('is the interval that the book has for its example', () => {
  // Hollander, Wolfe, Chicken, table 3.1 and examples 3.3 and 3.4: an estimate of -0.46, and 96.1 % between -0.786 and -0.010.
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
  const speed = compareRounds(pairsOf(after.map((value, index) => value - (before[index] ?? 0))))
  expect(Math.log(speed?.factor ?? 0)).toBeCloseTo(-0.46, 2)
  expect(Math.log(speed?.low ?? 0)).toBeCloseTo(-0.786, 3)
  expect(Math.log(speed?.high ?? 0)).toBeCloseTo(-0.01, 3)
})

test('says nothing from less than six rounds, and takes from six what all of them agree on', () => {
  expect(compareRounds([])).toBeNull()
  expect(compareRounds(pairsOf([0.5, 0.5, 0.6, 0.6, 0.7]))).toBeNull()
  expect(compareRounds(pairsOf([0.5, 0.5, 0.6, 0.6, 0.7, 0.7]))?.low).toBeCloseTo(Math.exp(0.5))
})

test('one round that something disturbed moves nothing', () => {
  const logs = [0.69, 0.7, 0.68, 0.71, 0.7, 0.69, 0.68, 0.7, 0.69, 0.71, 0.7]
  const disturbed = compareRounds(pairsOf([...logs, -4]))
  expect(disturbed?.factor).toBeCloseTo(2, 1)
  expect(disturbed?.low).toBeGreaterThan(1.9)
})

/** Of equal programs each round's difference has either sign with equal chance: all ways are tried, so that this is no sample. */
describe.each([
  [6, 1],
  [8, 1],
  [8, 5],
  [12, 1],
  [12, 6],
])(
  'the same code twice, in %i rounds of a machine with heavy disturbances and %i comparisons',
  (rounds, comparisons) => {
    const magnitudes = Array.from(
      { length: rounds },
      (_, index) => 0.02 * Math.tan((Math.PI / 2) * ((index + 0.5) / rounds)),
    )

    test('is told apart from itself by any of them in less than 5 of 100 runs', () => {
      let accused = 0
      for (let signs = 0; signs < 2 ** rounds; signs++) {
        const logs = magnitudes.map((value, index) => ((signs >> index) & 1 ? value : -value))
        const speed = compareRounds(pairsOf(logs), comparisons)
        if (!speed || speed.low > 1 || speed.high < 1) accused++
      }
      expect((comparisons * accused) / 2 ** rounds).toBeLessThan(0.05)
      expect(accused).toBeGreaterThan(0)
    })
  },
)
