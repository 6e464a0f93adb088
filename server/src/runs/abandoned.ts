import type { Goroutine, SupervisorEvent } from '@sandbox/protocol'
import { isInitialiser } from './leftovers.ts'

/** Selects whose loop does not end by itself. */
export type Loops = Extract<SupervisorEvent, { type: 'plan' }>['loops']

/**
 * Whether a goroutine is left to its own timer for ever. Nobody reaches the other channels of the select in which it waits,
 * its loop has no other way out, and a loop that waits for nothing but time, or that the program starts with, may be meant to
 * live: see docs/decisions/0034.
 */
export function isAbandoned({ alone, state, site, stack, selects, created }: Goroutine, loops: Loops): boolean {
  if (!alone || state !== 'select' || !site || stack[0] !== site || isInitialiser(created)) return false
  const loop = loops.find(({ file, line }) => file === site.file && line === site.line)
  if (!loop || (loop.oneShot && selects.some(({ timer }) => timer === 'fires'))) return false
  return selects.some(({ timer }) => timer !== null) && selects.some(({ timer }) => timer === null)
}
