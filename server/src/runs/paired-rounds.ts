import type { Speed } from '@sandbox/protocol'

/** In so many of 100 runs all intervals hold the true factor, if rounds differ by chance only. */
const CONFIDENCE = 0.95

/**
 * How many times as fast one side is, from rounds in which both were measured one after the other: times of an operation,
 * in pairs. Null where so few rounds prove nothing, which is below six, or more where one of so many `comparisons` is made: of
 * twenty intervals that hold in 95 of 100 cases, one is wrong as a rule, so that each is made wider (Bonferroni).
 *
 * The logarithms of the pairs' ratios are what Wilcoxon's signed-rank test takes: of two equal programs they are as often above
 * zero as below, and as far, however noisy the machine is. The interval is that test turned round: all shifts that it does not
 * reject, and its middle is the Hodges-Lehmann estimate (Hollander, Wolfe, Chicken: Nonparametric Statistical Methods, 3.1-3.3).
 * Its level is exact for any number of rounds: nothing is approximated by a normal distribution.
 */
export function compareRounds(pairs: readonly { mine: number; other: number }[], comparisons = 1): Speed | null {
  const logs = pairs.map(({ mine, other }) => Math.log(other / mine)).filter(Number.isFinite)
  const outside = ranksOutside(logs.length, (1 - CONFIDENCE) / comparisons)
  if (outside < 0) return null
  const averages = walshAverages(logs)
  const at = (index: number) => Math.exp(averages[index] ?? 0)
  return { factor: Math.exp(median(averages)), low: at(outside), high: at(averages.length - 1 - outside) }
}

/** Of sorted numbers. */
export function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

/** The means of all pairs of values, each with itself too, in order. */
function walshAverages(values: readonly number[]): number[] {
  const averages = values.flatMap((a, index) => values.slice(index).map((b) => (a + b) / 2))
  return averages.sort((a, b) => a - b)
}

/** How many Walsh averages are left out at either end; below 0 where not even the outermost two are far enough apart. */
function ranksOutside(rounds: number, level: number): number {
  const each = level / 2
  const ways = waysToRankSum(rounds)
  const all = 2 ** rounds
  let below = 0
  let sum = 0
  for (; sum < ways.length; sum++) {
    below += ways[sum] ?? 0
    if (below / all > each) break
  }
  return sum - 1
}

/** In how many ways some of the ranks 1…n add up to each sum: the signed-rank statistic's distribution, times 2^n. */
function waysToRankSum(n: number): number[] {
  let ways = [1]
  for (let rank = 1; rank <= n; rank++) {
    const next = [...ways, ...new Array<number>(rank).fill(0)]
    ways.forEach((count, sum) => {
      next[sum + rank] = (next[sum + rank] ?? 0) + count
    })
    ways = next
  }
  return ways
}
