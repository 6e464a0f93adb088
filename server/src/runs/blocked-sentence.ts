import {
  countGoroutines,
  type Frame,
  type Goroutine,
  type Hold,
  type WaitFor,
  type WaitObject,
} from '@sandbox/protocol'
import type { Sources } from '../reports/sources.ts'
import { heldAgainst } from '../reports/wait-for.ts'
import { are, plural } from './count.ts'
import { bubbleHasExited, type Findings, runningWithin, type TakenDump, unfinishedTests } from './findings.ts'
import { atPlace, codeAt, waitOf } from './places.ts'

/** Who waits for ever, where, and for what. */
export function deadlockSentence(findings: Findings): string {
  const { panic: words } = findings.lastWords
  const exited = bubbleHasExited(findings)
  const dump = findings.dumps.find(({ reason }) => reason === 'hang' || reason === 'stuck')
  const all = dump?.goroutines ?? findings.lastWords.dump.goroutines
  const test =
    all.find(({ role, leaked }) => role === 'test' && leaked)?.test ?? words?.test ?? testThatWaits(findings, all)
  const name = test ? runningWithin(findings, test) : 'the test'
  const cycle = dump ? cycleTold(findings.sources, dump) : []
  if (cycle.length > 0) return `Deadlock: ${name} waits for ever: ${cycle.join(', and ')}.`
  const groups = groupsToTell(blocked(all, test, exited), {
    sources: findings.sources,
    waitFor: dump?.waitFor ?? null,
    isStuck: ({ leaked }) => leaked || dump?.reason === 'stuck',
  })
  if (exited)
    return `Deadlock: ${test ?? 'the test'} has ended, but ${groups.join(', and ') || withoutLine(all, findings)}.`
  if (groups.length === 0) return `Deadlock: ${name} waits for ever; no line of yours is in a blocked goroutine.`
  return `Deadlock: ${name} waits for ever: ${groups.join(', and ')}.`
}

function testThatWaits(findings: Findings, all: readonly Goroutine[]): string | null {
  return unfinishedTests(findings)[0] ?? all.find(({ role }) => role === 'test')?.test ?? null
}

/** What a goroutine waits for; where it can never go on, also why. Empty where it does not wait. */
export function blockedTold(goroutine: Goroutine, known: Known): string {
  if (goroutine.role === 'runtime' || AWAKE.test(goroutine.state)) return ''
  return known.isStuck(goroutine) ? waitTold(goroutine, known) : doingOf(known.sources, goroutine)
}

/** States of goroutines that wait for nobody else. */
export const AWAKE = /^(?:running|runnable|syscall|sleep|IO wait|synctest\.)/

/** In a bubble that has exited the clock stands still: who sleeps there sleeps for ever. */
function waits({ state }: Goroutine, exited: boolean): boolean {
  return !AWAKE.test(state) || (exited && state === 'sleep')
}

/** Goroutines of a bubble that has exited, of which no stack shows a line: of one, where the candidate started it. */
function withoutLine(all: readonly Goroutine[], { sources }: Findings): string {
  const started = all.find((goroutine) => waits(goroutine, true) && goroutine.created?.origin === 'candidate')
  if (!started?.created) return 'goroutines that it started have not; no line of yours is in a blocked goroutine'
  return `goroutine ${started.id}, started ${atPlace(started.created)}, ${doingOf(sources, started)}`
}

/** Blocked goroutines that show a line: those of the test if there are any, proved ones first, those in candidate's files first. */
function blocked(all: readonly Goroutine[], test: string | null, exited: boolean): Goroutine[] {
  const waiting = all.filter((goroutine) => goroutine.site && goroutine.role !== 'runtime' && waits(goroutine, exited))
  const ofTest = waiting.filter((goroutine) => goroutine.test === test)
  const candidates = ofTest.length > 0 ? ofTest : waiting
  const proved = candidates.filter(({ leaked }) => leaked)
  const told = proved.length > 0 ? proved : candidates
  const inCode = told.filter(({ site }) => site?.origin === 'candidate')
  if (inCode.length > 0) return inCode
  const underCode = told.filter((goroutine) => callerOf(goroutine))
  return underCode.length > 0 ? underCode : told
}

/** The candidate's line that called what waits, where that is somebody else's. */
function callerOf({ site, stack }: Goroutine): Frame | undefined {
  return site?.origin === 'candidate' ? undefined : stack.find(({ origin }) => origin === 'candidate')
}

