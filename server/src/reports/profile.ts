import {
  type Frame,
  MAX_PROFILE_DEPTH,
  MAX_PROFILE_STACKS,
  type Measure,
  type Profile,
  type ProfileKind,
} from '@sandbox/protocol'
import type { Pprof, PprofPlace } from './pprof.ts'
import { frameOf, isOfJudge, type Sources } from './sources.ts'

/** Characters of one profile as JSON, about: a real one has some tens of thousands, and a run's log takes five. */
export const MAX_PROFILE_CHARS = 400_000
const CHARS_OF_NUMBER = 8
/** A line beyond this is none. */
const MAX_LINE = 10_000_000

/** A profile before anything is said about it. */
export type RawProfile = Omit<Profile, 'measures'> & { measures: Omit<Measure, 'sentence'>[] }

interface Wanted {
  /** What runtime/pprof calls it. */
  type: string
  measure: Omit<Measure, 'sentence'>
}

const DELAY: Wanted['measure'] = { name: 'time waited', unit: 'nanoseconds' }

const WANTED: Record<ProfileKind, readonly Wanted[]> = {
  cpu: [{ type: 'cpu', measure: { name: 'CPU time', unit: 'nanoseconds' } }],
  heap: [
    { type: 'alloc_space', measure: { name: 'allocated', unit: 'bytes' } },
    { type: 'alloc_objects', measure: { name: 'objects allocated', unit: 'count' } },
    { type: 'inuse_space', measure: { name: 'in use at the end', unit: 'bytes' } },
  ],
  block: [
    { type: 'delay', measure: DELAY },
    { type: 'contentions', measure: { name: 'waits', unit: 'count' } },
  ],
  mutex: [
    { type: 'delay', measure: DELAY },
    { type: 'contentions', measure: { name: 'waits', unit: 'count' } },
  ],
  goroutine: [{ type: 'goroutine', measure: { name: 'goroutines', unit: 'count' } }],
}

/** The profile as it is shown: with origins, without what is in everybody's. Null where it is of another kind. */
export function toProfile(sources: Sources, kind: ProfileKind, pprof: Pprof): RawProfile | null {
  const wanted = WANTED[kind]
  const columns = wanted.map(({ type }) => pprof.types.findIndex((one) => one.type === type))
  if (columns.includes(-1)) return null
  const table = new FrameTable(sources)
  const stacks = new Map<string, Profile['stacks'][number]>()
  for (const sample of pprof.samples) {
    const values = columns.map((column) => sample.values[column] ?? 0)
    const places = sample.stack.flatMap((index) => pprof.places[index] ?? [])
    const shown = isOfReference(sources, places) ? null : shownPlaces(places)
    if (!shown || values.every((value) => value === 0)) continue
    addStack(stacks, table.indexesOf(shown), values)
  }
  const largest = [...stacks.values()].sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0))
  const kept = table.affordable(largest.slice(0, MAX_PROFILE_STACKS))
  return {
    kind,
    measures: wanted.map(({ measure }) => measure),
    ...table.used(kept),
    cut: largest.length - kept.length,
  }
}

function addStack(stacks: Map<string, Profile['stacks'][number]>, frames: number[], values: number[]): void {
  const key = frames.join()
  const known = stacks.get(key)
  if (!known) stacks.set(key, { frames, values })
  else known.values = known.values.map((value, index) => value + (values[index] ?? 0))
}

/** Measuring tests run the reference beside the candidate's code: what it does is neither the candidate's nor for showing. */
function isOfReference({ importPath }: Sources, places: readonly PprofPlace[]): boolean {
  return places.some(({ function: fn }) => fn.startsWith(`${importPath}/reference.`))
}

/**
 * The calls to be shown, outermost first. Null where the stack says nothing of the program: package testing waits for its
 * tests, the profile is being written, the judge looks.
 */
function shownPlaces(stack: readonly PprofPlace[]): PprofPlace[] | null {
  const isMachinery = ({ function: fn }: PprofPlace) => isTesting(fn) || isOfJudge(fn)
  const first = stack.find(({ function: fn }) => !isRuntime(fn))
  if (first && isMachinery(first)) return null
  if (stack.some(({ function: fn }) => fn.startsWith('runtime/pprof.'))) return null
  const outer = stack.findLastIndex(({ function: fn }) => !isRoot(fn))
  return stack.slice(Math.max(0, outer + 1 - MAX_PROFILE_DEPTH), outer + 1).reverse()
}

/** What stands at the bottom of every stack of a test. */
function isRoot(fn: string): boolean {
  return isTesting(fn) || isOfJudge(fn) || fn === 'main.main' || fn === 'runtime.main' || fn === 'runtime.goexit'
}

function isTesting(fn: string): boolean {
  return fn.startsWith('testing.')
}

function isRuntime(fn: string): boolean {
  return fn.startsWith('runtime.') || fn.startsWith('sync.') || fn.startsWith('internal/')
}

/** One function for all type arguments that share its code: `Get[go.shape.string]` is `Get[...]`, as pprof writes it. */
function withoutShapes(fn: string): string {
  return fn.includes('[') ? fn.replace(/\[go\.shape\..*\]/, '[...]') : fn
}

/** Each place once. */
class FrameTable {
  readonly #sources: Sources
  readonly #frames: Frame[] = []
  readonly #indexes = new Map<string, number>()

  constructor(sources: Sources) {
    this.#sources = sources
  }

  indexesOf(places: readonly PprofPlace[]): number[] {
    return places.map(({ function: fn, file, line }) =>
      this.#indexOf(frameOf(this.#sources, withoutShapes(fn), file, line <= MAX_LINE ? line : 0)),
    )
  }

  /** As many of the stacks, from the first, as MAX_PROFILE_CHARS has room for. */
  affordable(stacks: Profile['stacks']): Profile['stacks'] {
    const told = new Set<number>()
    let chars = 0
    const last = stacks.findIndex(({ frames, values }) => {
      chars += CHARS_OF_NUMBER * (frames.length + values.length)
      for (const index of frames) {
        if (!told.has(index)) chars += JSON.stringify(this.#frames[index]).length
        told.add(index)
      }
      return chars > MAX_PROFILE_CHARS
    })
    return last < 0 ? stacks : stacks.slice(0, last)
  }

  /** The stacks with the frames that they need, and no others. */
  used(stacks: Profile['stacks']): Pick<Profile, 'frames' | 'stacks'> {
    const order = [...new Set(stacks.flatMap(({ frames }) => frames))]
    const position = new Map(order.map((index, at) => [index, at]))
    return {
      frames: order.flatMap((index) => this.#frames[index] ?? []),
      stacks: stacks.map(({ frames, values }) => ({ frames: frames.map((index) => position.get(index) ?? 0), values })),
    }
  }

  #indexOf(frame: Frame): number {
    const key = `${frame.function} ${frame.file}:${frame.line}`
    const known = this.#indexes.get(key)
    if (known !== undefined) return known
    this.#indexes.set(key, this.#frames.length)
    return this.#frames.push(frame) - 1
  }
}
