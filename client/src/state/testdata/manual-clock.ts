import type { Clock } from '../ports.ts'

/** A clock that goes when it is told to. */
export class ManualClock implements Clock {
  #now = 0
  #appointments: { at: number; act: () => void }[] = []

  now(): number {
    return this.#now
  }

  random(): number {
    return 0.5
  }

  after(ms: number, act: () => void): () => void {
    const appointment = { at: this.#now + ms, act }
    this.#appointments.push(appointment)
    return () => {
      this.#appointments = this.#appointments.filter((other) => other !== appointment)
    }
  }

  get waiting(): number {
    return this.#appointments.length
  }

  advance(ms: number): void {
    const until = this.#now + ms
    for (;;) {
      const next = this.#appointments.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#appointments = this.#appointments.filter((other) => other !== next)
      this.#now = next.at
      next.act()
    }
    this.#now = until
  }
}