function doingOf(sources: Sources, goroutine: Goroutine): string {
  const { state, site } = goroutine
  const doing = state === 'sleep' ? `sleeps${site ? ` ${atPlace(site)}` : ''}` : waitOf(sources, goroutine).doing
  const caller = callerOf(goroutine)
  return caller ? `${doing}, called from ${caller.file}:${caller.line}` : doing
}

type Holder = NonNullable<WaitObject['holders']>[number]

/** How many different waits one sentence names. */
const MAX_WAITS_TOLD = 2

/** What is known beside the goroutines themselves. */
interface Known {
  sources: Sources
  waitFor: WaitFor | null
  /** Whether a goroutine can never go on: of others nobody knows who holds what they wait for by now. */
  isStuck(goroutine: Goroutine): boolean
}

function groupsToTell(goroutines: readonly Goroutine[], known: Known): string[] {
  const groups = holderNext(
    groupBy(goroutines, (one) => waitTold(one, known)),
    known,
  )
  return groups.slice(0, MAX_WAITS_TOLD).map(([first, ...rest]) => {
    const count = countGoroutines([first, ...rest])
    const who = count === 1 ? `goroutine ${first.id}` : `each of ${count} goroutines`
    return `${who} ${waitTold(first, known)}`
  })
}

/** Who holds what the first ones wait for is told right after them: what it waits for itself is the other half of the story. */
function holderNext(groups: [Goroutine, ...Goroutine[]][], { waitFor, isStuck }: Known): [Goroutine, ...Goroutine[]][] {
  const [first, ...others] = groups
  if (!first || !waitFor || !isStuck(first[0])) return groups
  const holders = holdersFor(first[0], waitFor).map(({ goroutine }) => goroutine)
  const isNext = (group: readonly Goroutine[]) => group.some(({ id }) => holders.includes(id))
  return [first, ...others.filter(isNext), ...others.filter((group) => !isNext(group))]
}

/** What a blocked goroutine waits for, and why that does not come. */
function waitTold(goroutine: Goroutine, { sources, waitFor, isStuck }: Known): string {
  const holder = isStuck(goroutine) ? holderTold(goroutine, waitFor) : null
  if (holder) return `${doingOf(sources, goroutine)}, ${holder}`
  const held = selfHold(sources, goroutine)
  if (held) return `${held.doing} and ${held.why}`
  const doing = doingOf(sources, goroutine)
  if (goroutine.state === 'sleep') return doing
  return `${doing}${callerOf(goroutine) ? ',' : ''} and ${waitOf(sources, goroutine).why}`
}

/** How many members of a cycle one sentence names. */
const MAX_MEMBERS_TOLD = 3

/** The cycle of goroutines that wait for each other's locks, one after the other. */
function cycleTold(sources: Sources, { goroutines, waitFor }: Pick<TakenDump, 'goroutines' | 'waitFor'>): string[] {
  const members = waitFor.cycle.flatMap((id) => goroutines.find((one) => one.id === id) ?? [])
  const rest = members.length > MAX_MEMBERS_TOLD ? [`so on, ${members.length} goroutines in a circle`] : []
  const told = members.slice(0, MAX_MEMBERS_TOLD).map((goroutine, index) => {
    const next = members[(index + 1) % members.length] ?? goroutine
    const hold = holdOf(goroutine, next.id, waitFor)
    const at = hold?.site ? ` ${atPlace(hold.site)}` : ''
    const locked = hold?.reading ? 'read-locked' : 'locked'
    const upgrade = hold?.reading && members.length === 1 ? ': a read lock does not become a write lock' : ''
    if (queuesBehind(goroutine, next)) {
      return `goroutine ${goroutine.id} ${doingOf(sources, goroutine)}, behind goroutine ${next.id}, which waits to write`
    }
    const who = next === goroutine ? 'it has itself' : `goroutine ${next.id} has`
    return `goroutine ${goroutine.id} ${doingOf(sources, goroutine)}, which ${who} ${locked}${at}${upgrade}`
  })
  return [...told, ...rest]
}

/** A reader waits behind a writer that has the lock no more than it has: who waits to write is let in first. */
function queuesBehind(reader: Goroutine, writer: Goroutine): boolean {
  return reader !== writer && writer.state === 'sync.RWMutex.Lock' && reader.waitsFor === writer.waitsFor
}

