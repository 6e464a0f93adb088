import type { Frame, Goroutine } from '@sandbox/protocol'
import { isInTestMain } from '../reports/goroutine-dump.ts'
import type { Sources } from '../reports/sources.ts'
import { seenWaiting } from './blocked-sentence.ts'
import { AWAKE } from './doing.ts'
import { type Findings, runningWithin, type TakenDump, unfinishedTests } from './findings.ts'
import { cycleTold, type Known } from './holders.ts'
import { atPlace, codeAt, functionOf, waitOf } from './places.ts'

/** The runtime's number of the goroutine that runs main. */
const MAIN_GOROUTINE = 1
/** How many busy places, and how many waits, one sentence names. */
const MAX_BUSY_TOLD = 2
const MAX_WAITS_TOLD = 2

/** What was still running, and where it stood shortly before the limit. */
export function timeoutSentence(findings: Findings): string {
  const { ended, limits } = findings
  if (ended && ended.stage !== 'run') {
    return `Timeout: the build took longer than ${seconds(limits.buildWallMs)} and was stopped in its ${ended.stage} step.`
  }
  const dump = findings.dumps.findLast(({ reason }) => reason === 'timeout')
  const all = dump?.goroutines ?? findings.lastWords.dump.goroutines
  const [running] = unfinishedTests(findings)
  const test = running ?? findings.lastWords.panic?.test ?? null
  const where = whereItStands(knownOf(findings, dump), all, test)
  const limit = timeLimit(findings)
  if (!test && standsInTestMain(all)) {
    return `Timeout: TestMain was still running after ${limit}${momentOf(findings)}${where}.`
  }
  const who = test ? `; ${runningWithin(findings, test)} was still running` : ''
  return `Timeout: the tests ran longer than ${limit}${who}${where}.`
}

/** The limit that ended the tests, in words. */
function timeLimit(findings: Findings): string {
  const { limits, runCpuMs } = findings
  if (alarmOfTheirOwn(findings)) return 'their time limit'
  return runCpuMs !== null && runCpuMs >= limits.runCpuMs
    ? `${seconds(limits.runCpuMs)} of CPU time`
    : seconds(limits.runWallMs)
}

/** The main goroutine in code of TestMain, and not in the tests that it runs. */
function standsInTestMain(all: readonly Goroutine[]): Goroutine | undefined {
  return all.find(({ id, role, stack }) => id === MAIN_GOROUTINE && role !== 'runtime' && stack.some(isInTestMain))
}

function momentOf({ tests, finished }: Findings): string {
  if (tests.size === 0) return ', before any test began'
  return finished ? ', after its tests had ended' : ''
}

/** Package testing has our limit: another one in its words is one that the tests set themselves. */
function alarmOfTheirOwn({ lastWords, limits }: Findings): boolean {
  const after = /^test timed out after (?:(\d+)m)?(\d+(?:\.\d+)?)s/.exec(lastWords.panic?.message ?? '')
  if (lastWords.meaning !== 'timeout') return false
  return !after || (Number(after[1] ?? 0) * 60 + Number(after[2])) * 1000 !== limits.runWallMs
}

interface Seen extends Known {
  /** Goroutines that wait for each other's locks, in words; empty where there is no such cycle. */
  cycle: string[]
}

function knownOf({ sources }: Findings, dump: TakenDump | undefined): Seen {
  return {
    sources,
    waitFor: dump?.waitFor ?? null,
    cycle: dump ? cycleTold(sources, dump) : [],
    isStuck: ({ leaked }) => leaked,
    knowsHolder: () => dump !== undefined,
  }
}

/** A cycle of locks says all. Otherwise who runs the candidate's code explains a timeout best, and then who waits. */
function whereItStands(known: Seen, all: readonly Goroutine[], test: string | null): string {
  if (known.cycle.length > 0) return `: ${known.cycle.join(', and ')}`
  const own = all.filter(({ site, role }) => site && role !== 'runtime')
  const ofTest = own.find((goroutine) => goroutine.role === 'test' && goroutine.test === test)
  const its = ofTest ?? (test ? undefined : standsInTestMain(own)) ?? own[0]
  const busy = busyTold(known.sources, own)
  if (busy) return `, with ${busy}${heldUp(known, own)}`
  // A test that still waits for its own watchdog says less than whom it watches.
  const stuck = own.find(({ leaked, role, site }) => leaked && role === 'candidate' && site?.origin === 'candidate')
  if (stuck) {
    const { doing, why } = waitOf(known.sources, stuck)
    return `: goroutine ${stuck.id} ${doing} and ${why}`
  }
  if (!its?.site) return ''
  if (AWAKE.test(its.state)) return `, ${atPlace(its.site)}${heldUp(known, own)}`
  return `: ${waitsTold(known, its, own).join(', and ')}`
}

/** Where goroutines run the candidate's code; null where none does. */
function busyTold(sources: Sources, own: readonly Goroutine[]): string | null {
  const busy = own.filter(({ state, site }) => /^run/.test(state) && site?.origin === 'candidate')
  const places = [...new Set(busy.flatMap(({ site }) => (site ? [placeOrFunction(sources, site)] : [])))]
  const told = places.slice(0, MAX_BUSY_TOLD)
  if (told.length === 0) return null
  return `${busy.length === 1 ? 'a goroutine' : `${busy.length} goroutines`} busy ${told.join(' and ')}`
}

/** Somebody who waits for a lock that is known to be held. */
function heldUp(known: Known, own: readonly Goroutine[]): string {
  for (const goroutine of own) {
    if (AWAKE.test(goroutine.state)) continue
    const told = seenWaiting(goroutine, known)
    if (told !== seenWaiting(goroutine, { ...known, knowsHolder: () => false }))
      return `; goroutine ${goroutine.id} ${told}`
  }
  return ''
}

/** The test's own wait, and another one in the candidate's code. */
function waitsTold(known: Known, its: Goroutine, own: readonly Goroutine[]): string[] {
  const others = own.filter(({ state, site }) => !AWAKE.test(state) && site?.origin === 'candidate')
  const told = new Map<string, number>()
  for (const goroutine of [its, ...others]) {
    const wait = seenWaiting(goroutine, known)
    if (!told.has(wait) && told.size < MAX_WAITS_TOLD) told.set(wait, goroutine.id)
  }
  return [...told].map(([wait, id]) => `goroutine ${id} ${wait}`)
}

/** Where only the function is known, as of an empty loop, the line is the function's own first one. */
function placeOrFunction(sources: Sources, site: Frame): string {
  const begins = codeAt(sources, site)?.startsWith('func ') ?? false
  return begins ? `in ${functionOf(site)} ${atPlace(site)}` : atPlace(site)
}

function seconds(ms: number): string {
  return `${ms / 1000} s`
}
