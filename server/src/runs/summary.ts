import type { Diagnostic, FailureReason, Frame, Goroutine, Verdict } from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import { isInTestMain } from '../reports/goroutine-dump.ts'
import type { LastWords } from '../reports/panic.ts'
import { inHidden, isHiddenName, type Sources } from '../reports/sources.ts'
import { AWAKE, deadlockSentence, leakSentence } from './blocked-sentence.ts'
import { plural } from './count.ts'
import { type Findings, failedTests, passedTests, reasonOf, runningWithin, unfinishedTests } from './findings.ts'
import { leftoversOf } from './leftovers.ts'
import { atPlace, codeAt, functionOf, waitOf } from './places.ts'
import { raceSentence } from './race-sentence.ts'
import { whyVoid } from './verdict.ts'

/** A quoted message is cut at this length, in characters: the sentence is read under time pressure. */
const MAX_QUOTE_CHARS = 200

/** The runtime's number of the goroutine that runs main. */
const MAIN_GOROUTINE = 1

const WORDS_OF_REASON: Record<FailureReason, string> = {
  'too-slow': 'too slow',
  'too-many-allocations': 'too many allocations',
  'wrong-answers': 'wrong answers',
  'missed-bug': 'a bug is missed',
  'false-alarm': 'false alarm',
}

