import { randomUUID } from 'node:crypto'
import type {
  ErrorCode,
  RunDescription,
  RunEvent,
  RunRequest,
  Timeline,
  Timings,
  Verdict,
  VerdictEvent,
} from '@sandbox/protocol'
import type { Log } from '../log.ts'
import { emptyVerdict, explainStop, PLATFORM_FAILED, RESTARTED, type Stop, stoppedVerdict } from './endings.ts'
import type { Execute } from './executor.ts'
import type { FairQueue } from './queue.ts'
import { encode, type Ledger, RunLog } from './run-log.ts'
import { TimelineStore } from './timeline-store.ts'

export type RunState = { type: 'queued' } | { type: 'running' } | { type: 'ended'; verdict: Verdict }

/** A run as its person's sockets see it. */
export interface Run {
  readonly id: string
  readonly log: RunLog
  readonly state: RunState
}

export type Submission = { person: string; address: string; request: string; run: RunRequest }

/** A run that was not accepted: what to tell its person. */
export type Refusal = { type: 'refused'; code: ErrorCode; message: string }

/** Hears of one person's runs. */
export type RunWatcher = { accepted: (run: Run) => void; grown: (run: Run) => void }

export type RegistryLimits = {
  /** One runs, the others wait. */
  unfinishedPerPerson: number
  unfinishedPerAddress: number
  /** Ended runs that a page can still get after a reload. */
  keptPerPerson: number
  keptInAll: number
  keptMs: number
  allLogsBytes: number
  /** Longer than every limit of a run together, with one retry. */
  executeMs: number
  /** After this long an executor that was told to stop is given up. */
  unwindMs: number
}

export const REGISTRY_LIMITS: RegistryLimits = {
  unfinishedPerPerson: 4,
  unfinishedPerAddress: 40,
  keptPerPerson: 3,
  keptInAll: 200,
  keptMs: 30 * 60_000,
  allLogsBytes: 16 * 1024 * 1024,
  executeMs: 120_000,
  unwindMs: 10_000,
}

/** Ended runs of which only the verdict is still known. */
const MAX_EPILOGUES = 512

type RegistryOptions = { execute: Execute; queue: FairQueue; log: Log; limits?: Partial<RegistryLimits> }

type Entry = {
  id: string
  person: string
  address: string
  request: string
  log: RunLog
  state: RunState
  controller: AbortController
  stop: Stop | null
  acceptedAt: number
  endedAt: number
  done: Promise<void>
}

/**
 * The runs of everybody, each a state machine: accepted, queued, running, ended. Whatever its executor does, a run's log
 * has sequence numbers without gaps and ends with exactly one verdict.
 */
export class RunRegistry {
  readonly #execute: Execute
  readonly #queue: FairQueue
  readonly #log: Log
  readonly #limits: RegistryLimits
  readonly #ledger: Ledger
  readonly #timelines = new TimelineStore()
  readonly #unfinished = new Map<string, Entry>()
  /** In the order in which they ended. */
  readonly #ended = new Map<string, Entry>()
  readonly #epilogues = new Map<string, { person: string; seq: number; verdict: VerdictEvent }>()
  readonly #watchers = new Map<string, Set<RunWatcher>>()

  constructor(options: RegistryOptions) {
    this.#execute = options.execute
    this.#queue = options.queue
    this.#log = options.log
    this.#limits = { ...REGISTRY_LIMITS, ...options.limits }
    this.#ledger = { usedBytes: 0, limitBytes: this.#limits.allLogsBytes }
  }

