import type { SandboxEvent } from './driver.ts'

/** Above this much waiting, the source is paused; one more chunk may still arrive. */
export const MAX_WAITING_BYTES = 1024 * 1024
/** What an event costs beside its bytes, so that a flood of empty events counts too. */
const EVENT_OVERHEAD_BYTES = 256

/** Events between one producer that can be paused and one consumer. */
export class EventQueue {
  readonly #pressure: (full: boolean) => void
  #items: SandboxEvent[] = []
  #head = 0
  #bytes = 0
  #ended = false
  #waiter: ((event: SandboxEvent | null) => void) | null = null

  /** `pressure(true)` asks the producer to pause, `pressure(false)` to go on. */
  constructor(pressure: (full: boolean) => void) {
    this.#pressure = pressure
  }

  get length(): number {
    return this.#items.length - this.#head
  }

  push(event: SandboxEvent): void {
    if (this.#ended) return
    if (this.#waiter) {
      this.#wake(event)
      return
    }
    const before = this.#bytes
    this.#items.push(event)
    this.#bytes += costOf(event)
    if (before <= MAX_WAITING_BYTES && this.#bytes > MAX_WAITING_BYTES) this.#pressure(true)
  }

  /** Nothing more comes; what waits can still be taken. */
  end(): void {
    this.#ended = true
    if (this.#waiter) this.#wake(null)
  }

  /** Nothing more comes, and what waits is dropped. */
  discard(): void {
    this.#items = []
    this.#head = 0
    this.#bytes = 0
    this.end()
  }

  /** The next event, or null when the stream has ended. One caller at a time. */
  take(): Promise<SandboxEvent | null> {
    const event = this.#items[this.#head]
    if (event === undefined) return this.#ended ? Promise.resolve(null) : this.#wait()
    this.#head += 1
    if (this.#head * 2 > this.#items.length) this.#compact()
    const before = this.#bytes
    this.#bytes -= costOf(event)
    if (before > MAX_WAITING_BYTES && this.#bytes <= MAX_WAITING_BYTES) this.#pressure(false)
    return Promise.resolve(event)
  }

  /** Runs when half of the array is used up: linear over all events. */
  #compact(): void {
    this.#items = this.#items.slice(this.#head)
    this.#head = 0
  }

  #wait(): Promise<SandboxEvent | null> {
    return new Promise((resolve) => {
      this.#waiter = resolve
    })
  }

  #wake(event: SandboxEvent | null): void {
    const waiter = this.#waiter
    this.#waiter = null
    waiter?.(event)
  }
}

function costOf(event: SandboxEvent): number {
  if (event.type === 'bytes') return EVENT_OVERHEAD_BYTES + event.bytes.length
  const text = 'text' in event.event ? event.event.text : null
  return EVENT_OVERHEAD_BYTES + (text?.length ?? 0)
}
