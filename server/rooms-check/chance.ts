/** A whole number from 0 to `bound`, that itself excluded. */
export type Chance = (bound: number) => number

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound)
  }
}
