import type { Frame, Goroutine } from '@sandbox/protocol'

/** Goroutines that stand at the same line in the same state and were started at the same place. */
export interface GoroutineGroup {
  key: string
  goroutines: Goroutine[]
}

/** Alike goroutines together, in the order of the first of each kind: a thousand workers are one line. */
export function groupGoroutines(goroutines: Goroutine[]): GoroutineGroup[] {
  const groups = new Map<string, Goroutine[]>()
  for (const goroutine of goroutines) {
    const key = keyOf(goroutine)
    groups.set(key, [...(groups.get(key) ?? []), goroutine])
  }
  return [...groups].map(([key, alike]) => ({ key, goroutines: alike }))
}

function keyOf({ state, leaked, role, site, created, waitsFor, test }: Goroutine): string {
  return JSON.stringify([stateWithoutAge(state), leaked, role, place(site), place(created), waitsFor, test])
}

/** The runtime adds `, 2 minutes` to long waits. */
function stateWithoutAge(state: string): string {
  return state.replace(/, \d+ minutes/, '')
}

function place(frame: Frame | null): string {
  return frame ? `${frame.file}:${frame.line} ${frame.function}` : ''
}
