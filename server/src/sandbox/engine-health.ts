/** First and longest pause between two questions to an engine that does not answer. */
export const FIRST_PAUSE_MS = 250
export const LONGEST_PAUSE_MS = 5_000

/** Knows whether an engine answers: told of failures, it asks until the engine is back. */
export class EngineHealth {
  readonly #ping: () => Promise<void>
  readonly #listeners = new Set<(healthy: boolean) => void>()
  #healthy = true
  #timer: NodeJS.Timeout | null = null
  #closed = false

  constructor(ping: () => Promise<void>) {
    this.#ping = ping
  }

  get healthy(): boolean {
    return this.#healthy
  }

  onChange(listener: (healthy: boolean) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A call failed: asks at once, since one bad container does not make a bad engine. */
  async suspect(): Promise<void> {
    if (!this.#healthy || this.#closed) return
    await this.#ask(FIRST_PAUSE_MS)
  }

  close(): void {
    this.#closed = true
    this.#listeners.clear()
    if (this.#timer) clearTimeout(this.#timer)
  }

  async #ask(pauseMs: number): Promise<void> {
    const healthy = await this.#ping().then(
      () => true,
      () => false,
    )
    if (this.#closed) return
    this.#set(healthy)
    if (healthy) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#ask(Math.min(pauseMs * 2, LONGEST_PAUSE_MS)), pauseMs)
    this.#timer.unref()
  }

  #set(healthy: boolean): void {
    if (healthy === this.#healthy) return
    this.#healthy = healthy
    for (const listener of this.#listeners) listener(healthy)
  }
}
