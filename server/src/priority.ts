import { getPriority, setPriority } from 'node:os'

/** Steps of priority, as nice(1) counts them. */
const STEPS = 10

/**
 * Lets this process go before what it starts, where the system allows it, which is for root: people who type to each other
 * wait for it, and what runs in sandboxes takes all cores there are. Returns by how many steps; whatever is started from
 * now on inherits them.
 */
export function goFirst(): number {
  try {
    setPriority(getPriority() - STEPS)
    return STEPS
  } catch {
    return 0
  }
}
