import type { Access, Diagnostic, Frame, Goroutine, Race, Verdict } from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import type { Sources } from '../reports/sources.ts'
import { type Findings, failedTests, passedTests, unfinishedTests } from './findings.ts'
import { codeAt, functionOf, placeOf, racedVariable, waitOf } from './places.ts'
import { whyVoid } from './verdict.ts'

/** A quoted message is cut at this length, in characters: the sentence is read under time pressure. */
const MAX_QUOTE_CHARS = 200

/** One plain sentence on what a run came to. It names the line where there is one. */
export function summarise(verdict: Verdict, findings: Findings): string {
  switch (verdict) {
    case 'passed':
      return passed(findings)
    case 'failed':
      return failed(findings)
    case 'race':
      return race(findings)
    case 'deadlock':
      return deadlock(findings)
    case 'leak':
      return leak(findings)
    case 'panic':
      return panic(findings)
    case 'timeout':
      return timeout(findings)
    case 'out-of-memory':
      return outOfMemory(findings)
    case 'output-limit':
      return `Too much output: the tests printed more than ${bytes(findings.limits.outputBytes)} and were stopped.`
    case 'compile-error':
      return compileError(findings)
    case 'rejected':
      return rejected(findings)
    case 'cancelled':
      return 'Cancelled: the run was stopped before it came to a result.'
    case 'void':
      return `No verdict: ${whyVoid(findings) ?? 'the evidence is not complete'}.`
    case 'internal-error':
      return 'Internal error: the sandbox was lost during the run. This is not your code’s fault; press Run to try again.'
    default:
      return assertNever(verdict)
  }
}

function passed(findings: Findings): string {
  const { plan, raceDetector, finished } = findings
  const count = passedTests(findings).length
  const skipped = plan.length - count
  const tests = `${count} of ${plural(plan.length, 'test')}${skipped > 0 ? ` (${skipped} skipped)` : ''}`
  const left = finished?.goroutines ?? 0
  const goroutines =
    left > 0 ? `${plural(left, 'goroutine')} still alive at the end, none of them stuck` : 'no goroutine left behind'
  return `Passed: ${tests}${raceDetector ? ', no race' : ''}, and ${goroutines}.`
}

function failed(findings: Findings): string {
  const { ended, plan, displayed } = findings
  const names = failedTests(findings)
  const [first] = names
  if (!first) return failedWithoutTest(findings)
  const found = firstMessage(findings, first)
  const told = found ? `${found.test}: ${quote(found.message)}` : `${first} gives no message`
  const exit = displayed.failed.size === 0 && ended?.exitCode === 0 ? ' although the process reported success' : ''
  return sentence(`Failed: ${names.length} of ${plural(plan.length, 'test')} failed${exit}; ${told}`)
}

/** The message of a failing leaf says more than its parent's; the order of the events is the order of the failures. */
function firstMessage({ displayed }: Findings, test: string): { test: string; message: string } | null {
  for (const [name, message] of displayed.messages) {
    const inTest = name === test || name.startsWith(`${test}/`)
    if (inTest && displayed.failed.has(name)) return { test: name, message }
  }
  return null
}

function failedWithoutTest(findings: Findings): string {
  const { ended } = findings
  const [running] = unfinishedTests(findings)
  const end = ended?.signal ? `was killed by ${ended.signal}` : `ended with exit code ${ended?.exitCode ?? 'unknown'}`
  if (running) return `Failed: the test process ${end} while ${running} was running.`
  if (findings.finished) return `Failed: no test failed, but the test process ${end}.`
  return `Failed: the test process ${end} before all tests had run.`
}

function race(findings: Findings): string {
  const [first] = findings.races
  if (!first) {
    const count = Math.max(findings.raceReports, findings.finished?.races ?? 0)
    return `Race: the race detector counted ${plural(count, 'race')}, but the report itself was lost.`
  }
  const more = findings.races.length - 1
  return `Race: ${raceStory(findings, first)}${more > 0 ? ` (and ${more} more)` : ''}.`
}

