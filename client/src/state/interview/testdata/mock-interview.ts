import { type Entry, foldEntries, type Interview, type LoggedEntry, type Verdict } from '@sandbox/protocol'
import { MOCK_GUIDE } from './mock-guide.ts'

/** `16:48`: so many milliseconds. */
export function time(text: string): number {
  const [minutes = 0, seconds = 0] = text.split(':').map(Number)
  return (minutes * 60 + seconds) * 1000
}

export type Line = [at: string, by: 'm1' | 'm2' | 'm3' | 'm4' | null, entry: Entry]

/** What a log of these lines comes to. */
export function interviewOf(lines: readonly Line[]): Interview {
  return foldEntries(lines.map(([at, by, entry], index): LoggedEntry => ({ seq: index + 1, at: time(at), by, entry })))
}

const made: Entry = { type: 'made', title: 'Senior Go developer', candidate: 'Mira Castell', alone: false, madeAt: Date.UTC(2026, 10, 22, 9) }

/** Made, with a guide and its people, not begun. */
export const BEFORE_START: Line[] = [
  ['0:00', null, made],
  ['0:00', null, { type: 'guide', guide: MOCK_GUIDE }],
  ['0:00', null, { type: 'joined', member: 'm1', name: 'Jonas Weber', role: 'interviewer' }],
  ['0:00', null, { type: 'joined', member: 'm2', name: 'Priya Nair', role: 'interviewer' }],
  ['0:00', null, { type: 'joined', member: 'm3', name: 'Mira Castell', role: 'candidate' }],
  ['0:00', 'm1', { type: 'admitted', member: 'm3' }],
]

const run = (number: number, at: string, exercise: string, verdict: Verdict | null, summary: string): Line[] => [
  [at, 'm3', { type: 'ran', run: `run-${number}`, exercise }],
  ...(verdict === null ? [] : [[at, null, { type: 'concluded', run: `run-${number}`, verdict, summary }] satisfies Line]),
]

const ticked = (at: string, question: string, point: string): Line => [at, 'm1', { type: 'ticked', question, point, on: true }]

/** In its 17th minute: the first part's second question, a race met twice, and one run on. */
export const IN_17TH_MINUTE: Line[] = [
  ...BEFORE_START,
  ['0:00', 'm1', { type: 'clock', action: 'start' }],
  ['5:00', 'm1', { type: 'turned', part: 'go', question: 'scheduler' }],
  ['5:02', 'm1', { type: 'reserve', part: 'introduction', minutes: 5 }],
  ['5:10', 'm1', { type: 'opened', exercise: 'hit-counter' }],
  ...run(1, '8:12', 'hit-counter', 'race', 'Race: `Add` writes `n` while another goroutine reads it.'),
  ticked('8:40', 'scheduler', 'first'),
  ...run(2, '9:05', 'hit-counter', 'failed', 'TestEveryHitCountsOnce failed.'),
  ...run(3, '10:20', 'hit-counter', 'compile-error', 'counter.go:12: undefined: sync.'),
  ...run(4, '11:14', 'hit-counter', 'passed', 'All 5 tests passed.'),
  ['11:38', 'm1', { type: 'turned', part: 'go', question: 'concurrency-patterns' }],
  ['11:40', 'm1', { type: 'opened', exercise: 'worker-pool' }],
  ...run(5, '12:12', 'worker-pool', 'compile-error', 'pool.go:31: missing return.'),
  ...run(6, '13:02', 'worker-pool', 'race', 'Race: `Submit` writes `p.closed` at pool.go:41 while a worker reads it at pool.go:27.'),
  ['13:20', 'm1', { type: 'noted', note: 'm1-1', text: 'Reads the race report top down; names both sites unprompted.' }],
  ticked('13:30', 'concurrency-patterns', 'structure'),
  ticked('14:00', 'concurrency-patterns', 'backpressure'),
  ticked('14:30', 'concurrency-patterns', 'shutdown'),
  ['14:40', 'm1', { type: 'scored', section: 'go', points: 19 }],
  ['14:41', 'm1', { type: 'cited', section: 'go', cite: 'm1-1', evidence: { type: 'run', run: 'run-6' } }],
  ['14:42', 'm1', { type: 'cited', section: 'go', cite: 'm1-2', evidence: { type: 'line', path: 'worker-pool/pool.go', line: 35, text: '\tp.mu.Lock()', at: time('14:40') } }],
  ['14:50', 'm1', { type: 'flagged', flag: 'clear', on: true }],
  ['15:02', 'm1', { type: 'noted', note: 'm1-2', text: 'First idea: lock in `Submit` only. Asked what the worker holds.' }],
  ...run(7, '15:11', 'worker-pool', 'race', 'Race: `Submit` writes `p.closed` at pool.go:41 while a worker reads it at pool.go:27.'),
  ['15:30', 'm2', { type: 'noted', note: 'm2-1', text: 'Calm under pressure.' }],
  ...run(8, '16:47', 'worker-pool', null, ''),
]

/** Where the mock stands. */
export const AT_16_48: number = time('16:48')
