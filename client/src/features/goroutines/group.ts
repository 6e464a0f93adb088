import type { Frame, Goroutine } from '@sandbox/protocol'

/** Goroutines that stand at the same line in the same state, at the same lock if it is one, and were started at the same place. */
export interface GoroutineGroup {
  key: string
  goroutines: Goroutine[]
}

/** Alike goroutines together, in the order of the first of each kind: a thousand workers are one line. */
export function groupGoroutines(goroutines: Goroutine[]): GoroutineGroup[] {
  const groups = new Map<string, Goroutine[]>()
  for (const goroutine of goroutines) {
    const key = keyOf(goroutine)
    const alike = groups.get(key)
    if (alike) alike.push(goroutine)
    else groups.set(key, [goroutine])
  }
  return [...groups].map(([key, alike]) => ({ key, goroutines: alike }))
}

/** The groups in which a word of the filter stands, in any of their lines: all words must. `texts` are those of the groups. */
export function filterGroups(
  groups: readonly GoroutineGroup[],
  texts: readonly string[],
  filter: string,
): readonly GoroutineGroup[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return groups
  return groups.filter((_, index) => words.every((word) => texts[index]?.includes(word)))
}

/** What a person may know of a group, in lower case: its state, its functions and lines, its test and its numbers. */
export function textOfGroup({ goroutines }: GoroutineGroup): string {
  const [first] = goroutines
  if (!first) return ''
  const frames = [...first.stack, ...(first.created ? [first.created] : [])]
  const places = frames.map((frame) => `${place(frame)} ${frame.function}`)
  const ids = goroutines.map(({ id }) => `goroutine ${id}`)
  return [first.state, first.leaked ? 'leaked' : '', first.test ?? '', first.told, ...places, ...ids]
    .join('\n')
    .toLowerCase()
}

/** `on 6 channels`, where each of a group may wait at one of its own; empty where it is one or none. */
export function channelsOf({ goroutines }: GoroutineGroup): string {
  const channels = new Set(goroutines.flatMap(({ waitsFor }) => waitsFor ?? [])).size
  if (channels < 2) return ''
  return `on ${goroutines.some(({ alike }) => alike > 0) ? 'at least ' : ''}${channels.toLocaleString('en')} channels`
}

/** Which lock it is decides who could end the waiting; channels that are waited at alike are told together. */
function keyOf({ state, leaked, role, site, created, waitsFor, test }: Goroutine): string {
  const lock = state.startsWith('sync.') ? waitsFor : null
  return JSON.stringify([stateWithoutAge(state), leaked, role, place(site), place(created), lock, test])
}

/** The runtime adds `, 2 minutes` to long waits. */
function stateWithoutAge(state: string): string {
  return state.replace(/, \d+ minutes/, '')
}

function place(frame: Frame | null): string {
  return frame ? `${frame.file}:${frame.line} ${frame.function}` : ''
}
