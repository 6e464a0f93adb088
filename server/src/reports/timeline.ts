import {
  type Frame,
  GoRole,
  GoState,
  MAX_TIMELINE_STRINGS,
  RawTimeline,
  type Timeline,
  type TimelineTotals,
} from '@sandbox/protocol'
import { testOfFunction } from './function-name.ts'
import { frameOf, isOfJudge, redactPositions, type Sources } from './sources.ts'
import { totalsOf } from './timeline-totals.ts'
import { cutSentence, problemSentence, reasonWords, type Wait } from './timeline-words.ts'

type Columns = Exclude<RawTimeline, { problem: unknown }>

/** What a trace's columns came to: something to show, or one sentence that says why there is nothing. */
export type ReadTimeline =
  | { type: 'timeline'; timeline: Timeline; totals: TimelineTotals; longest: LongestWait | null }
  | { type: 'unreadable'; sentence: string }

/** The longest wait of a goroutine of the tests or of the code. */
export type LongestWait = { goroutine: number; ns: number; words: string; site: Frame | null }

/** Different frames that are kept; stacks lose their outer frames beyond that. */
const MAX_DISTINCT_FRAMES = 20_000
const MAX_TESTS = 2000

/**
 * Reads what sandbox-images/go/timeline wrote of a trace. Total: junk ends in a sentence. Frames of hidden files lose their
 * file and line here, as in every other report, and not in the sandbox: what is hidden is known here, and what comes out of
 * there may have been written by the code that ran.
 */
export function readTimeline(sources: Sources, bytes: Uint8Array): ReadTimeline {
  const raw = RawTimeline.safeParse(parsed(bytes)).data
  if (!raw) return { type: 'unreadable', sentence: problemSentence('broken') }
  if ('problem' in raw) return { type: 'unreadable', sentence: problemSentence(raw.problem) }
  if (!isConsistent(raw)) return { type: 'unreadable', sentence: problemSentence('broken') }
  return new Reading(sources, raw).result()
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return null
  }
}

/** Whether all columns of a table are equally long, every reference leads somewhere, and no time lies outside. */
function isConsistent(raw: Columns): boolean {
  const { goroutines, spans, ranges, held, handoffs } = raw
  const tables = [goroutines, spans, ranges, held, handoffs].map((table) => Object.values(table))
  if (!tables.every((columns) => columns.every((column) => column.length === columns[0]?.length))) return false
  const below = (most: number, ...columns: number[][]) => columns.every((column) => column.every((n) => n < most))
  const from0 = (...columns: number[][]) => columns.every((column) => column.every((n) => n >= 0))
  return (
    below(goroutines.id.length, goroutines.creator, spans.goroutine, spans.by, ranges.goroutine, handoffs.goroutine) &&
    below(raw.stacks.length, goroutines.stack, spans.stack) &&
    below(raw.strings.length, goroutines.start, spans.reason, ranges.name, held.name) &&
    below(raw.procs.length, spans.proc, ranges.proc, held.proc, handoffs.proc) &&
    below(raw.threads, spans.thread, ranges.thread, held.thread) &&
    below(raw.lengthNs + 1, goroutines.created, goroutines.ended, handoffs.at) &&
    from0(spans.begin, spans.length, spans.goroutine, spans.state, held.proc, handoffs.at, handoffs.proc) &&
    raw.stacks.every((stack) => stack.length % 3 === 0) &&
    endsInTime(raw)
  )
}

function endsInTime({ lengthNs, spans, ranges, held }: Columns): boolean {
  let begin = 0
  const isInside = (at: number, length: number) => at >= 0 && length >= 0 && at + length <= lengthNs
  return (
    spans.begin.every((distance, row) => {
      begin += distance
      return isInside(begin, spans.length[row] ?? 0)
    }) && [ranges, held].every(({ begin: from, length }) => from.every((at, row) => isInside(at, length[row] ?? 0)))
  )
}

/** Text by text and frame by frame from what the sandbox knows to what the page may know. */
class Reading {
  readonly #sources: Sources
  readonly #raw: Columns
  readonly #texts = new Table()
  readonly #frames: Frame[] = []
  readonly #frameAt = new Map<string, number>()
  readonly #stacks: number[][]

  constructor(sources: Sources, raw: Columns) {
    this.#sources = sources
    this.#raw = raw
    this.#stacks = raw.stacks.map((stack) => this.#stack(stack))
  }

