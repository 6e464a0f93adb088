import type { Frame, Measure, ProfileKind } from '@sandbox/protocol'
import { assertNever } from '../assert-never.ts'
import type { RawProfile } from '../reports/profile.ts'
import { inHidden, isHiddenName, type Sources } from '../reports/sources.ts'
import { plural } from './count.ts'
import { atPlace, codeAt } from './places.ts'

/** The CPU profiler looks a hundred times a second: fewer looks than this are chance. */
const MIN_CPU_NANOSECONDS = 100_000_000
/** Less than this at the end is nobody's concern, in bytes: the profiles' own bookkeeping takes as much. */
const MIN_IN_USE_BYTES = 256 * 1024
/** A share of the runtime's own that is told before anything else. */
const WORTH_SAYING_FIRST = 0.3
/** A share that is worth the first place in a sentence. */
const WORTH_NAMING = 0.1

/** Code is quoted up to this length, in characters. */
const MAX_CODE_CHARS = 60

/** What a profile without a single stack says. */
export function nothingSentence(kind: ProfileKind, runs: number): string {
  const during = duringRuns(runs)
  switch (kind) {
    case 'cpu':
      return `No CPU profile: the tests used less than a hundredth of a second of CPU ${during}, and the profiler looks only so often.`
    case 'heap':
      return `Your code and its tests allocated nothing to speak of ${during}.`
    case 'block':
      return `No goroutine had to wait for a lock, a channel or a group ${during}.`
    case 'mutex':
      return `No goroutine had to wait because another one held a lock ${during}.`
    case 'goroutine':
      return `There was no goroutine beside those that run the tests ${during}.`
    default:
      return assertNever(kind)
  }
}

/** One sentence for each measure. */
export function profileSentences(sources: Sources, profile: RawProfile, runs: number): string[] {
  return profile.measures.map((measure, index) => {
    const total = profile.stacks.reduce((sum, { values }) => sum + (values[index] ?? 0), 0)
    const said = { sources, measure, total, hottest: hottestLine(profile, index), runs }
    return sentence(profile.kind, profile.kind === 'cpu' ? { ...said, runtime: ofRuntime(profile) } : said)
  })
}

interface Said {
  sources: Sources
  measure: Omit<Measure, 'sentence'>
  total: number
  hottest: Hot | null
  runs: number
  /** Of a CPU profile. */
  runtime?: { share: number; collector: boolean }
}

/** The line of the run's own files in which most was spent, by itself or in what it calls that is not the run's own. */
interface Hot {
  frame: Frame
  /** Of what own files spent, from 0 to 1. */
  share: number
}

/** A line of the candidate's files where one is worth naming, else one of the tests. */
function hottestLine(profile: RawProfile, measure: number): Hot | null {
  const { frames } = profile
  const own = hottest(profile, measure, (index) => frames[index]?.origin === 'candidate')
  if (own && own.share >= WORTH_NAMING) return own
  return hottest(profile, measure, (index) => frames[index]?.origin !== 'go')
}

function hottest({ frames, stacks }: RawProfile, measure: number, counts: (frame: number) => boolean): Hot | null {
  const byPlace = new Map<number, number>()
  let total = 0
  for (const stack of stacks) {
    const value = stack.values[measure] ?? 0
    if (stack.frames.some((index) => frames[index]?.origin !== 'go')) total += value
    const place = stack.frames.findLast(counts)
    if (place !== undefined) byPlace.set(place, (byPlace.get(place) ?? 0) + value)
  }
  const [first] = [...byPlace].sort(([, a], [, b]) => b - a)
  const frame = first && frames[first[0]]
  return frame && total > 0 ? { frame, share: first[1] / total } : null
}

/** What stacks without a line of the run's own files spent: the scheduler, the garbage collector, the runtime's other work. */
function ofRuntime({ frames, stacks }: RawProfile): { share: number; collector: boolean } {
  let all = 0
  let runtime = 0
  let collector = 0
  for (const { frames: calls, values } of stacks) {
    const value = values[0] ?? 0
    all += value
    if (calls.some((index) => frames[index]?.origin !== 'go')) continue
    runtime += value
    if (calls.some((index) => COLLECTS.test(frames[index]?.function ?? ''))) collector += value
  }
  return { share: all > 0 ? runtime / all : 0, collector: collector > runtime / 2 }
}

const COLLECTS = /^runtime\.(?:gcBgMarkWorker|bgsweep|bgscavenge|gcStart|gcMarkTermination)/

