import { randomUUID } from 'node:crypto'
import type { Job, Limits, Outcome, Stage, SupervisorEvent } from '@sandbox/protocol'
import { type Sandbox, SandboxError, type SandboxEvent, type SandboxLog } from './driver.ts'
import type { SupervisorLink } from './supervisor-link.ts'

/** The supervisor keeps a job's limits itself; past both of them and this it is stuck, and the sandbox is killed. */
export const STUCK_SLACK_MS = 5_000
/** For jobs that carry no limits. */
export const FORMAT_WALL_MS = 5_000

type Ended = Extract<SupervisorEvent, { type: 'ended' }>
type Terminator = Extract<Outcome, 'cancelled' | 'out-of-memory' | 'sandbox-lost'>

/** What a driver knows and does about one started sandbox; the rest is the same for all of them. */
export interface Confinement {
  /** Lowers what the kernel enforces to a job's own limits, where they are lower than those of opening. */
  tighten(limits: Limits): Promise<void>
  /** Where limits are only watched: calls back when one is passed. The result ends the watch. */
  watch(limits: Limits, exceeded: (why: string) => void): () => void
  /** After a death that we did not cause: was it the memory limit? */
  ranOutOfMemory(): Promise<boolean>
  /** Kills everything inside and removes every trace of it. */
  remove(): Promise<void>
}

export interface RunningSandboxParts {
  link: SupervisorLink
  confinement: Confinement
  log: SandboxLog
  id?: string
}

/** Ends after which a sandbox is as it was, if its supervisor says that nothing is left. */
const ORDERLY: ReadonlySet<Outcome> = new Set(['exited', 'hang', 'build-failed', 'rejected'])

/** A sandbox whose supervisor is waiting for jobs. */
export class RunningSandbox implements Sandbox {
  readonly id: string
  readonly gone: Promise<void>
  readonly #parts: RunningSandboxParts
  /** `cut-short`: a repetition ran out of time, and nothing is left of it that its supervisor can see. */
  #state: 'idle' | 'busy' | 'cut-short' | 'spent' = 'idle'
  #removal: Promise<void> | null = null

  constructor(parts: RunningSandboxParts) {
    this.#parts = parts
    this.id = parts.id ?? randomUUID()
    this.gone = parts.link.closed
  }

  get usable(): boolean {
    return this.#state === 'idle' && this.#isListening
  }

  get repeatable(): boolean {
    return (this.#state === 'idle' || this.#state === 'cut-short') && this.#isListening
  }

  get #isListening(): boolean {
    return this.#parts.link.isOpen && this.#parts.link.waiting === 0
  }

  async *run(job: Job, signal: AbortSignal): AsyncGenerator<SandboxEvent> {
    if (!(job.type === 'again' ? this.repeatable : this.usable))
      throw new SandboxError('This sandbox cannot take a job.')
    const was = this.#state === 'cut-short' ? 'cut-short' : 'idle'
    this.#state = 'busy'
    const stop = new Stop(() => this.#abandon())
    const release = this.#guard(job, signal, stop)
    let ended: Ended | null = null
    try {
      if (stop.reason === null) await this.#hand(job, stop)
      for await (const event of this.#events(job, stop)) {
        ended = endingOf(job, event) ?? ended
        yield event
      }
    } finally {
      release()
      this.#state = ended === null ? 'spent' : stateAfter(job, ended, was)
      // A consumer that leaves early leaves a job running behind it.
      if (ended === null) this.#abandon()
    }
  }

  destroy(): Promise<void> {
    this.#state = 'spent'
    this.#removal ??= this.#remove()
    return this.#removal
  }

  /** Sets the job's own limits first; a sandbox where that fails does not get the job. */
  async #hand(job: Job, stop: Stop): Promise<void> {
    try {
      if ('limits' in job) await this.#parts.confinement.tighten(job.limits)
    } catch (err) {
      // After a cancellation the sandbox is being removed already.
      if (stop.reason === null) this.#parts.log.warn({ err, sandbox: this.id }, 'the limits of a job could not be set')
      stop.now('sandbox-lost', 'The limits of the job could not be set.')
    }
    if (stop.reason === null) await this.#parts.link.send(job)
  }

