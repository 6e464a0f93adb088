import { durationWords } from '@sandbox/protocol'
import type { Clock } from '../ports.ts'
import { createStore, type Store } from '../store.ts'
import { seenAt } from './replay-moments.ts'
import type { ReplayTimeline, Span } from './replay-timeline.ts'

export const SPEEDS = [1, 2, 4, 8, 16, 32] as const
export type Speed = (typeof SPEEDS)[number]

export interface PlayerState {
  /** Milliseconds since the interview was made. */
  at: number
  playing: boolean
  speed: Speed
  /** What the player did by itself; empty when there is nothing to say. */
  notice: string
}

/** How often a playing replay moves on, in milliseconds. */
const TICK_MS = 100
/** Of the time before and after a silence so much is played, so that one sees it begin and end. */
const MARGIN_MS = 3000
/** How long a playing replay goes on saying that it skipped something, in milliseconds of the reader's time. */
const NOTICE_MS = 4000

/** Moves through an interview's time. */
export class ReplayPlayer {
  readonly state: Store<PlayerState>
  readonly #timeline: ReplayTimeline
  readonly #clock: Clock
  #stop: (() => void) | null = null
  #skippedAt = 0

  constructor(timeline: ReplayTimeline, clock: Clock) {
    this.#timeline = timeline
    this.#clock = clock
    this.state = createStore<PlayerState>({ at: timeline.from, playing: false, speed: 4, notice: '' })
  }

  /** From the end it begins again. */
  play(): void {
    const { at, playing } = this.state.get()
    if (playing) return
    const { from, to } = this.#timeline
    this.#set({ playing: true, at: at >= to ? from : at, notice: '' })
    this.#tickSoon(this.#clock.now())
  }

  pause(): void {
    this.#stop?.()
    this.#stop = null
    this.#set({ playing: false })
  }

  toggle(): void {
    if (this.state.get().playing) this.pause()
    else this.play()
  }

  chooseSpeed(speed: Speed): void {
    this.#set({ speed })
  }

  /** Goes to a moment; what is outside goes to the nearer end. */
  seek(at: number): void {
    const { from, to } = this.#timeline
    this.#set({ at: Math.min(to, Math.max(from, at)), notice: '' })
  }

  move(ms: number): void {
    this.seek(this.state.get().at + ms)
  }

  /** To the verdict of the next run, or of the one before; where there is none it says so. */
  toRun(direction: 'next' | 'previous'): void {
    const { at } = this.state.get()
    const stops = this.#timeline.runs.map(seenAt)
    const stop = direction === 'next' ? stops.find((one) => one > at) : stops.findLast((one) => one < at)
    if (stop !== undefined) this.seek(stop)
    else this.#set({ notice: direction === 'next' ? 'No run comes after this.' : 'No run comes before this.' })
  }

  #set(change: Partial<PlayerState>): void {
    this.state.update((state) => ({ ...state, ...change }))
  }

  #tickSoon(since: number): void {
    this.#stop = this.#clock.after(TICK_MS, () => this.#tick(since))
  }

  #tick(since: number): void {
    const now = this.#clock.now()
    const { at, speed } = this.state.get()
    const { to, idle } = this.#timeline
    const next = Math.min(to, at + (now - since) * speed)
    const silence = idle.find((span) => isWithin(next, span))
    if (silence) this.#skip(next, silence, now)
    else this.#set(now - this.#skippedAt < NOTICE_MS ? { at: next } : { at: next, notice: '' })
    if (next >= to) this.pause()
    else this.#tickSoon(now)
  }

  #skip(from: number, silence: Span, now: number): void {
    const at = silence.to - MARGIN_MS
    this.#skippedAt = now
    this.#set({ at, notice: `Skipped ${durationWords(at - from)} in which nothing happened.` })
  }
}

function isWithin(at: number, { from, to }: Span): boolean {
  return at >= from + MARGIN_MS && at < to - MARGIN_MS
}