/** One plain sentence on what a run came to. It names the line where there is one. */
export function summarise(verdict: Verdict, findings: Findings): string {
  switch (verdict) {
    case 'passed':
      return passed(findings)
    case 'failed':
      return failed(findings)
    case 'race':
      return raceSentence(findings)
    case 'deadlock':
      return deadlockSentence(findings)
    case 'leak':
      return leakSentence(findings)
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
    left > 0
      ? `${plural(left, 'goroutine')} still alive at the end${placeOfLeftover(findings, left)}, not proved stuck`
      : 'no goroutine left behind'
  return `Passed: ${tests}${raceDetector ? ', no race seen' : ''}, and ${goroutines}.${leftOut(findings)}`
}

/** Where one of them stands, or was started: what to look at, because nothing else says whether it is meant to stay. */
function placeOfLeftover({ dumps }: Findings, left: number): string {
  const all = dumps.find(({ reason }) => reason === 'leak')?.goroutines ?? []
  const place = leftoversOf(all, left).flatMap(({ site, created }) => site ?? created ?? [])[0]
  if (!place || place.origin === 'go') return ''
  return left === 1 ? ` (${atPlace(place)})` : ` (one of them ${atPlace(place)})`
}

/** `go test` passes over such files in silence; a pass without them is not the pass that their author thinks it is. */
function leftOut({ leftOut: files }: Findings): string {
  const [first] = files
  if (!first) return ''
  return files.length === 1
    ? ` ${first.file} is left out of the build.`
    : ` ${files.length} files are left out of the build.`
}

function failed(findings: Findings): string {
  const { ended, plan, displayed } = findings
  const names = failedTests(findings)
  const [first] = names
  if (!first) return failedWithoutTest(findings)
  const found = firstMessage(findings, first)
  const told = found ? `${found.test}${found.place}: ${quote(found.text)}` : `${first} gives no message`
  const reason = reasonOf(findings)
  if (reason) return sentence(`Failed: ${WORDS_OF_REASON[reason]}: ${told}`)
  const exit = displayed.failed.size === 0 && ended?.exitCode === 0 ? ' although the process reported success' : ''
  return sentence(`Failed: ${names.length} of ${plural(plan.length, 'test')} failed${exit}; ${told}`)
}

/** The message of a failing leaf says more than its parent's; the order of the events is the order of the failures. */
function firstMessage({ displayed }: Findings, test: string): { test: string; place: string; text: string } | null {
  for (const [name, { place, text }] of displayed.messages) {
    const inTest = name === test || name.startsWith(`${test}/`)
    if (inTest && displayed.failed.has(name)) return { test: name, place: place ? ` at ${place}` : '', text }
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

function panic(findings: Findings): string {
  const { panic: words } = findings.lastWords
  if (findings.goroutineLimit !== null || words?.message.startsWith('race: limit on ')) {
    const limit = findings.goroutineLimit ?? 8128
    return `Panic: more than ${limit} goroutines were alive at once, which is where the race detector gives up.`
  }
  if (!words) return 'Panic: the test process crashed.'
  const [line = ''] = words.message.split('\n', 1)
  const place = panicPlace(words.goroutine) + panickedBefore(findings.lastWords)
  const running = unfinishedTests(findings)
  const blamed = words.test ?? (running.length === 1 ? running[0] : undefined)
  const test = blamed ? `, in ${blamed}` : ''
  return `${words.kind === 'fatal' ? 'Fatal error' : 'Panic'}: ${quote(line)}${place}${test}.`
}

/** Where it happened, and where the candidate's code called what panicked. */
function panicPlace(goroutine: Goroutine | null): string {
  if (!goroutine?.site) return ''
  const callers = goroutine.stack.slice(goroutine.stack.indexOf(goroutine.site))
  const caller = callers.find(({ origin }) => origin === 'candidate')
  const called = caller && goroutine.site.origin !== 'candidate' ? `, called ${atPlace(caller)}` : ''
  return ` ${atPlace(goroutine.site)}${called}`
}

/** Where it began, if the code that recovered from a panic panicked again: what is to be mended stands there. */
function panickedBefore({ panic: words, earlier: [first], again }: LastWords): string {
  const repeated = again ? `, raised again ${atPlace(again)}` : ''
  if (!first) return repeated
  const told = words?.message.includes(first.message) ? '' : `: ${quote(first.message)}`
  return `${repeated}, while handling the panic${first.site ? ` ${atPlace(first.site)}` : ''}${told}`
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
  const limit = timeLimit(findings)
  if (!test && standsInTestMain(dump)) {
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

/** A goroutine that runs the candidate's code explains a timeout best, then the test's own. */
function whereItStands({ sources }: Findings, all: readonly Goroutine[], test: string | null): string {
  const own = all.filter(({ site, role }) => site && role !== 'runtime')
  const busy = own.find(({ state, site }) => /^run/.test(state) && site?.origin === 'candidate')
  if (busy?.site) return `, with a goroutine busy ${placeOrFunction(sources, busy.site)}`
  // A test that still waits for its own watchdog says less than whom it watches.
  const stuck = own.find(({ leaked, role, site }) => leaked && role === 'candidate' && site?.origin === 'candidate')
  if (stuck) {
    const { doing, why } = waitOf(sources, stuck)
    return `: goroutine ${stuck.id} ${doing} and ${why}`
  }
  const ofTest = own.find((goroutine) => goroutine.role === 'test' && goroutine.test === test)
  const its = ofTest ?? (test ? undefined : standsInTestMain(own)) ?? own[0]
  if (!its?.site) return ''
  return AWAKE.test(its.state) ? `, ${atPlace(its.site)}` : `: goroutine ${its.id} ${waitOf(sources, its).doing}`
}

/** Where only the function is known, as of an empty loop, the line is the function's own first one. */
function placeOrFunction(sources: Sources, site: Frame): string {
  const begins = codeAt(sources, site)?.startsWith('func ') ?? false
  return begins ? `in ${functionOf(site)} ${atPlace(site)}` : atPlace(site)
}

function outOfMemory({ ended, limits }: Findings): string {
  const what = ended && ended.stage !== 'run' ? `the build (${ended.stage})` : 'the test process'
  return `Out of memory: ${what} needed more than ${bytes(limits.memoryBytes)} and was stopped.`
}

function compileError({ diagnostics, leftOut: files }: Findings): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return 'Does not compile: the compiler gave no message.'
  const [message = ''] = first.message.split('\n', 1)
  const rest = errors.length - 1
  const more = rest === 0 ? '' : rest === 1 ? ', and one more error' : `, and ${rest} more errors`
  const missing = files.find(({ file }) => file === first.file)
  if (missing) {
    const why = quote(missing.message.replace(/^left out: /, ''))
    return sentence(`Does not compile: ${first.file}:${first.line} is left out of the build: ${why}${more}`)
  }
  const gate = first.source === 'vet' ? 'Does not pass vet' : 'Does not compile'
  return sentence(`${gate}: ${quote(message)}${at(first)}${more}`)
}

function at({ file, line }: Diagnostic): string {
  if (file === '') return ''
  if (isHiddenName(file)) return ` ${inHidden(file)}`
  return line > 0 ? ` at ${file}:${line}` : ` in ${file}`
}

function rejected({ rejected: found }: Findings): string {
  if (!found) return 'Rejected: the files cannot be run.'
  const place = found.line > 0 ? `${found.file}:${found.line}: ` : found.file ? `${found.file}: ` : ''
  return sentence(`Rejected: ${place}${quote(found.message)}`)
}

function quote(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > MAX_QUOTE_CHARS ? `${flat.slice(0, MAX_QUOTE_CHARS)}…` : flat
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}

function seconds(ms: number): string {
  return `${ms / 1000} s`
}

function bytes(count: number): string {
  const gib = count / 2 ** 30
  return gib >= 1 ? `${Number(gib.toFixed(1))} GiB` : `${Number((count / 2 ** 20).toFixed(1))} MiB`
}
