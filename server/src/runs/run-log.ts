import type { RunDescription, RunEvent, ServerMessage } from '@sandbox/protocol'
import { FrameStore } from './frame-store.ts'

/** From here on the program's output is dropped, with one notice. */
export const MAX_RUN_LOG_BYTES = 2 * 1024 * 1024
/** What is evidence may go beyond that by this much; the verdict is always kept. */
export const EVIDENCE_RESERVE_BYTES = 1024 * 1024

const CUT_NOTICE = '\n[The rest of the output is not shown: this run has written as much as is kept.]\n'

/** Bytes that the logs of all runs take together. */
export type Ledger = { usedBytes: number; readonly limitBytes: number }

/** A message as it goes over a socket. */
export function encode(message: ServerMessage): Buffer {
  return Buffer.from(JSON.stringify(message))
}

/**
 * Everything that happened in one run, encoded, in order of sequence numbers. Bounded: what does not fit is output first
 * and never the verdict. Encoded once, whoever gets it: sockets and replays share these bytes.
 */
export class RunLog {
  /** The `run` message that introduces the events. */
  readonly announcement: Buffer
  readonly #run: string
  readonly #ledger: Ledger
  readonly #elapsedMs: () => number
  readonly #frames = new FrameStore()
  #bytes = 0
  #cut = false

  constructor(options: { run: RunDescription; ledger: Ledger; elapsedMs: () => number }) {
    this.#run = options.run.id
    this.#ledger = options.ledger
    this.#elapsedMs = options.elapsedMs
    this.announcement = encode({ type: 'run', run: options.run })
    this.#charge(this.announcement.length)
  }

  /** Sequence number of the last event; 0 before the first. */
  get length(): number {
    return this.#frames.length
  }

  get bytes(): number {
    return this.#bytes
  }

  /** The frame that follows sequence number `after`. */
  frameAfter(after: number): Buffer | undefined {
    return this.#frames.at(after)
  }

  /** Keeps an event; returns false where it was dropped because the log is full. */
  append(event: RunEvent): boolean {
    if (event.type !== 'verdict' && this.#full(event)) {
      this.#tellCut(event)
      return false
    }
    this.#keep(event)
    return true
  }

  /** Gives the bytes back to the ledger: the log is not kept any longer. */
  discard(): void {
    this.#ledger.usedBytes -= this.#bytes
    this.#bytes = 0
  }

  #charge(bytes: number): void {
    this.#bytes += bytes
    this.#ledger.usedBytes += bytes
  }

  #full(event: RunEvent): boolean {
    const reserve = event.type === 'output' ? 0 : EVIDENCE_RESERVE_BYTES
    const own = this.#bytes - this.announcement.length
    return own > MAX_RUN_LOG_BYTES + reserve || this.#ledger.usedBytes > this.#ledger.limitBytes + reserve
  }

  #tellCut(event: RunEvent): void {
    if (event.type !== 'output' || this.#cut) return
    this.#cut = true
    this.#keep({ type: 'output', stream: 'stderr', test: null, text: CUT_NOTICE })
  }

  #keep(event: RunEvent): void {
    const at = Math.round(this.#elapsedMs() * 100) / 100
    const message: ServerMessage = { type: 'event', run: this.#run, seq: this.#frames.length + 1, at, event }
    this.#charge(this.#frames.push(JSON.stringify(message)))
  }
}
