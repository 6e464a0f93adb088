import type { Goroutine } from '@sandbox/protocol'
import { are, plural } from './count.ts'
import { type Findings, unfinishedTests } from './findings.ts'
import { atPlace, waitOf } from './places.ts'

/** Who waits for ever, where, and for what. */
export function deadlockSentence(findings: Findings): string {
  const { panic: words } = findings.lastWords
  const dump = findings.dumps.find(({ reason }) => reason === 'hang' || reason === 'stuck')?.goroutines
  const all = dump ?? findings.lastWords.dump.goroutines
  const test =
    all.find(({ role, leaked }) => role === 'test' && leaked)?.test ?? words?.test ?? testThatWaits(findings, all)
  const subject = words?.message.includes('has exited')
    ? `${test ?? 'the test'} has ended, but`
    : `${test ?? 'the test'} waits for ever:`
  const groups = groupsToTell(blocked(all, test), findings)
  if (groups.length === 0)
    return `Deadlock: ${test ?? 'the test'} waits for ever; no line of yours is in a blocked goroutine.`
  return `Deadlock: ${subject} ${groups.join(', and ')}.`
}

function testThatWaits(findings: Findings, all: readonly Goroutine[]): string | null {
  return unfinishedTests(findings)[0] ?? all.find(({ role }) => role === 'test')?.test ?? null
}

/** States of goroutines that wait for nobody else. */
export const AWAKE = /^(?:running|runnable|syscall|sleep|IO wait|synctest\.)/

/** Blocked goroutines that show a line: those of the test if there are any, proved ones first, those in candidate's files first. */
function blocked(all: readonly Goroutine[], test: string | null): Goroutine[] {
  const waiting = all.filter(({ site, state, role }) => site && role !== 'runtime' && !AWAKE.test(state))
  const ofTest = waiting.filter((goroutine) => goroutine.test === test)
  const candidates = ofTest.length > 0 ? ofTest : waiting
  const proved = candidates.filter(({ leaked }) => leaked)
  const told = proved.length > 0 ? proved : candidates
  const inCode = told.filter(({ site }) => site?.origin === 'candidate')
  return inCode.length > 0 ? inCode : told
}

/** How many different waits one sentence names. */
const MAX_WAITS_TOLD = 2

function groupsToTell(goroutines: readonly Goroutine[], findings: Findings): string[] {
  const groups = groupBy(goroutines, ({ state, site }) => `${state} ${site ? atPlace(site) : ''}`)
  return groups.slice(0, MAX_WAITS_TOLD).map(([first, ...rest]) => {
    const { doing, why } = waitOf(findings.sources, first)
    if (rest.length === 0) return `goroutine ${first.id} ${doing} and ${why}`
    return `each of ${rest.length + 1} goroutines ${doing} and ${why}`
  })
}

/** What is left after the tests: how many goroutines, where they were started and where they stand. */
export function leakSentence(findings: Findings): string {
  const all = findings.dumps.find(({ reason }) => reason === 'leak')?.goroutines.filter(({ leaked }) => leaked) ?? []
  const count = Math.max(findings.finished?.leaked ?? 0, all.length)
  const own = all.filter(({ role }) => role !== 'runtime')
  const groups = groupBy(
    own,
    ({ created, site, state }) => [created, site].map((at) => at && atPlace(at)).join() + state,
  )
  const [group] = groups.sort((a, b) => b.length - a.length)
  if (!group)
    return `Leak: ${plural(count, 'goroutine')} can never end and ${are(count)} still there after the tests ended.`
  const [first] = group
  const startedAt = first.created && first.created.origin !== 'go' ? ` started ${atPlace(first.created)}` : ''
  const { still } = waitOf(findings.sources, first)
  if (group.length === count) {
    return `Leak: ${plural(count, 'goroutine')}${startedAt} ${are(count)} still blocked ${still} after the tests ended.`
  }
  // The dump may have been cut: then the whole number is known, and not how it divides.
  const share = group.length * 2 > own.length ? 'most of them' : `${group.length} of them`
  return `Leak: ${count} goroutines are still blocked after the tests ended; ${share},${startedAt ? `${startedAt},` : ''} ${still}.`
}

function groupBy<T>(values: readonly T[], key: (value: T) => string): [T, ...T[]][] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const value of values) {
    const group = groups.get(key(value))
    if (group) group.push(value)
    else groups.set(key(value), [value])
  }
  return [...groups.values()]
}