function raceStory(findings: Findings, { accesses }: Race): string {
  const [later, earlier] = accesses
  const [write, other] = later.kind === 'write' ? [later, earlier] : [earlier, later]
  if (!write.site || !other.site) return lostSite(write, other)
  const variable = racedVariable(findings.sources, write.site, other.site)
  const name = variable ? ` \`${variable}\`` : ''
  const same = write.site.function === other.site.function && write.site.line === other.site.line && write.site.line > 0
  if (same)
    return `${actor(write)} changes${name || ' the same variable'} at ${placeOf(write.site)} in two goroutines at once, and nothing orders the two`
  const verb = other.kind === 'write' ? 'writes' : 'reads'
  const what = variable ? ' it' : ''
  return `${actor(write)} writes${name} at ${placeOf(write.site)} while ${actor(other)} ${verb}${what} at ${placeOf(other.site)}, and nothing orders the two`
}

function lostSite(write: Access, other: Access): string {
  const known = write.site ? write : other
  const verb = known.kind === 'write' ? 'writes' : 'reads'
  if (!known.site)
    return 'two goroutines access the same memory and nothing orders the two; neither shows a line of yours'
  return `${actor(known)} ${verb} at ${placeOf(known.site)} while another goroutine, whose line is not known, accesses the same memory`
}

function actor({ site, goroutine, stack }: Access): string {
  if (!site) return 'a goroutine'
  const outermost = stack.findLast(({ origin }) => origin !== 'go')
  const text = functionOf(site)
  // The literal that a goroutine was started with is better known as that goroutine.
  const isStart = goroutine !== 'main' && outermost === site && text.startsWith('a function literal')
  return isStart ? text.replace('a function literal in', 'a goroutine of') : text
}

function deadlock(findings: Findings): string {
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

const AWAKE = /^(?:running|runnable|syscall|sleep|IO wait|synctest\.)/

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
  const groups = groupBy(goroutines, ({ state, site }) => `${state} ${site ? placeOf(site) : ''}`)
  return groups.slice(0, MAX_WAITS_TOLD).map(([first, ...rest]) => {
    const { doing, why } = waitOf(findings.sources, first)
    if (rest.length === 0) return `goroutine ${first.id} ${doing} and ${why}`
    return `each of ${rest.length + 1} goroutines ${doing} and ${why}`
  })
}

function leak(findings: Findings): string {
  const all = findings.dumps.find(({ reason }) => reason === 'leak')?.goroutines.filter(({ leaked }) => leaked) ?? []
  const count = Math.max(findings.finished?.leaked ?? 0, all.length)
  const own = all.filter(({ role }) => role !== 'runtime')
  const groups = groupBy(
    own,
    ({ created, site, state }) => [created, site].map((at) => at && placeOf(at)).join() + state,
  )
  const [group] = groups.sort((a, b) => b.length - a.length)
  if (!group)
    return `Leak: ${plural(count, 'goroutine')} can never end and ${are(count)} still there after the tests ended.`
  const [first] = group
  const startedAt = first.created && first.created.origin !== 'go' ? ` started at ${placeOf(first.created)}` : ''
  const rest = count - group.length
  const others = rest > 0 ? `, and ${rest} more` : ''
  const { still } = waitOf(findings.sources, first)
  return `Leak: ${plural(group.length, 'goroutine')}${startedAt} ${are(group.length)} still blocked ${still} after the tests ended${others}.`
}

function panic(findings: Findings): string {
  const { panic: words } = findings.lastWords
  if (findings.goroutineLimit !== null || words?.message.startsWith('race: limit on ')) {
    const limit = findings.goroutineLimit ?? 8128
    return `Panic: more than ${limit} goroutines were alive at once, which is where the race detector gives up.`
  }
  if (!words) return 'Panic: the test process crashed.'
  const [line = ''] = words.message.split('\n', 1)
  const site = words.goroutine?.site
  const place = site ? ` at ${placeOf(site)}` : ''
  const test = words.test ? `, in ${words.test}` : ''
  return `${words.kind === 'fatal' ? 'Fatal error' : 'Panic'}: ${quote(line)}${place}${test}.`
}