function sentence(kind: ProfileKind, said: Said): string {
  const { measure, total, hottest, runs } = said
  const amount = formatAmount(total, measure.unit)
  const during = duringRuns(runs)
  const share = hottest && hottest.share >= WORTH_NAMING ? percent(hottest.share) : null
  const where = hottest && share ? placeWords(said, hottest.frame, kind) : null
  switch (kind) {
    case 'cpu':
      return cpuSentence(said, where && `${share}${where}`, `${amount} of CPU ${during}`)
    case 'heap': {
      if (measure.name === 'in use at the end' && total < MIN_IN_USE_BYTES)
        return `Only ${amount} were still in use at the end.`
      const what =
        measure.name === 'in use at the end' ? `${amount} were still in use at the end` : allocated(said, amount)
      return where ? `${what}; ${share} of it${where}.` : `${what}; no line of yours stands out.`
    }
    case 'block': {
      const what = measure.unit === 'count' ? `Goroutines waited ${times(total)}` : `Goroutines waited ${amount} in all`
      return where ? `${what} ${during}; ${share} of it${where}.` : `${what} ${during}.`
    }
    case 'mutex': {
      const what =
        measure.unit === 'count' ? `Locks made others wait ${times(total)}` : `Locks made others wait ${amount} in all`
      return where ? `${what} ${during}; ${share} of it until the unlock${where}.` : `${what} ${during}.`
    }
    case 'goroutine': {
      const what = `${plural(Math.round(total), 'goroutine')} at the moment with most of them`
      return where ? `${what}; ${share}${where}.` : `${what}.`
    }
    default:
      return assertNever(kind)
  }
}

function cpuSentence({ total, runtime }: Said, where: string | null, amount: string): string {
  if (total < MIN_CPU_NANOSECONDS) return `Only ${amount}: too little to say where it goes${where ? `; ${where}` : ''}.`
  if (!runtime || runtime.share < WORTH_SAYING_FIRST)
    return where ? `Of ${amount}, ${where}.` : `No line of yours stands out in ${amount}.`
  const who = runtime.collector ? 'the garbage collector' : 'Go’s runtime, which switches between goroutines,'
  const left = total * (1 - runtime.share)
  if (left < MIN_CPU_NANOSECONDS)
    return `Of ${amount}, ${who} took ${percent(runtime.share)}; what is left is too little to say where it goes.`
  return `Of ${amount}, ${who} took ${percent(runtime.share)}${where ? `; of the rest, ${where}` : ''}.`
}

function allocated({ measure, runs, total }: Said, amount: string): string {
  const what =
    measure.unit === 'count' ? `${plural(Math.round(total), 'object')} were allocated` : `${amount} were allocated`
  return `${what} ${duringRuns(runs)}`
}

/** `` in `(*Cache).Get` at cache.go:31: `c.mu.Lock()` `` with the space before it. */
function placeWords({ sources }: Said, frame: Frame, kind: ProfileKind): string {
  if (isHiddenName(frame.file)) return ` ${inHidden(frame.file)}`
  const code = quotable(codeAt(sources, frame), kind)
  const quoted = code === null ? '' : `: \`${code}\``
  return ` in \`${shortName(frame.function)}\` ${atPlace(frame)}${quoted}`
}

/** A line's code where it says what is meant, is short, and is what stands there: strings have been taken out of it. */
function quotable(code: string | null, kind: ProfileKind): string | null {
  const text = code?.replace(/,$/, '') ?? ''
  if (!/\w/.test(text) || text.length > MAX_CODE_CHARS || /""|`/.test(text)) return null
  // A deferred unlock happens at the end of its function: that line does not say so.
  return kind === 'mutex' && !text.includes('nlock(') ? null : text
}

/** `sandbox/cache.(*Cache[...]).Get.deferwrap1` is `(*Cache).Get`. */
function shortName(fn: string): string {
  const inPackage = fn.slice(fn.lastIndexOf('/') + 1)
  const name = inPackage.slice(inPackage.indexOf('.') + 1)
  return name.replace('[...]', '').replace(/(?:\.(?:gowrap|deferwrap)\d+|-fm)+$/, '')
}

function duringRuns(runs: number): string {
  return runs === 1 ? 'in one run of the tests' : `in ${runs} runs of the tests`
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function times(count: number): string {
  return count === 1 ? 'once' : `${Math.round(count)} times`
}

function formatAmount(value: number, unit: Measure['unit']): string {
  switch (unit) {
    case 'nanoseconds':
      return formatNanoseconds(value)
    case 'bytes':
      return formatBytes(value)
    case 'count':
      return String(Math.round(value))
    default:
      return assertNever(unit)
  }
}

function formatNanoseconds(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} s`
  if (value >= 1e6) return `${(value / 1e6).toFixed(value >= 1e7 ? 0 : 1)} ms`
  return `${(value / 1e3).toFixed(0)} µs`
}

function formatBytes(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} MB`
  if (value >= 1e3) return `${(value / 1e3).toFixed(0)} KB`
  return `${Math.round(value)} bytes`
}