  /** Nobody waits for this end: what cannot be removed now is tried again by the owner's own destroy. */
  #abandon(): void {
    this.destroy().catch((err) => this.#parts.log.warn({ err, sandbox: this.id }, 'a sandbox could not be ended'))
  }

  async #remove(): Promise<void> {
    this.#parts.link.hangUp()
    try {
      await this.#parts.confinement.remove()
    } catch (cause) {
      this.#removal = null
      throw new SandboxError('A sandbox could not be removed.', { cause })
    }
  }

  /** Events up to and with `ended`, which is made up where the sandbox dies first, and where a format job has its text. */
  async *#events(job: Job, stop: Stop): AsyncGenerator<SandboxEvent> {
    let stage: Stage = 'load'
    for (;;) {
      const event = await this.#parts.link.next()
      if (event === null) {
        yield { type: 'event', event: await this.#autopsy(stop, stage) }
        return
      }
      if (event.type === 'event' && event.event.type === 'stage') stage = event.event.stage
      yield event
      const ended = endingOf(job, event)
      if (ended === null) continue
      if (event.type === 'event' && event.event !== ended) yield { type: 'event', event: ended }
      return
    }
  }

  async #autopsy(stop: Stop, stage: Stage): Promise<Ended> {
    if (stop.reason !== null) return endedBy(stop.reason, stage, { anomaly: stop.why })
    const { link, confinement, log } = this.#parts
    const outOfMemory = await confinement.ranOutOfMemory().catch(() => false)
    if (outOfMemory) return endedBy('out-of-memory', stage, {})
    log.warn({ sandbox: this.id, err: link.cause }, 'a sandbox died under a job')
    return endedBy('sandbox-lost', stage, { anomaly: link.cause?.message ?? 'The sandbox ended under the job.' })
  }

  /** Everything that can end the job from outside. */
  #guard(job: Job, signal: AbortSignal, stop: Stop): () => void {
    const cancel = () => stop.now('cancelled', null)
    const stuck = setTimeout(() => stop.now('sandbox-lost', 'The sandbox did not answer in time.'), wallMsOf(job))
    const unwatch =
      'limits' in job ? this.#parts.confinement.watch(job.limits, (why) => stop.now('out-of-memory', why)) : () => {}
    signal.addEventListener('abort', cancel, { once: true })
    if (signal.aborted) cancel()
    return () => {
      clearTimeout(stuck)
      unwatch()
      signal.removeEventListener('abort', cancel)
    }
  }
}

/** The first reason to stop a job wins. */
class Stop {
  reason: Terminator | null = null
  why: string | null = null
  readonly #hangUp: () => void

  constructor(hangUp: () => void) {
    this.#hangUp = hangUp
  }

  now(reason: Terminator, why: string | null): void {
    if (this.reason !== null) return
    this.reason = reason
    this.why = why
    this.#hangUp()
  }
}

function wallMsOf(job: Job): number {
  const own = job.type === 'format' ? FORMAT_WALL_MS : job.limits.buildWallMs + job.limits.runWallMs
  return own + STUCK_SLACK_MS
}

/** The end that this event is, or means: a supervisor answers a format job with its text alone. */
function endingOf(job: Job, event: SandboxEvent): Ended | null {
  if (event.type !== 'event') return null
  if (event.event.type === 'ended') return event.event
  if (job.type !== 'format' || event.event.type !== 'formatted') return null
  return endedBy('exited', 'load', { clean: true })
}

/** What was cut short once is good for repetitions only, whatever they come to. */
function stateAfter(job: Job, ended: Ended, was: 'idle' | 'cut-short'): 'idle' | 'cut-short' | 'spent' {
  if (ended.anomalies.length > 0) return 'spent'
  if (ended.clean && ORDERLY.has(ended.outcome)) return was
  return job.type === 'again' && ended.outcome === 'timeout' ? 'cut-short' : 'spent'
}

function endedBy(outcome: Outcome, stage: Stage, more: { clean?: boolean; anomaly?: string | null }): Ended {
  const { clean = false, anomaly = null } = more
  return {
    type: 'ended',
    outcome,
    stage,
    exitCode: null,
    signal: null,
    cpuMs: 0,
    maxRssBytes: 0,
    anomalies: anomaly === null ? [] : [anomaly],
    clean,
  }
}