  result(): ReadTimeline {
    const { lengthNs, cut, procs, threads, goroutines, spans, ranges, held, handoffs } = this.#raw
    const waits = this.#waits()
    const role = this.#roles()
    const { tests, test } = this.#tests()
    const timeline: Timeline = {
      lengthNs,
      cut: cutSentence(cut, lengthNs),
      procs,
      threads,
      spans: { ...spans, reason: this.#reasons(waits) },
      ranges: { ...ranges, name: ranges.name.map((name) => this.#text(name)) },
      held: { ...held, name: held.name.map(() => -1) },
      handoffs,
      texts: this.#texts.all,
      frames: this.#frames,
      stacks: this.#stacks,
      tests,
      goroutines: { ...goroutines, start: goroutines.start.map((start) => this.#text(start)), role, test },
    }
    return { type: 'timeline', timeline, totals: totalsOf(timeline, waits), longest: this.#longest(waits, role) }
  }

  #string(at: number): string {
    return this.#raw.strings[at] ?? ''
  }

  /** Position of a raw string among the texts; -1 stays -1. */
  #text(at: number): number {
    return at < 0 ? -1 : this.#texts.add(redactPositions(this.#sources, this.#string(at)))
  }

  #stack(raw: number[]): number[] {
    const stack: number[] = []
    for (let at = 0; at < raw.length; at += 3) {
      const fn = this.#string(raw[at] ?? -1)
      if (isOfJudge(fn)) continue
      const frame = this.#frame(fn, this.#string(raw[at + 1] ?? -1), Math.max(0, raw[at + 2] ?? 0))
      if (frame < 0) break
      stack.push(frame)
    }
    return stack
  }

  #frame(fn: string, file: string, line: number): number {
    const key = `${line} ${file} ${fn}`
    const known = this.#frameAt.get(key)
    if (known !== undefined) return known
    if (this.#frames.length >= MAX_DISTINCT_FRAMES) return -1
    this.#frameAt.set(key, this.#frames.length)
    return this.#frames.push(frameOf(this.#sources, fn, file, line)) - 1
  }

  #framesOf(stack: number): Frame[] {
    return (this.#stacks[stack] ?? []).flatMap((at) => this.#frames[at] ?? [])
  }

  /** What every span's goroutine waits for, or why it does not run; worked out once for each reason with each stack. */
  #waits(): Wait[] {
    const { state, reason, stack } = this.#raw.spans
    const known = new Map<number, Wait>()
    return state.map((state, row) => {
      // One number, not a text: there may be two hundred thousand rows.
      const key = ((stack[row] ?? -1) + 1) * 4 * (MAX_TIMELINE_STRINGS + 1) + ((reason[row] ?? -1) + 1) * 4 + state
      const wait =
        known.get(key) ?? reasonWords(state, this.#string(reason[row] ?? -1), () => this.#framesOf(stack[row] ?? -1))
      known.set(key, wait)
      return wait
    })
  }

  /** The words' positions among the texts. Spans of a kind share one object. */
  #reasons(waits: readonly Wait[]): number[] {
    const known = new Map<Wait, number>()
    return waits.map((wait) => {
      const position = known.get(wait) ?? this.#texts.add(wait.words)
      known.set(wait, position)
      return position
    })
  }

  #roles(): number[] {
    const { id, start, stack } = this.#raw.goroutines
    const own = this.#stacks.map((frames) => frames.some((at) => this.#frames[at]?.origin !== 'go'))
    const touchesOwn = new Set<number>()
    const { goroutine, stack: at, state } = this.#raw.spans
    goroutine.forEach((g, row) => {
      // The stack of a runnable one may be somebody else's.
      if (state[row] !== GoState.runnable && own[at[row] ?? -1]) touchesOwn.add(g)
    })
    return id.map((_, g) => {
      const name = this.#string(start[g] ?? -1)
      if (name === 'testing.tRunner') return GoRole.test
      if (/^runtime[./]/.test(name)) return GoRole.runtime
      return touchesOwn.has(g) || own[stack[g] ?? -1] ? GoRole.candidate : GoRole.runtime
    })
  }

  /** The test whose function stands in a stack of a goroutine; else that of its creator, who comes before it. */
  #tests(): { tests: string[]; test: number[] } {
    const tests = new Table(MAX_TESTS)
    const ofStack = this.#stacks.map((frames) => this.#testIn(frames, tests))
    const { id, creator, stack } = this.#raw.goroutines
    const test = id.map((_, g) => ofStack[stack[g] ?? -1] ?? -1)
    const { goroutine, by, stack: at } = this.#raw.spans
    at.forEach((stack, row) => {
      const whose = by[row] === -1 ? goroutine[row] : by[row]
      const found = ofStack[stack] ?? -1
      if (whose !== undefined && found >= 0 && (test[whose] ?? -1) < 0) test[whose] = found
    })
    creator.forEach((parent, g) => {
      if ((test[g] ?? -1) < 0) test[g] = test[parent] ?? -1
    })
    return { tests: tests.all, test }
  }

  #testIn(frames: number[], tests: Table): number {
    for (const at of frames) {
      const frame = this.#frames[at]
      const test = frame && frame.origin !== 'go' ? testOfFunction(frame.function) : null
      if (test) return tests.add(test)
    }
    return -1
  }

  #longest(waits: Wait[], role: number[]): LongestWait | null {
    const { length, state, goroutine, stack } = this.#raw.spans
    let longest = -1
    for (let row = 0; row < length.length; row++) {
      if (state[row] !== GoState.waiting || role[goroutine[row] ?? -1] !== GoRole.candidate) continue
      if (longest < 0 || (length[row] ?? 0) > (length[longest] ?? 0)) longest = row
    }
    const wait = waits[longest]
    if (!wait) return null
    const site = this.#framesOf(stack[longest] ?? -1).find(({ origin }) => origin !== 'go') ?? null
    const id = this.#raw.goroutines.id[goroutine[longest] ?? -1] ?? 0
    return { goroutine: id, ns: length[longest] ?? 0, words: wait.words, site }
  }
}

/** Each text once. */
class Table {
  readonly all: string[] = []
  readonly #at = new Map<string, number>()
  readonly #most: number

  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most
  }

  /** Its position; -1 where it is empty or there is no room. */
  add(text: string): number {
    const known = this.#at.get(text)
    if (known !== undefined) return known
    if (text === '' || this.all.length >= this.#most) return -1
    this.#at.set(text, this.all.length)
    return this.all.push(text) - 1
  }
}