function timeout(findings: Findings): string {
  const { ended, limits } = findings
  if (ended && ended.stage !== 'run') {
    return `Timeout: the build took longer than ${seconds(limits.buildWallMs)} and was stopped in its ${ended.stage} step.`
  }
  const dump =
    findings.dumps.find(({ reason }) => reason === 'timeout')?.goroutines ?? findings.lastWords.dump.goroutines
  const [running] = unfinishedTests(findings)
  const test = running ?? findings.lastWords.panic?.test ?? null
  const where = whereItStands(findings, dump, test)
  const limit = findings.lastWords.meaning === 'timeout' ? 'their time limit' : seconds(limits.runWallMs)
  const who = test ? `; ${test} was still running` : ''
  return `Timeout: the tests ran longer than ${limit}${who}${where}.`
}

/** A goroutine that runs the candidate's code explains a timeout best, then the test's own. */
function whereItStands({ sources }: Findings, all: readonly Goroutine[], test: string | null): string {
  const own = all.filter(({ site, role }) => site && role !== 'runtime')
  const busy = own.find(({ state, site }) => /^run/.test(state) && site?.origin === 'candidate')
  if (busy?.site) return `, with a goroutine busy ${placeOrFunction(sources, busy.site)}`
  const its = own.find((goroutine) => goroutine.role === 'test' && goroutine.test === test) ?? own[0]
  if (!its?.site) return ''
  return AWAKE.test(its.state) ? `, at ${placeOf(its.site)}` : `: goroutine ${its.id} ${waitOf(sources, its).doing}`
}

/** The compiler gives the jump of an empty loop no line of its own: line 1, the package clause. */
function placeOrFunction(sources: Sources, site: Frame): string {
  const isClause = codeAt(sources, site)?.startsWith('package ') ?? false
  return isClause ? `in ${functionOf(site)} (${site.file})` : `at ${placeOf(site)}`
}

function outOfMemory({ ended, limits }: Findings): string {
  const what = ended && ended.stage !== 'run' ? `the build (${ended.stage})` : 'the test process'
  return `Out of memory: ${what} needed more than ${bytes(limits.memoryBytes)} and was stopped.`
}

function compileError({ diagnostics }: Findings): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return 'Does not compile: the compiler gave no message.'
  const [message = ''] = first.message.split('\n', 1)
  const rest = errors.length - 1
  const more = rest === 0 ? '' : rest === 1 ? ', and one more error' : `, and ${rest} more errors`
  const gate = first.source === 'vet' ? 'Does not pass vet' : 'Does not compile'
  return sentence(`${gate}: ${quote(message)}${at(first)}${more}`)
}

function at({ file, line }: Diagnostic): string {
  if (file === '') return ''
  return line > 0 ? ` at ${file}:${line}` : ` in a ${file}`
}

function rejected({ rejected: found }: Findings): string {
  if (!found) return 'Rejected: the files cannot be run.'
  const place = found.line > 0 ? `${found.file}:${found.line}: ` : found.file ? `${found.file}: ` : ''
  return sentence(`Rejected: ${place}${quote(found.message)}`)
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

function quote(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > MAX_QUOTE_CHARS ? `${flat.slice(0, MAX_QUOTE_CHARS)}…` : flat
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are'
}

function seconds(ms: number): string {
  return `${ms / 1000} s`
}

function bytes(count: number): string {
  const gib = count / 2 ** 30
  return gib >= 1 ? `${Number(gib.toFixed(1))} GiB` : `${Number((count / 2 ** 20).toFixed(1))} MiB`
}
