import { type Frame, type Goroutine, MAX_LEFTOVERS } from '@sandbox/protocol'
import type { Finished } from './findings.ts'

/** The goroutine that initialises the program and calls TestMain. */
const MAIN_GOROUTINE = 1
/** Functions that Go itself calls or makes before TestMain; what they start is left behind like what a test starts. */
const INITIALISES = /\.init(?:\.\d+)?(?:\.func[\d.]+)?$/

/** Whether a goroutine's creator is a function that initialises a package. */
export function isInitialiser(created: Frame | null): boolean {
  return created !== null && INITIALISES.test(created.function)
}

/** How many goroutines the tests left behind without proof that they can never end. */
export function leftoversIn(finished: Finished | null): number {
  return finished ? Math.max(0, finished.goroutines - finished.leaked) : 0
}

/** Those of the last dump's goroutines that are meant by that number, as far as they show a line of the run's own files. */
export function leftoversOf(goroutines: readonly Goroutine[], total: number): Goroutine[] {
  const own = goroutines.filter(({ role, leaked }) => role !== 'runtime' && !leaked)
  // What TestMain starts before the tests is not meant; an example runs in its goroutine too.
  const early = ({ creator, created }: Goroutine) => Number(creator === MAIN_GOROUTINE && !isInitialiser(created))
  return own.toSorted((a, b) => early(a) - early(b)).slice(0, Math.min(total, MAX_LEFTOVERS))
}
