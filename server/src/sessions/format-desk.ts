import { once } from 'node:events'
import type { SourceFile } from '@sandbox/protocol'
import type { Format, Formatted } from '../runs/executor.ts'
import type { Claim } from '../runs/queue.ts'
import { FairQueue } from '../runs/queue.ts'

/** Formatting is quick and shares the machine with the runs. */
const FORMATS_AT_ONCE = 2
const MAX_WAITING_FORMATS = 32
const FORMAT_DEADLINE_MS = 10_000

/** Formats files in a fair order. */
export class FormatDesk {
  readonly #format: Format
  readonly #queue = new FairQueue({ slots: FORMATS_AT_ONCE, maxWaiting: MAX_WAITING_FORMATS })

  constructor(format: Format) {
    this.#format = format
  }

  /** Rejects where the platform fails or is late, too many wait, or the signal is aborted. */
  async format(claim: Claim, file: SourceFile, signal: AbortSignal): Promise<Formatted> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(FORMAT_DEADLINE_MS)])
    const release = await this.#queue.enter(claim, limited, () => {})
    try {
      return await Promise.race([this.#format({ person: claim.person, file }, limited), rejectedBy(limited)])
    } finally {
      release()
    }
  }
}

async function rejectedBy(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}
