import type { Diagnostic, FailureReason, Goroutine, Verdict } from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import type { LastWords } from '../reports/panic.ts'
import { inHidden, isHiddenName } from '../reports/sources.ts'
import { deadlockSentence } from './blocked-sentence.ts'
import { plural } from './count.ts'
import { type Findings, failedTests, passedTests, reasonOf, unfinishedTests } from './findings.ts'
import { cycleTold } from './holders.ts'
import { leakSentence } from './leak-sentence.ts'
import { leftoversOf } from './leftovers.ts'
import { atPlace, deferredTold } from './places.ts'
import { raceSentence } from './race-sentence.ts'
import { timeoutSentence } from './timeout-sentence.ts'
import { whyVoid } from './verdict.ts'

/** A quoted message is cut at this length, in characters: the sentence is read under time pressure. */
const MAX_QUOTE_CHARS = 200

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
      return timeoutSentence(findings)
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
  const told = leftoversOf(all, left).find(({ site, created }) => (site ?? created)?.origin !== 'go')
  const place = told?.site ?? told?.created
  if (!told || !place || place.origin === 'go') return ''
  const asleep = told.state === 'sleep' ? 'asleep ' : ''
  const woken = told.alone && told.selects.some(({ timer }) => timer !== null) ? ', woken by its own timer alone' : ''
  return ` (${left === 1 ? '' : 'one of them '}${asleep}${atPlace(place)}${woken})`
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
  const whole = sentence(`Failed: ${names.length} of ${plural(plan.length, 'test')} failed${exit}; ${told}`)
  return `${whole}${waitingStill(findings)}${advice(findings)}`
}

/** Goroutines that wait for each other's locks at the end: a test that has a time limit of its own fails by that, and says no more. */
function waitingStill({ sources, dumps }: Findings): string {
  const dump = dumps.findLast(({ reason }) => reason === 'leak')
  const cycle = dump ? cycleTold(sources, dump) : []
  return cycle.length > 0 ? ` At the end ${cycle.join(', and ')}.` : ''
}

/** Vet's findings about concurrency: what `go test` does not check, and what a failure without a race may come from. */
const CONCURRENCY_ANALYZERS: ReadonlySet<string> = new Set([
  'atomic',
  'copylocks',
  'loopclosure',
  'lostcancel',
  'testinggoroutine',
  'waitgroup',
])

/** The first of them. */
function advice({ diagnostics }: Findings): string {
  const found = diagnostics.filter(({ analyzer }) => analyzer !== undefined && CONCURRENCY_ANALYZERS.has(analyzer))
  const [first] = found
  if (!first) return ''
  const more = found.length > 1 ? `, and ${found.length - 1} more like it` : ''
  return ` Vet says${at(first)}: ${quote(first.message)}${more}.`
}

/** The message of a failing leaf says more than its parent's; the order of the events is the order of the failures. */
function firstMessage({ displayed }: Findings, test: string): { test: string; place: string; text: string } | null {
  const within = [...displayed.messages].filter(
    ([name]) => (name === test || name.startsWith(`${test}/`)) && displayed.failed.has(name),
  )
  const [name, message] = within.find(([, { isLog }]) => !isLog) ?? within[0] ?? []
  if (name === undefined || message === undefined) return null
  return { test: name, place: message.place ? ` at ${message.place}` : '', text: message.text }
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
  const place =
    panicPlace(findings, words.goroutine) + panickedBefore(findings.lastWords) + startedTold(words.goroutine)
  const running = unfinishedTests(findings)
  const blamed = words.test ?? (running.length === 1 ? running[0] : undefined)
  const test = blamed ? `, in ${blamed}` : ''
  return `${words.kind === 'fatal' ? 'Fatal error' : 'Panic'}: ${quote(line)}${place}${test}.${advice(findings)}`
}

/** Where it happened, and where the candidate's code called what panicked. */
function panicPlace({ sources }: Findings, goroutine: Goroutine | null): string {
  if (!goroutine?.site) return ''
  const callers = goroutine.stack.slice(goroutine.stack.indexOf(goroutine.site))
  const caller = callers.find(({ origin }) => origin === 'candidate')
  const called = caller && goroutine.site.origin !== 'candidate' ? `, called ${atPlace(caller)}` : ''
  return ` ${atPlace(goroutine.site)}${deferredTold(sources, goroutine)}${called}`
}

/** A panic in a goroutine of its own ends the program: whoever started it cannot recover from it. */
function startedTold(goroutine: Goroutine | null): string {
  const created = goroutine?.site ? goroutine.created : null
  return created && created.origin !== 'go' ? `, in the goroutine started ${atPlace(created)}` : ''
}

/** Where it began, if the code that recovered from a panic panicked again: what is to be mended stands there. */
function panickedBefore({ panic: words, earlier: [first], again }: LastWords): string {
  const repeated = again ? `, raised again ${atPlace(again)}` : ''
  if (!first) return repeated
  const told = words?.message.includes(first.message) ? '' : `: ${quote(first.message)}`
  return `${repeated}, while handling the panic${first.site ? ` ${atPlace(first.site)}` : ''}${told}`
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

function bytes(count: number): string {
  const gib = count / 2 ** 30
  return gib >= 1 ? `${Number(gib.toFixed(1))} GiB` : `${Number((count / 2 ** 20).toFixed(1))} MiB`
}