  /** Accepts a run, or says why not. A request that is under way already is answered with its run, not run twice. */
  submit(submission: Submission): Run | Refusal {
    const twin = this.#own(submission.person).find((entry) => entry.request === submission.request)
    if (twin !== undefined) return twin
    this.#makeRoom()
    const refusal = this.#refusal(submission)
    if (refusal !== null) return refusal
    const entry = this.#accept(submission)
    for (const watcher of this.#watchersOf(entry.person)) watcher.accepted(entry)
    entry.done = this.#drive(entry, submission.run)
    return entry
  }

  /** Stops a run of this person; false where the person has no such unfinished run. */
  cancel(person: string, id: string): boolean {
    const entry = this.#unfinished.get(id)
    if (entry === undefined || entry.person !== person) return false
    stopEntry(entry, 'asked')
    return true
  }

  /** Ended runs that are still kept, then the unfinished ones, each oldest first. */
  runsOf(person: string): Run[] {
    const ended = [...this.#ended.values()].filter((entry) => entry.person === person)
    return [...ended, ...this.#own(person)]
  }

  /**
   * What to tell a person who asks for the rest of a run that is not kept: its verdict where it ended here, and where the
   * run is unknown (of an earlier server, or another person's) that it was interrupted. Null: nothing is missing.
   */
  epilogue(person: string, id: string, after: number): Buffer | null {
    const known = this.#epilogues.get(id)
    const own = known !== undefined && known.person === person
    if (own && after >= known.seq) return null
    const event = own ? known.verdict : emptyVerdict('internal-error', RESTARTED)
    return encode({ type: 'event', run: id, seq: after + 1, at: event.timings.total, event })
  }

  /** Hears of this person's runs until the returned function is called. */
  watch(person: string, watcher: RunWatcher): () => void {
    const watchers = this.#watchersOf(person)
    watchers.add(watcher)
    this.#watchers.set(person, watchers)
    return () => {
      watchers.delete(watcher)
      if (watchers.size === 0 && this.#watchers.get(person) === watchers) this.#watchers.delete(person)
    }
  }

  /** What the scheduler did in a run of this person, as gzipped JSON; null where there is no such run, or it is not kept. */
  timelineOf(person: string, run: string): Promise<Buffer | null> {
    return this.#timelines.of(person, run)
  }

  /** Nobody is there any more to see this person's runs. */
  abandon(person: string): void {
    for (const entry of this.#own(person)) stopEntry(entry, 'left')
  }

  /** Ends every run and waits until their executors have returned or were given up. */
  async shutdown(): Promise<void> {
    const entries = [...this.#unfinished.values()]
    for (const entry of entries) stopEntry(entry, 'shutdown')
    await Promise.all(entries.map((entry) => entry.done))
  }

  #own(person: string): Entry[] {
    return [...this.#unfinished.values()].filter((entry) => entry.person === person)
  }

  #watchersOf(person: string): Set<RunWatcher> {
    return this.#watchers.get(person) ?? new Set()
  }

  #refusal({ person, address }: Submission): Refusal | null {
    const { unfinishedPerPerson, unfinishedPerAddress } = this.#limits
    const refused = (message: string): Refusal => ({ type: 'refused', code: 'too-many-runs', message })
    if (this.#own(person).length >= unfinishedPerPerson)
      return refused(`${unfinishedPerPerson} of your runs are under way. Wait for one to end, or cancel it.`)
    const neighbours = [...this.#unfinished.values()].filter((entry) => entry.address === address)
    if (neighbours.length >= unfinishedPerAddress)
      return refused('Too many runs from your address are under way. Try again in a moment.')
    if (this.#queue.full || this.#ledger.usedBytes > this.#ledger.limitBytes)
      return refused('Too many runs are waiting. Try again in a moment.')
    return null
  }

  #accept({ person, address, request, run }: Submission): Entry {
    const acceptedAt = performance.now()
    const description: RunDescription = { ...run, id: randomUUID(), request, acceptedAt: Date.now() }
    const elapsedMs = () => performance.now() - acceptedAt
    const entry: Entry = {
      id: description.id,
      person,
      address,
      request,
      log: new RunLog({ run: description, ledger: this.#ledger, elapsedMs }),
      state: { type: 'queued' },
      controller: new AbortController(),
      stop: null,
      acceptedAt,
      endedAt: 0,
      done: Promise.resolve(),
    }
    this.#unfinished.set(entry.id, entry)
    return entry
  }

  async #drive(entry: Entry, request: RunRequest): Promise<void> {
    const queued = { ms: 0 }
    const verdict = await this.#judge(entry, request, queued).catch((cause: unknown) => this.#failed(entry, cause))
    this.#end(entry, { ...verdict, timings: timingsOf(entry, verdict, queued) })
  }

  async #judge(entry: Entry, request: RunRequest, queued: { ms: number }): Promise<VerdictEvent> {
    const { signal } = entry.controller
    const release = await this.#queue
      .enter(entry, signal, (position) => this.#record(entry, { type: 'queued', position }))
      .finally(() => {
        queued.ms = performance.now() - entry.acceptedAt
      })
    try {
      entry.state = { type: 'running' }
      const verdict = await this.#withDeadline(entry, this.#executed(entry, request, queued))
      return explainStop(verdict, entry.stop)
    } finally {
      release()
    }
  }

  /** In an async function, so that an executor that throws at once is a rejection like any other. */
  async #executed(entry: Entry, request: RunRequest, queued: { ms: number }): Promise<VerdictEvent> {
    const emit = (event: RunEvent) => {
      // A verdict is only what the executor returns; taken from here it could be a second one.
      if (event.type === 'result') this.#record(entry, { ...event, timings: timingsOf(entry, event, queued) })
      else if (event.type !== 'verdict') this.#record(entry, event)
    }
    const keepTimeline = (timeline: Timeline) => {
      if (entry.state.type === 'running') this.#timelines.keep(entry.person, entry.id, timeline)
    }
    const task = { person: entry.person, request, keepTimeline }
    const verdict = await this.#execute(task, entry.controller.signal, emit)
    if (verdict?.type !== 'verdict') throw new Error('the executor returned no verdict')
    return verdict
  }

  /** Gives up on an executor that neither returns nor obeys its signal, so that its slot is not lost for ever. */
  #withDeadline(entry: Entry, executed: Promise<VerdictEvent>): Promise<VerdictEvent> {
    const { executeMs, unwindMs } = this.#limits
    const { signal } = entry.controller
    let unwinding: NodeJS.Timeout | undefined
    const overdue = setTimeout(() => stopEntry(entry, 'stuck'), executeMs)
    const givenUp = new Promise<never>((_, reject) => {
      const unwind = () => {
        unwinding = setTimeout(() => reject(new Error('the executor did not return after it was stopped')), unwindMs)
      }
      if (signal.aborted) unwind()
      else signal.addEventListener('abort', unwind, { once: true })
    })
    return Promise.race([executed, givenUp]).finally(() => {
      clearTimeout(overdue)
      clearTimeout(unwinding)
    })
  }

  #failed(entry: Entry, cause: unknown): VerdictEvent {
    if (entry.stop !== null) {
      if (entry.state.type === 'running')
        this.#log.warn({ err: cause, run: entry.id }, 'a stopped run ended with an error')
      return stoppedVerdict(entry.stop)
    }
    this.#log.error({ err: cause, run: entry.id }, 'a run failed for a reason of ours')
    return emptyVerdict('internal-error', PLATFORM_FAILED)
  }

  #record(entry: Entry, event: RunEvent): void {
    if (entry.state.type === 'ended') return
    if (this.#ledger.usedBytes > this.#ledger.limitBytes) this.#forgetOldest()
    const before = entry.log.length
    entry.log.append(event)
    if (entry.log.length > before) this.#tellGrown(entry)
  }

  #tellGrown(entry: Entry): void {
    for (const watcher of this.#watchersOf(entry.person)) watcher.grown(entry)
  }

  #end(entry: Entry, verdict: VerdictEvent): void {
    entry.log.append(verdict)
    entry.state = { type: 'ended', verdict: verdict.verdict }
    entry.endedAt = performance.now()
    this.#unfinished.delete(entry.id)
    this.#ended.set(entry.id, entry)
    this.#epilogues.set(entry.id, { person: entry.person, seq: entry.log.length, verdict })
    deleteFirst(this.#epilogues, MAX_EPILOGUES)
    this.#tellGrown(entry)
    const own = [...this.#ended.values()].filter((ended) => ended.person === entry.person)
    for (const old of own.slice(0, -this.#limits.keptPerPerson)) this.#forget(old)
  }

  #makeRoom(): void {
    const { keptMs, keptInAll, allLogsBytes } = this.#limits
    const oldest = performance.now() - keptMs
    for (const entry of this.#ended.values()) {
      const tooMany = this.#ended.size > keptInAll || this.#ledger.usedBytes > allLogsBytes
      if (!tooMany && entry.endedAt >= oldest) return
      this.#forget(entry)
    }
  }

  #forgetOldest(): void {
    const oldest = this.#ended.values().next().value
    if (oldest !== undefined) this.#forget(oldest)
  }

  #forget(entry: Entry): void {
    this.#ended.delete(entry.id)
    entry.log.discard()
    this.#timelines.drop(entry.id)
  }
}

/** The executor's timings with those that only the registry knows. */
function timingsOf(entry: Entry, { timings }: Pick<VerdictEvent, 'timings'>, queued: { ms: number }): Timings {
  return { ...timings, queue: queued.ms, total: performance.now() - entry.acceptedAt }
}

/** The first reason stands. */
function stopEntry(entry: Entry, stop: Stop): void {
  if (entry.stop !== null) return
  entry.stop = stop
  entry.controller.abort(new Error(`the run was stopped: ${stop}`))
}

function deleteFirst<K, V>(map: Map<K, V>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return
    map.delete(key)
  }
}
