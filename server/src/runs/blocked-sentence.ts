import { countGoroutines, type Goroutine } from '@sandbox/protocol'
import type { Sources } from '../reports/sources.ts'
import { AWAKE, callerOf, doingOf } from './doing.ts'
import { bubbleHasExited, type Findings, runningWithin, unfinishedTests } from './findings.ts'
import { groupBy } from './group-by.ts'
import { cycleTold, holdersFor, holderTold, type Known } from './holders.ts'
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
  const isStuck = ({ leaked }: Goroutine) => leaked || dump?.reason === 'stuck'
  const known = { sources: findings.sources, waitFor: dump?.waitFor ?? null, isStuck, knowsHolder: isStuck }
  const groups = groupsToTell(blocked(all, test, exited), known)
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
  return known.isStuck(goroutine) ? waitTold(goroutine, known) : seenWaiting(goroutine, known)
}

/** What a goroutine that may still go on waits for, and who held it meanwhile. */
export function seenWaiting(goroutine: Goroutine, { sources, waitFor, knowsHolder }: Known): string {
  const holder = knowsHolder(goroutine) ? holderTold(goroutine, waitFor) : null
  const doing = doingOf(sources, goroutine)
  return holder ? `${doing}, ${holder}` : doing
}

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

/** How many different waits one sentence names. */
const MAX_WAITS_TOLD = 2

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
function holderNext(
  groups: [Goroutine, ...Goroutine[]][],
  { waitFor, knowsHolder }: Known,
): [Goroutine, ...Goroutine[]][] {
  const [first, ...others] = groups
  if (!first || !waitFor || !knowsHolder(first[0])) return groups
  const holders = holdersFor(first[0], waitFor).map(({ goroutine }) => goroutine)
  const isNext = (group: readonly Goroutine[]) => group.some(({ id }) => holders.includes(id))
  return [first, ...others.filter(isNext), ...others.filter((group) => !isNext(group))]
}

/** What a blocked goroutine waits for, and why that does not come. */
function waitTold(goroutine: Goroutine, { sources, waitFor, knowsHolder }: Known): string {
  if (goroutine.alone) return `${doingOf(sources, goroutine)}, where only its own timer wakes it and nobody can end it`
  const holder = knowsHolder(goroutine) ? holderTold(goroutine, waitFor) : null
  if (holder) return `${doingOf(sources, goroutine)}, ${holder}`
  const held = selfHold(sources, goroutine)
  if (held) return `${held.doing} and ${held.why}`
  const doing = doingOf(sources, goroutine)
  if (goroutine.state === 'sleep') return doing
  return `${doing}${callerOf(goroutine) ? ',' : ''} and ${waitOf(sources, goroutine).why}`
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
