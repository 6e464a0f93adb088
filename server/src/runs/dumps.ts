import { countGoroutines, type Goroutine, type RunEvent, type WaitFor } from '@sandbox/protocol'
import { GoroutineDumpParser } from '../reports/goroutine-dump.ts'
import type { Sources } from '../reports/sources.ts'
import { waitForGraph } from '../reports/wait-for.ts'
import { parseWaits, type Waits, withWaits } from '../reports/waits.ts'
import { isAbandoned, type Loops } from './abandoned.ts'
import { blockedTold } from './blocked-sentence.ts'
import type { DumpReason, TakenDump } from './findings.ts'
import { atPlace, waitedName } from './places.ts'

type GoroutinesReason = Extract<RunEvent, { type: 'goroutines' }>['reason']

/** Dumps kept of one run. */
const MAX_DUMPS = 8

const REASON_OF_DUMP = {
  hang: 'deadlock',
  stuck: 'deadlock',
  leak: 'leak',
  timeout: 'timeout',
} as const satisfies Record<DumpReason, GoroutinesReason>

/** The dumps of one run as they come, each with what its stacks do not show, and what is told of them. */
export class Dumps {
  readonly #sources: Sources
  readonly #taken: TakenDump[] = []
  #open: { reason: DumpReason; parser: GoroutineDumpParser } | null = null
  /** Of the dump that follows. */
  #waits: ReadonlyMap<number, Waits> = new Map()
  #loops: Loops = []

  constructor(sources: Sources) {
    this.#sources = sources
  }

  get taken(): readonly TakenDump[] {
    return this.#taken
  }

  /** The loops of the program that do not end by themselves. */
  know(loops: Loops): void {
    this.#loops = loops
  }

  /** How many goroutines the last dump at the end proves to be leaked. */
  get leaked(): number {
    const dump = this.#taken.findLast(({ reason }) => reason === 'leak')
    return countGoroutines(dump?.goroutines.filter(({ leaked }) => leaked) ?? [])
  }

  /** What the stacks of the next dump do not show. */
  expect(waits: string): void {
    this.#waits = parseWaits(this.#sources, waits)
  }

  /** A dump begins; one that was never ended ends here. */
  begin(reason: DumpReason): RunEvent[] {
    const events = this.end()
    this.#open = { reason, parser: new GoroutineDumpParser(this.#sources) }
    return events
  }

  push(bytes: Buffer): void {
    this.#open?.parser.push(bytes)
  }

  end(): RunEvent[] {
    const dump = this.#open
    this.#open = null
    if (!dump) return []
    const { goroutines, total } = dump.parser.end()
    const taken = { reason: dump.reason, ...this.#withWaits(dump.reason, goroutines), total }
    if (this.#taken.length < MAX_DUMPS) this.#taken.push(taken)
    const shown = taken.reason === 'leak' ? onlyLeaked(taken) : taken
    return shown.total === 0 ? [] : [goroutinesEvent(REASON_OF_DUMP[dump.reason], shown)]
  }

  #withWaits(reason: DumpReason, dumped: Goroutine[]): Pick<TakenDump, 'goroutines' | 'waitFor'> {
    const waits = this.#waits
    this.#waits = new Map()
    const sources = this.#sources
    const goroutines = withWaits(dumped, waits).map((one) =>
      isAbandoned(one, this.#loops) ? { ...one, leaked: true } : one,
    )
    const isStuck = (one: Goroutine) => one.leaked || reason === 'stuck'
    // Where some may still go on, only those holds are told that stood while the dump was taken.
    const knowsHolder = (one: Goroutine) => isStuck(one) || reason !== 'hang'
    const waitFor = waitForGraph(goroutines, { waits, knowsHolder, nameOf: (one) => waitedName(sources, one) })
    const busy = (one: Goroutine) => (reason === 'timeout' ? busyTold(one) : '')
    const told = toldOnce((one) => blockedTold(one, { sources, waitFor, isStuck, knowsHolder }) || busy(one))
    return { goroutines: goroutines.map((one) => ({ ...one, told: told(one) })), waitFor }
  }
}

/** Where everyone stood, as it is told; who waits for whom only where something is waited for. */
export function goroutinesEvent(
  reason: GoroutinesReason,
  { goroutines, total, waitFor }: Pick<TakenDump, 'goroutines' | 'total'> & { waitFor?: WaitFor },
): RunEvent {
  const told = { type: 'goroutines', reason, goroutines, total } as const
  return waitFor && waitFor.objects.length > 0 ? { ...told, waitFor } : told
}

/** Where a goroutine ran when the time was up; empty where it did not. */
function busyTold({ state, role, site }: Goroutine): string {
  return site && role !== 'runtime' && /^run/.test(state) ? `was busy ${atPlace(site)}` : ''
}

/** Thousands may wait in the same way: what is told of one is told of all. */
function toldOnce(tell: (one: Goroutine) => string): (one: Goroutine) => string {
  const known = new Map<string, string>()
  return (one) => {
    const { state, leaked, role, site, waitsFor } = one
    const lock = state.startsWith('sync.') ? waitsFor : null
    const key = JSON.stringify([state, leaked, role, site?.file, site?.line, site?.function, lock])
    const told = known.get(key) ?? tell(one)
    known.set(key, told)
    return told
  }
}

/** What merely lives on at the end of the tests is no leak. */
function onlyLeaked({ reason, goroutines, total, waitFor }: TakenDump): TakenDump {
  const leaked = goroutines.filter((goroutine) => goroutine.leaked)
  // Where the dump was cut, nobody knows how many of the rest are leaked: all of them is the honest upper bound.
  const all = leaked.length === 0 ? 0 : countGoroutines(leaked) + total - countGoroutines(goroutines)
  return { reason, goroutines: leaked, total: all, waitFor }
}
