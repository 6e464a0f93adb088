import type { Escape, Frame, Measure, Profile, ProfileKind } from '@sandbox/protocol'
import { assertNever } from './assert-never.ts'
import type { RunState, TakenProfile } from './run.ts'

/** In the order in which they are listed. */
export const PROFILE_KINDS: readonly ProfileKind[] = ['cpu', 'block', 'mutex', 'heap', 'goroutine']

/** A profile that has something in it. */
export type FullProfile = TakenProfile & { profile: Profile }

/** What one function spent. */
export interface FunctionCost {
  /** As the runtime writes it: tells functions apart. */
  key: string
  name: string
  /** Its most expensive line. */
  frame: Frame
  /** By itself. */
  flat: number
  /** With all that it calls. */
  cumulative: number
}

/** What one line of the run's own files spent, with all that it calls. */
interface LineCost {
  file: string
  line: number
  value: number
  /** Of the whole profile, from 0 to 1. */
  share: number
}

/** How a function's cumulative cost in one run of the tests differs from that of another profile. */
export interface CostChange {
  before: number
  now: number
  /** More than chance, and enough to look at. */
  notable: boolean
}

/** The CPU profiler's own unit: it looks a hundred times a second. */
const SAMPLE_NANOSECONDS = 10_000_000
/** Of the larger of two costs, a difference that is enough to look at. */
const NOTABLE_PART = 0.1

/** Lines that get a hint beside them, most expensive first. */
const MAX_HOT_LINES = 12
/** What is less than this of the whole is not worth a hint. */
const MIN_SHARE = 0.01

/** The profiles of a run in the order in which they are listed. */
export function profilesOf(run: RunState): TakenProfile[] {
  return PROFILE_KINDS.flatMap((kind) => run.profiles.filter((one) => one.kind === kind))
}

/** The profile that is shown: the chosen one, or the first that has something in it. */
export function shownProfile(run: RunState, chosen: ProfileKind | null): TakenProfile | null {
  const all = profilesOf(run)
  return all.find(({ kind }) => kind === chosen) ?? all.find(isFull) ?? all[0] ?? null
}

export function isFull(taken: TakenProfile): taken is FullProfile {
  return taken.profile !== null
}

/** The latest earlier run that has a profile of this kind, which it may be compared with. */
export function earlierProfile(
  runs: readonly RunState[],
  run: RunState,
  kind: ProfileKind,
): { number: number; taken: FullProfile } | null {
  for (let index = runs.indexOf(run) - 1; index >= 0; index--) {
    const taken = runs[index]?.profiles.find((one) => one.kind === kind)
    if (taken && isFull(taken)) return { number: index + 1, taken }
  }
  return null
}

/** The sum of a measure over all stacks. */
export function totalOf({ stacks }: Profile, measure: number): number {
  return stacks.reduce((sum, { values }) => sum + (values[measure] ?? 0), 0)
}

/** What every function spent, the most expensive by itself first. A function that calls itself counts once in a stack. */
export function functionCosts(profile: Profile, measure: number): FunctionCost[] {
  const costs = new Map<string, FunctionCost>()
  const byPlace = new Map<number, number>()
  for (const { frames, values } of profile.stacks) {
    const value = values[measure] ?? 0
    const seen = new Set<string>()
    for (const index of frames) {
      const frame = profile.frames[index]
      if (!frame) continue
      const key = functionKey(frame)
      const cost = costs.get(key) ?? { key, name: functionName(frame.function), frame, flat: 0, cumulative: 0 }
      costs.set(key, cost)
      byPlace.set(index, (byPlace.get(index) ?? 0) + value)
      if (!seen.has(key)) cost.cumulative += value
      seen.add(key)
    }
    const leaf = profile.frames[frames.at(-1) ?? -1]
    const own = leaf && costs.get(functionKey(leaf))
    if (own) own.flat += value
  }
  for (const [index] of [...byPlace].sort(([, a], [, b]) => a - b)) {
    const frame = profile.frames[index]
    const cost = frame && costs.get(functionKey(frame))
    // The last one is the most expensive.
    if (cost) cost.frame = frame
  }
  return [...costs.values()].sort((a, b) => b.flat - a.flat || b.cumulative - a.cumulative)
}

/** What the lines of the run's own files spent, most first: each stack counts once for a line. */
function lineCosts(profile: Profile, measure: number): LineCost[] {
  const costs = new Map<string, LineCost>()
  const total = totalOf(profile, measure)
  for (const { frames, values } of profile.stacks) {
    const value = values[measure] ?? 0
    for (const index of new Set(frames)) {
      const frame = profile.frames[index]
      if (!frame || frame.line === 0 || (frame.origin !== 'candidate' && frame.origin !== 'test')) continue
      const key = `${frame.file}:${frame.line}`
      const cost = costs.get(key) ?? { file: frame.file, line: frame.line, value: 0, share: 0 }
      costs.set(key, { ...cost, value: cost.value + value })
    }
  }
  const all = [...costs.values()].map((cost) => ({ ...cost, share: total > 0 ? cost.value / total : 0 }))
  return all.sort((a, b) => b.value - a.value)
}

