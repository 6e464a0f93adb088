import type { SandboxStatus } from '@sandbox/protocol'

export const PREPARING: SandboxStatus = {
  ready: false,
  driver: 'none',
  goVersion: '',
  enforcement: {},
  reasons: ['The sandbox is being prepared.'],
  slots: 1,
}

/** Whether code can be run just now, for whoever asks or wants to hear of changes. */
export class StatusBoard {
  #status: SandboxStatus
  readonly #watchers = new Set<(status: SandboxStatus) => void>()

  constructor(status: SandboxStatus = PREPARING) {
    this.#status = status
  }

  get status(): SandboxStatus {
    return this.#status
  }

  set(status: SandboxStatus): void {
    this.#status = status
    for (const watcher of this.#watchers) watcher(status)
  }

  /** Hears of changes until the returned function is called. */
  watch(watcher: (status: SandboxStatus) => void): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }
}
