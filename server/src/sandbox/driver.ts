import type { FrameKind, Job, Limits, SupervisorEvent } from '@sandbox/protocol'

/** What a running job gives, in order: the supervisor's JSON events and the program's raw bytes. */
export type SandboxEvent =
  | { type: 'event'; event: SupervisorEvent }
  | { type: 'bytes'; kind: Exclude<keyof typeof FrameKind, 'json'>; bytes: Buffer }

/**
 * Starts sandboxes of one technology. Both implementations run the same root tree and the same supervisor, and one
 * contract suite (contract.ts) runs against both.
 */
export interface SandboxDriver {
  readonly name: 'docker' | 'bubblewrap'
  /** What the kernel enforces here and what we only watch; found out by probing at start. */
  readonly enforcement: Record<string, 'enforced' | 'watched'>
  /** True where limits are only watched: then one person on loopback may be served, nobody else. */
  readonly singlePerson: boolean
  /** False while its engine does not answer; it recovers by itself. */
  healthy(): boolean
  /** Calls the listener at every change of health; the result ends that. */
  onHealth(listener: (healthy: boolean) => void): () => void
  /** A started sandbox whose supervisor has said `ready`. Throws SandboxError with a cause when it cannot. */
  open(limits: Limits): Promise<Sandbox>
  /** Destroys what an earlier server left behind; returns how many. */
  sweep(): Promise<number>
  close(): Promise<void>
}

export interface Sandbox {
  readonly id: string
  /**
   * Runs one job at a time. The last event is `ended`, exactly once, whatever happens: an aborted signal gives
   * `cancelled`, a sandbox that dies under the job gives `sandbox-lost`.
   */
  run(job: Job, signal: AbortSignal): AsyncIterable<SandboxEvent>
  /** False once it has died or ended a job uncleanly: it must not be used again. */
  readonly usable: boolean
  /** Whether it may run the binary that it kept once more. Unlike a new job, that may follow a repetition that ran out of time. */
  readonly repeatable: boolean
  /** Resolves when it has died or was destroyed; never rejects. */
  readonly gone: Promise<void>
  /** Ends everything inside and removes every trace; safe to call again. Throws SandboxError when the engine refuses. */
  destroy(): Promise<void>
}

/** The part of a pino logger that sandboxes use. */
export interface SandboxLog {
  debug(detail: object, message: string): void
  warn(detail: object, message: string): void
}

/** The platform failed (not the candidate's program). The message is one sentence for a person. */
export class SandboxError extends Error {
  override name = 'SandboxError'
}