function holdOf(goroutine: Goroutine, holder: number, waitFor: WaitFor): Hold | undefined {
  return holdersFor(goroutine, waitFor).find((one) => one.goroutine === holder)?.hold
}

function holdersFor(goroutine: Goroutine, waitFor: WaitFor) {
  const holders = waitFor.objects.find(({ address }) => address === goroutine.waitsFor)?.holders ?? []
  return heldAgainst(goroutine, holders)
}

/** Who holds the lock that a goroutine waits for, where that is known of exactly one. */
function holderTold(goroutine: Goroutine, waitFor: WaitFor | null): string | null {
  const [holder, ...others] = waitFor ? holdersFor(goroutine, waitFor) : []
  if (!holder) return null
  if (others.length > 0) return readersTold([holder, ...others])
  const object = waitFor?.objects.find(({ address }) => address === goroutine.waitsFor)
  if (goroutine.state === 'sync.RWMutex.RLock' && object?.waiters.includes(holder.goroutine)) {
    return `behind goroutine ${holder.goroutine}, which waits to write${readerTold(goroutine, object)}`
  }
  const { site, reading } = holder.hold
  const locked = `${reading ? 'read-locked' : 'locked'}${site ? ` ${atPlace(site)}` : ''}`
  if (holder.goroutine === goroutine.id) return `which it has itself ${locked}`
  if (holder.ended) return `which goroutine ${holder.goroutine} ${locked} and did not unlock before it ended`
  return `which goroutine ${holder.goroutine} has ${locked}`
}

/** Whom the writer waits for that others wait behind, where that is one. */
function readerTold(goroutine: Goroutine, { holders }: WaitObject): string {
  const [reader, ...others] = (holders ?? []).filter(({ hold, ended }) => hold.reading && !ended)
  if (!reader || others.length > 0) return ''
  const who = reader.goroutine === goroutine.id ? 'this one' : `goroutine ${reader.goroutine}`
  return ` while ${who} has read-locked it${reader.hold.site ? ` ${atPlace(reader.hold.site)}` : ''}`
}

/** Several that have read-locked the same lock, where nobody has locked it. */
function readersTold(holders: readonly Holder[]): string | null {
  const [first] = holders
  if (!first || holders.some(({ hold, ended }) => !hold.reading || ended)) return null
  const site = first.hold.site
  const same = holders.every(({ hold }) => hold.site?.file === site?.file && hold.site?.line === site?.line)
  const at = site ? `${same ? '' : ', one of them'} ${atPlace(site)}` : ''
  return `which ${holders.length} goroutines have read-locked${at}`
}

/** How far above a `Lock` its own `RLock` is looked for, in lines. */
const MAX_LINES_ABOVE = 60

/** A function that asks an RWMutex for writing while it has it for reading: the one lock that waits for itself. */
function selfHold(sources: Sources, { state, site }: Goroutine): { doing: string; why: string } | null {
  if (state !== 'sync.RWMutex.Lock' || !site) return null
  const lock = /^([A-Za-z_][\w.]*)\.Lock\(\)$/.exec(codeAt(sources, site) ?? '')?.[1]
  if (!lock) return null
  for (let line = site.line - 1; line > 0 && line > site.line - MAX_LINES_ABOVE; line--) {
    const code = codeAt(sources, { ...site, line })
    if (code === `${lock}.RUnlock()` || code?.startsWith('func ')) return null
    if (code === `${lock}.RLock()`) {
      const why = `the same function read-locked it ${atPlace({ ...site, line })}: a read lock does not become a write lock`
      return { doing: `waits for \`${lock}.Lock\` ${atPlace(site)}`, why }
    }
  }
  return null
}

/** What is left after the tests: how many goroutines, where they were started and where they stand. */
export function leakSentence(findings: Findings): string {
  const all = findings.dumps.find(({ reason }) => reason === 'leak')?.goroutines.filter(({ leaked }) => leaked) ?? []
  const count = Math.max(findings.finished?.leaked ?? 0, countGoroutines(all))
  const own = all.filter(({ role }) => role !== 'runtime')
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
  const grouped = countGoroutines(group)
  if (grouped === count) {
    return `Leak: ${plural(count, 'goroutine')}${startedAt} ${are(count)} still blocked ${still} after the tests ended.`
  }
  // The dump may have been cut: then the whole number is known, and not how it divides.
  const share = grouped * 2 > countGoroutines(own) ? 'most of them' : `${grouped} of them`
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
