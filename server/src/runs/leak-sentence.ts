import { countGoroutines, type Goroutine, type WaitFor } from '@sandbox/protocol'
import { are, plural } from './count.ts'
import type { Findings } from './findings.ts'
import { groupBy } from './group-by.ts'
import { cycleTold, holderTold } from './holders.ts'
import { atPlace, waitOf } from './places.ts'

/** What is left after the tests: how many goroutines, where they were started and where they stand. */
export function leakSentence(findings: Findings): string {
  const dump = findings.dumps.find(({ reason }) => reason === 'leak')
  const all = dump?.goroutines.filter(({ leaked }) => leaked) ?? []
  const count = Math.max(findings.finished?.leaked ?? 0, countGoroutines(all))
  const own = all.filter(({ role }) => role !== 'runtime')
  const cycle = dump ? cycleTold(findings.sources, dump) : []
  if (cycle.length > 0 && all.some(({ id }) => dump?.waitFor.cycle.includes(id)))
    return `Leak: ${plural(count, 'goroutine')} ${are(count)} still blocked after the tests ended: ${cycle.join(', and ')}.`
  const groups = groupBy(
    own,
    ({ created, site, state }) => [created, site].map((at) => at && atPlace(at)).join() + state,
  )
  const [group] = groups.sort((a, b) => countGoroutines(b) - countGoroutines(a))
  if (!group)
    return `Leak: ${plural(count, 'goroutine')} can never end and ${are(count)} still there after the tests ended.`
  const [first] = group
  const startedAt = first.created && first.created.origin !== 'go' ? ` started ${atPlace(first.created)}` : ''
  const { still } = waitOf(findings.sources, first)
  const why = first.alone ? ENDLESS : heldBy(first, dump?.waitFor ?? null)
  const grouped = countGoroutines(group)
  if (grouped === count) {
    return `Leak: ${plural(count, 'goroutine')}${startedAt} ${are(count)} still ${first.alone ? 'looping' : 'blocked'} ${still} after the tests ended${why}.`
  }
  // The dump may have been cut: then the whole number is known, and not how it divides.
  const share = grouped * 2 > countGoroutines(own) ? 'most of them' : `${grouped} of them`
  return `Leak: ${count} goroutines are still blocked after the tests ended; ${share},${startedAt ? `${startedAt},` : ''} ${still}${why}.`
}

/** Why the loop of one that is left to its own timer has no end. */
const ENDLESS = ': only its own timer wakes it, and nobody can reach the channel that would end its loop'

/** Who holds the lock that it waits for. */
function heldBy(goroutine: Goroutine, waitFor: WaitFor | null): string {
  const holder = holderTold(goroutine, waitFor)
  return holder ? `: it waits for a lock ${holder}` : ''
}
