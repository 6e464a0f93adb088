import type { CloseCode } from '@sandbox/protocol'
import type { Run } from '../runs/run-registry.ts'

/** What a session writes to: one socket, as the edge gives it. */
export interface Wire {
  /** Bytes handed over that the peer's machine has not taken yet. */
  readonly bufferedBytes: number
  /** `flushed` is called when the frame has left this process, or never will. */
  send(frame: Buffer, flushed?: () => void): void
  /** Ends the connection and tells the peer why. */
  close(code: CloseCode, reason: string): void
}

/** More than this is not handed to a socket at a time; the rest waits in the runs' logs, which all sockets share. */
export const FEED_WINDOW_BYTES = 512 * 1024

/** Not even the run's announcement was sent. */
const UNTOLD = -1

/**
 * Brings one socket up to date with the runs that it follows, each from its own sequence number on, as fast as the
 * socket takes it. A slow reader costs a window of memory, not a copy of what it has missed.
 */
export class Feed {
  readonly #wire: Wire
  /** Sequence number of the last event sent of each run. */
  readonly #sent = new Map<Run, number>()
  #inFlight = 0
  #pumping = false

  constructor(wire: Wire) {
    this.#wire = wire
  }

  /** Sends the run from the start, its announcement first; with `after`, only the events that follow that number. */
  follow(run: Run, after: number = UNTOLD): void {
    this.#sent.set(run, after)
  }

  /** Sends what there is to send, as far as the window is open. */
  pump(): void {
    // A frame that is flushed at once calls back into here; the loop that sent it goes on by itself.
    if (this.#pumping) return
    this.#pumping = true
    for (const run of this.#sent.keys()) this.#catchUp(run)
    this.#pumping = false
  }

  /** The socket is gone: nothing more is sent. */
  stop(): void {
    this.#sent.clear()
  }

  #catchUp(run: Run): void {
    for (let frame = this.#next(run); frame !== undefined && this.#open; frame = this.#next(run)) {
      this.#sent.set(run, (this.#sent.get(run) ?? UNTOLD) + 1)
      this.#send(frame)
    }
    if (run.state.type === 'ended' && this.#next(run) === undefined) this.#sent.delete(run)
  }

  #next(run: Run): Buffer | undefined {
    const sent = this.#sent.get(run) ?? UNTOLD
    return sent === UNTOLD ? run.log.announcement : run.log.frameAfter(sent)
  }

  get #open(): boolean {
    return this.#inFlight === 0 || this.#wire.bufferedBytes < FEED_WINDOW_BYTES
  }

  #send(frame: Buffer): void {
    this.#inFlight++
    this.#wire.send(frame, () => {
      this.#inFlight--
      this.pump()
    })
  }
}
