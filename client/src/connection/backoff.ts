/** The first pause after a lost connection, and the longest, in milliseconds. */
export const FIRST_PAUSE_MS = 500
export const LONGEST_PAUSE_MS = 15_000

/**
 * How long to wait before attempt `attempt` (1 is the first after the loss). Doubles up to the cap;
 * the random half keeps a hundred pages from coming back in the same moment.
 */
export function pauseBefore(attempt: number, random: () => number): number {
  const full = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1))
  return full / 2 + (full / 2) * random()
}
