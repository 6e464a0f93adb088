import type { VerdictEvent } from '@sandbox/protocol'
import type { Log } from '../log.ts'
import type { Run } from '../runs/run-registry.ts'
import { packRun, verdictOf } from './kept-run.ts'
import type { Room } from './room.ts'

export type RunKeeperParts = {
  log: Log
  /** Whether a room still stands for its interview: it was neither deleted nor loaded again. */
  isLive: (room: Room) => boolean
}

/** Keeps ended runs with their interviews: the registry forgets them soon. */
export class RunKeeper {
  readonly #parts: RunKeeperParts
  /** Runs that have ended and are not in their interview's log yet. */
  readonly #packing = new Map<string, { room: Room; done: Promise<void> }>()

  constructor(parts: RunKeeperParts) {
    this.#parts = parts
  }

  /** A run of the room went on. Where it has ended, that and its messages are put into the log, both or neither. */
  grown(room: Room, run: Run): void {
    const verdict = run.state.type === 'ended' ? verdictOf(run) : null
    if (verdict === null) return
    const done = this.#keep(room, run, verdict).finally(() => this.#packing.delete(run.id))
    this.#packing.set(run.id, { room, done })
  }

  /** Whether something will still be put into the room's log. */
  isBusyWith(room: Room): boolean {
    return [...this.#packing.values()].some((packing) => packing.room === room)
  }

  /** Resolves when all runs that have ended are on their way to the disk. */
  async settled(): Promise<void> {
    await Promise.all([...this.#packing.values()].map(({ done }) => done))
  }

  async #keep(room: Room, run: Run, { verdict, summary }: VerdictEvent): Promise<void> {
    const frames = await this.#tryPack(run)
    if (this.#parts.isLive(room)) room.concluded({ type: 'concluded', run: run.id, verdict, summary }, frames)
  }

  /** What cannot be packed has ended all the same. */
  async #tryPack(run: Run): Promise<Buffer | undefined> {
    try {
      return await packRun(run)
    } catch (err) {
      this.#parts.log.error({ err, run: run.id }, 'a run could not be kept with its interview')
      return undefined
    }
  }
}
