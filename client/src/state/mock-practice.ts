import { z } from 'zod'
import { type KeyValueStorage, readRaw } from './drafts.ts'
import type { RunState } from './run.ts'
import { createStore, type Store } from './store.ts'

const MOCK_KEY = 'mock-practice'

const Mock = z.object({
  exercise: z.string(),
  minutes: z.number(),
  /** Milliseconds since the epoch, as are all times here. */
  startedAt: z.number(),
  /** When the run was over that solved it. */
  solvedAt: z.number().nullable(),
})
/** An exercise against the clock, as in an interview. */
export type Mock = z.infer<typeof Mock>

export interface MockTime {
  /** `12:34`: what is left, what it is over by, or what it took. */
  text: string
  state: 'running' | 'over' | 'solved'
}

/** The mock practice of this tab. It survives a reload, and ends when it is stopped or another begins. */
export class MockPractice {
  readonly current: Store<Mock | null>
  readonly #storage: KeyValueStorage

  /** `storage` is this tab's own. */
  constructor(storage: KeyValueStorage) {
    this.#storage = storage
    this.current = createStore(parse(readRaw(storage, MOCK_KEY)))
  }

  start(exercise: string, minutes: number, now: number): void {
    this.#set({ exercise, minutes, startedAt: now, solvedAt: null })
  }

  stop(): void {
    this.#set(null)
  }

  /** A run has ended: one that began since and has passed stops the clock, unless it only looked closer. */
  ended(run: RunState): void {
    const mock = this.current.get()
    const passed = run.phase.type === 'ended' && run.phase.verdict.verdict === 'passed'
    if (!mock || mock.solvedAt !== null || !passed) return
    if (run.description.insight) return
    if (run.description.exercise !== mock.exercise || run.acceptedAt < mock.startedAt) return
    this.#set({ ...mock, solvedAt: run.acceptedAt + run.at })
  }

  #set(mock: Mock | null): void {
    this.current.set(mock)
    try {
      if (mock) this.#storage.setItem(MOCK_KEY, JSON.stringify(mock))
      else this.#storage.removeItem(MOCK_KEY)
    } catch {
      // Then it lasts until the reload.
    }
  }
}

function parse(raw: string | null): Mock | null {
  try {
    return raw === null ? null : Mock.parse(JSON.parse(raw))
  } catch {
    return null
  }
}

/** What the clock of a mock practice shows. */
export function mockTime({ minutes, startedAt, solvedAt }: Mock, now: number): MockTime {
  if (solvedAt !== null) return { text: clock(solvedAt - startedAt), state: 'solved' }
  const left = minutes * 60_000 - (now - startedAt)
  return left >= 0 ? { text: clock(left), state: 'running' } : { text: clock(-left), state: 'over' }
}

function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
