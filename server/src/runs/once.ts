import type { Frame, Goroutine } from '@sandbox/protocol'

/** What locks the mutex of a sync.Once, and calls its function while it has it. */
const RUNS_ONCE = 'sync.(*Once).doSlow'
const LOCKS = /^(?:runtime\.|(?:internal\/)?sync\.(?:runtime_|\(\*Mutex\)\.))/

/** Whether a goroutine waits until the function of a sync.Once, or of a OnceFunc and its kin, has returned. */
export function waitsForOnce({ state, stack }: Pick<Goroutine, 'state' | 'stack'>): boolean {
  return state === 'sync.Mutex.Lock' && stack.find(({ function: name }) => !LOCKS.test(name))?.function === RUNS_ONCE
}

/** The line in a Once's function from which the goroutine that runs it came back to a Once; null where it runs none. */
export function comesBackFrom({ stack }: Pick<Goroutine, 'stack'>): Frame | null {
  const [waits = -1, runs = -1] = stack.flatMap(({ function: name }, index) => (name === RUNS_ONCE ? [index] : []))
  return stack.slice(waits + 1, Math.max(runs, 0)).findLast(({ origin }) => origin !== 'go') ?? null
}