/** A few words behind a line of a run's snapshot. */
export interface LineHint {
  file: string
  /** 1-based, in the snapshot. */
  line: number
  text: string
  /** How loud it is, from 0 to 1. */
  weight: number
}

/** What the shown profile says behind the lines that cost most; with the heap's, what the compiler says of escapes. */
export function costHints(run: RunState, view: { kind: ProfileKind | null; measure: number }): LineHint[] {
  const shown = shownProfile(run, view.kind)
  if (!shown) return []
  const costs = isFull(shown) ? hintsOfCosts(shown.profile, view.measure) : []
  return shown.kind === 'heap' ? withEscapes(costs, run.escapes?.list ?? []) : costs
}

function hintsOfCosts(profile: Profile, wanted: number): LineHint[] {
  const index = wanted < profile.measures.length ? wanted : 0
  const measure = profile.measures[index]
  if (!measure) return []
  return lineCosts(profile, index)
    .filter(({ share }) => share >= MIN_SHARE)
    .slice(0, MAX_HOT_LINES)
    .map(({ file, line, value, share }) => ({
      file,
      line,
      text: `${percent(share)} of ${measure.name}${measure.unit === 'count' ? '' : `, ${formatCost(value, measure.unit)}`}`,
      weight: share,
    }))
}

/** One hint a line: what it costs, and what of it goes to the heap. */
function withEscapes(costs: readonly LineHint[], escapes: readonly Escape[]): LineHint[] {
  const hints = new Map(costs.map((hint) => [`${hint.file}:${hint.line}`, hint]))
  for (const { file, line, text } of escapes) {
    const key = `${file}:${line}`
    const known = hints.get(key)
    hints.set(key, known ? { ...known, text: `${known.text}; ${text}` } : { file, line, text, weight: 0 })
  }
  return [...hints.values()]
}

/** By function, what it costs in one run of the tests now and in another profile. */
export function changes(now: FullProfile, before: FullProfile, measure: number): Map<string, CostChange> {
  const costs = new Map<string, { before: number; now: number }>()
  for (const { key, cumulative } of functionCosts(before.profile, measure))
    costs.set(key, { before: cumulative, now: 0 })
  for (const { key, cumulative } of functionCosts(now.profile, measure))
    costs.set(key, { before: costs.get(key)?.before ?? 0, now: cumulative })
  const runs = { before: before.runs, now: now.runs }
  return new Map([...costs].map(([key, sums]) => [key, changeOf(now.kind, sums, runs)]))
}

type Pair = { before: number; now: number }

/** Looks of the CPU profiler are counted: a difference within two standard errors of the counts is chance. */
function changeOf(kind: ProfileKind, sums: Pair, runs: Pair): CostChange {
  const before = sums.before / runs.before
  const now = sums.now / runs.now
  const difference = Math.abs(now - before)
  const unit = kind === 'cpu' ? SAMPLE_NANOSECONDS : 0
  const error = Math.sqrt(unit * (sums.before / runs.before ** 2 + sums.now / runs.now ** 2))
  return { before, now, notable: difference > 2 * error && difference > NOTABLE_PART * Math.max(before, now) }
}

/** Tells functions apart: two packages may have one of the same name. */
export function functionKey({ function: fn, origin }: Frame): string {
  return `${origin} ${fn}`
}

/** `sandbox/cache.(*Cache[...]).Get` is `(*Cache).Get` among the run's own and `encoding/json.Marshal` stays what it is. */
export function functionName(fn: string): string {
  const own = fn.startsWith('sandbox/') ? fn.slice(fn.indexOf('.', fn.lastIndexOf('/')) + 1) : fn
  return own.replaceAll('[...]', '').replace(/(?:\.(?:gowrap|deferwrap)\d+|-fm)+$/, '')
}

export function percent(share: number): string {
  const value = share * 100
  return `${value >= 10 || value === 0 ? Math.round(value) : value.toFixed(1)} %`
}

/** `1.24 s`, `3.5 MB`, `1,430`. */
export function formatCost(value: number, unit: Measure['unit']): string {
  switch (unit) {
    case 'nanoseconds':
      return scaled(value, [
        [1e9, 's'],
        [1e6, 'ms'],
        [1e3, 'µs'],
        [1, 'ns'],
      ])
    case 'bytes':
      return scaled(value, [
        [1e9, 'GB'],
        [1e6, 'MB'],
        [1e3, 'KB'],
        [1, 'B'],
      ])
    case 'count':
      return value >= 10 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toFixed(1)
    default:
      return assertNever(unit)
  }
}

function scaled(value: number, units: readonly (readonly [number, string])[]): string {
  const [size, name] = units.find(([least]) => value >= least) ?? units.at(-1) ?? [1, '']
  const amount = value / size
  return `${amount >= 100 || Number.isInteger(amount) ? Math.round(amount) : amount.toPrecision(2)} ${name}`
}
