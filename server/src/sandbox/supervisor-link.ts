import type { Readable, Writable } from 'node:stream'
import type { Job } from '@sandbox/protocol'
import { SandboxError, type SandboxEvent } from './driver.ts'
import { EventQueue } from './event-queue.ts'
import { encodeJob, FrameDecoder } from './frames.ts'

/** More than any honest job sends; beyond it the supervisor is not ours any more. */
export const MAX_JOB_STREAM_BYTES = 64 * 1024 * 1024

/** The two ends of a supervisor's standard streams. */
export interface Wire {
  input: Writable
  output: Readable
  /** Takes the transport's own framing off; what is not the supervisor's standard output is left out. */
  unwrap(chunk: Buffer): Iterable<Buffer>
}

/**
 * The conversation with one supervisor. It reads all the time (so that a death is noticed while idle) and pauses the
 * source when nobody takes the events.
 */
export class SupervisorLink {
  /** Resolves when the conversation is over, whoever ended it. */
  readonly closed: Promise<void>
  readonly #wire: Wire
  readonly #decoder = new FrameDecoder()
  readonly #queue: EventQueue
  readonly #close: () => void
  #bytesOfJob = 0
  #cause: Error | null = null
  #open = true

  constructor(wire: Wire) {
    this.#wire = wire
    this.#queue = new EventQueue((full) => (full ? wire.output.pause() : wire.output.resume()))
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    this.#close = resolve
    wire.output.on('data', (chunk: Buffer) => this.#receive(chunk))
    wire.output.on('error', (cause) => this.#end(cause))
    wire.output.on('close', () => this.#end(null))
    wire.output.on('end', () => this.#end(null))
    wire.input.on('error', (cause) => this.#end(cause))
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** Events that nobody has taken: between two jobs there should be none. */
  get waiting(): number {
    return this.#queue.length
  }

  /** Why the conversation ended, where that is known. */
  get cause(): Error | null {
    return this.#cause
  }

  /** Resolves when the job has been handed to the transport; a lost link shows as the end of events. */
  send(job: Job): Promise<void> {
    this.#bytesOfJob = 0
    return new Promise((resolve) => {
      this.#wire.input.write(encodeJob(job), () => resolve())
    })
  }

  /** The next event, or null when there will be none. */
  next(): Promise<SandboxEvent | null> {
    return this.#queue.take()
  }

  /** Ends the conversation from this side and drops what waits. */
  hangUp(): void {
    this.#queue.discard()
    this.#wire.input.destroy()
    this.#wire.output.destroy()
    this.#end(null)
  }

  #receive(chunk: Buffer): void {
    this.#bytesOfJob += chunk.length
    try {
      if (this.#bytesOfJob > MAX_JOB_STREAM_BYTES) throw new SandboxError('The sandbox sent far more than a job may.')
      for (const part of this.#wire.unwrap(chunk)) {
        for (const event of this.#decoder.decode(part)) this.#queue.push(event)
      }
    } catch (cause) {
      this.#wire.output.destroy()
      this.#end(asError(cause))
    }
  }

  #end(cause: Error | null): void {
    this.#cause ??= cause
    if (!this.#open) return
    this.#open = false
    this.#queue.end()
    this.#close()
  }
}

/** Waits for `ready`. Throws a SandboxError when something else comes, or nothing within the deadline. */
export async function awaitReady(link: SupervisorLink, deadlineMs: number): Promise<{ goVersion: string }> {
  const timer = setTimeout(() => link.hangUp(), deadlineMs)
  try {
    const first = await link.next()
    if (first?.type === 'event' && first.event.type === 'ready') return first.event
    if (first === null) throw new SandboxError('The sandbox ended before it was ready.', causeOption(link))
    throw new SandboxError('The sandbox said something else before it was ready.')
  } finally {
    clearTimeout(timer)
  }
}

function causeOption(link: SupervisorLink): { cause?: Error } {
  return link.cause ? { cause: link.cause } : {}
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause))
}
