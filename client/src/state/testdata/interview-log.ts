import { type Entry, Guide, type LoggedEntry, type Verdict } from '@sandbox/protocol'
import * as Y from 'yjs'
import { toBase64 } from '../interview/base64.ts'
import { smallestEdit } from '../smallest-edit.ts'

const MINUTE = 60_000
/** People come this long after the interview was made. */
export const LOG_START_MS = 26 * 60 * MINUTE

const HEAD = `package pool

import (
	"context"
	"sync"
)

type Job func()

// Pool runs jobs on a fixed number of workers.
type Pool struct {
	jobs   chan Job
	wg     sync.WaitGroup
	mu     sync.Mutex
	closed bool // guarded by mu
}
`

const STARTER = `${HEAD}
func New(workers, queue int) *Pool {
	panic("to be written")
}
`

const RACY = `${HEAD}
func New(workers, queue int) *Pool {
	p := &Pool{jobs: make(chan Job, queue)}
	for range workers {
		p.wg.Add(1)
		go p.work()
	}
	return p
}

func (p *Pool) work() {
	defer p.wg.Done()
	for job := range p.jobs {
		if p.closed {
			continue // drop what is still queued
		}
		job()
	}
}

func (p *Pool) Submit(ctx context.Context, job Job) error {
	p.mu.Lock()
	p.mu.Unlock()
	select {
	case p.jobs <- job:
		return nil
	case <-ctx.Done():
		p.closed = true
		return ctx.Err()
	}
}

func (p *Pool) Close() {
	close(p.jobs)
	p.wg.Wait()
}
`

const FIXED = RACY.replace('\t\tif p.closed {', '\t\tif p.isClosed() {').replace(
  '\t\tp.closed = true',
  '\t\tp.mu.Lock()\n\t\tp.closed = true\n\t\tp.mu.Unlock()',
).replace(
  'func (p *Pool) Close() {',
  'func (p *Pool) isClosed() bool {\n\tp.mu.Lock()\n\tdefer p.mu.Unlock()\n\treturn p.closed\n}\n\nfunc (p *Pool) Close() {',
)

const API = `package pool

// Submitter takes jobs.
type Submitter interface {
	Submit(job Job) error
}
`

/** The guide that the generated interview goes by. */
export const LOG_GUIDE: Guide = Guide.parse({
  title: 'Senior Go developer',
  minutes: 90,
  keptMinutes: 5,
  passing: 75,
  parts: [
    { id: 'introduction', title: 'Introduction', objective: 'o', minutes: 5, questions: [] },
    {
      id: 'go',
      title: 'Advanced Go mastery',
      objective: 'o',
      minutes: 30,
      questions: [{ id: 'pool', seed: 'Q2', title: 'Concurrency patterns', text: 't', minutes: [15, 20], points: [], followUps: [] }],
    },
    { id: 'database', title: 'Database architecture', objective: 'o', minutes: 15, questions: [] },
    { id: 'design', title: 'Design', objective: 'o', minutes: 25, questions: [] },
    { id: 'end', title: 'The candidate asks', objective: 'o', minutes: 5, questions: [] },
  ],
  sections: (['go', 'database', 'leadership', 'design', 'architecture'] as const).map((id) => ({
    id,
    title: id,
    points: 20,
    minimum: null,
    bands: [18, 14, 10, 0].map((from, index) => ({ band: ['exceptional', 'strong', 'adequate', 'weak'][index], from, words: 'w' })),
  })),
  greenFlags: [],
  redFlags: [],
  preparation: [],
  remarks: [],
})

/** Reproducible chance: mulberry32. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** A document that says what each change of it is, as the log keeps it. */
class Writer {
  readonly doc = new Y.Doc()
  readonly files = this.doc.getMap<Y.Text>('files')
  readonly updates: string[] = []

  constructor(clientID: number) {
    this.doc.clientID = clientID
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'other') this.updates.push(toBase64(update))
    })
  }

  hear(update: string): void {
    Y.applyUpdate(this.doc, Uint8Array.from(atob(update), (c) => c.charCodeAt(0)), 'other')
  }
}

export interface LogOptions {
  /** Characters typed and deleted beyond the code itself. */
  churn: number
  seed?: number
}

/** An interview of 90 minutes: code that comes about key by key, runs, notes, and an hour's silence nowhere. */
export function interviewLog({ churn, seed = 1 }: LogOptions): LoggedEntry[] {
  const random = chance(seed)
  const happened: { at: number; by: string | null; entry: Entry }[] = []
  const at = (minute: number) => LOG_START_MS + minute * MINUTE
  const add = (minute: number, by: string | null, entry: Entry) => happened.push({ at: at(minute), by, entry })
  const server = new Writer(1)
  const mira = new Writer(2)
  const write = (minute: number, by: Writer, change: () => void) => {
    by.doc.transact(change)
    const other = by === mira ? server : mira
    for (const update of by.updates.splice(0)) {
      other.hear(update)
      add(minute, by === mira ? 'm3' : null, { type: 'edited', update })
    }
  }
  const type = (path: string, from: number, to: number, text: string) => {
    const file = mira.files.get(path)
    if (!file) throw new Error(`no file ${path}`)
    const { start, end, insert } = smallestEdit(file.toString(), text)
    const steps = end - start + insert.length
    for (let step = 0; step < steps; step++) {
      const minute = from + ((to - from) * step) / steps
      write(minute, mira, () => {
        if (step < end - start) file.delete(end - 1 - step, 1)
        else file.insert(start + step - (end - start), insert[step - (end - start)] ?? '')
      })
      if (step % 5 === 0) cursor(minute, 'm3', path, Math.max(0, start + step - (end - start)))
    }
  }
  const cursor = (minute: number, by: string, path: string, offset: number) => {
    const before = (mira.files.get(path)?.toString() ?? '').slice(0, offset).split('\n')
    const place: [number, number] = [before.length, (before.at(-1)?.length ?? 0) + 1]
    add(minute, by, { type: 'cursor', cursor: { path, anchor: place, head: place } })
  }
  /** Somebody thinks in comments, and takes them back. */
  const ponder = (path: string, from: number, to: number, keys: number) => {
    const file = mira.files.get(path)
    if (!file) return
    let inserted: number[] = []
    for (let key = 0; key < keys; key++) {
      const minute = from + ((to - from) * key) / keys
      const back = inserted.length > 0 && (key > keys / 2 || random() < 0.3)
      write(minute, mira, () => {
        if (back) {
          const place = inserted.splice(Math.floor(random() * inserted.length), 1)[0] ?? 0
          inserted = inserted.map((other) => (other > place ? other - 1 : other))
          file.delete(place, 1)
          return
        }
        const last = inserted.at(-1)
        const place = last !== undefined && random() < 0.9 ? last + 1 : Math.floor(random() * file.length)
        inserted = [...inserted.map((other) => (other >= place ? other + 1 : other)), place]
        file.insert(place, 'abcdefgh'[Math.floor(random() * 8)] ?? 'x')
      })
      if (key % 4 === 0) cursor(minute, 'm3', path, inserted.at(-1) ?? 0)
      if (key % 9 === 0) cursor(minute, 'm1', path, Math.floor(random() * file.length))
    }
    while (inserted.length > 0)
      write(to, mira, () => {
        const place = inserted.pop() ?? 0
        inserted = inserted.map((other) => (other > place ? other - 1 : other))
        file.delete(place, 1)
      })
  }
  let runs = 0
  const run = (minute: number, exercise: string, verdict: Verdict, summary: string) => {
    const id = `r${++runs}`
    add(minute, 'm3', { type: 'ran', run: id, exercise })
    add(minute + 0.03, null, { type: 'concluded', run: id, verdict, summary })
  }
  happened.push({ at: 0, by: null, entry: { type: 'made', title: 'Second round', candidate: 'Mira Castell', alone: false, madeAt: Date.UTC(2026, 10, 21, 7, 0) } })
  happened.push({ at: 10, by: null, entry: { type: 'guide', guide: LOG_GUIDE } })
  happened.push({ at: MINUTE, by: null, entry: { type: 'joined', member: 'm1', name: 'Jonas', role: 'interviewer' } })
  add(-4, null, { type: 'joined', member: 'm2', name: 'Priya', role: 'interviewer' })
  add(-3, null, { type: 'joined', member: 'm3', name: 'Mira', role: 'candidate' })
  add(-2, 'm1', { type: 'admitted', member: 'm3' })
  add(-1.5, 'm1', { type: 'recording', recording: { pasting: true, leaving: true } })
  add(0, 'm1', { type: 'clock', action: 'start' })
  add(0, 'm1', { type: 'turned', part: 'introduction', question: null })
  add(0.1, 'm1', { type: 'opened', exercise: 'worker-pool' })
  write(0.1, server, () => {
    for (const [name, text] of [['pool.go', STARTER], ['api.go', API]] as const) server.files.set(`worker-pool/${name}`, new Y.Text(text))
  })
  const POOL = 'worker-pool/pool.go'
  add(5, 'm1', { type: 'turned', part: 'go', question: 'pool' })
  type(POOL, 5.2, 12, RACY)
  run(6.1, 'worker-pool', 'compile-error', 'Does not compile: pool.go:19:2: undefined: `q`.')
  ponder(POOL, 12.05, 13, Math.round(churn * 0.1))
  run(12.2, 'worker-pool', 'compile-error', 'Does not compile: pool.go:31:3: undefined: `ctx`.')
  run(13.03, 'worker-pool', 'race', 'Race: `Submit` writes `p.closed` at pool.go:44 while a worker reads it at pool.go:30, and nothing orders the two.')
  add(13.3, 'm1', { type: 'noted', note: 'n1', text: 'Reads the race report top down; names both sites unprompted.' })
  ponder(POOL, 13.4, 15, Math.round(churn * 0.2))
  run(15.2, 'worker-pool', 'race', 'Race: `Submit` writes `p.closed` at pool.go:44 while a worker reads it at pool.go:30, and nothing orders the two.')
  add(15.5, 'm3', { type: 'pasted', path: POOL, line: 36, characters: 212 })
  type(POOL, 15.6, 16.5, FIXED)
  run(16.8, 'worker-pool', 'failed', 'Failed: `TestCloseWaits`: 8 of 9 tests passed.')
  add(17, 'm3', { type: 'away', away: true })
  add(17.6, 'm3', { type: 'away', away: false })
  run(18.4, 'worker-pool', 'passed', 'Passed: 9 tests, and 40 other schedules.')
  add(20, 'm1', { type: 'clock', action: 'pause' })
  add(24, 'm1', { type: 'clock', action: 'resume' })
  add(24, 'm1', { type: 'turned', part: 'database', question: null })
  add(26, 'm1', { type: 'opened', exercise: 'hit-counter' })
  write(26, server, () => server.files.set('hit-counter/hits.go', new Y.Text('package hits\n\ntype Counter struct{ n int }\n')))
  ponder('hit-counter/hits.go', 27, 48, Math.round(churn * 0.4))
  run(40, 'hit-counter', 'deadlock', 'Deadlock: all goroutines of `TestHits` wait for ever.')
  run(44, 'hit-counter', 'leak', 'Leak: 3 goroutines were left behind, started at hits.go:12.')
  add(50, 'm1', { type: 'turned', part: 'design', question: null })
  ponder('hit-counter/hits.go', 55, 80, Math.round(churn * 0.3))
  run(70, 'hit-counter', 'panic', 'Panic: assignment to entry in nil map at hits.go:9.')
  add(83, 'm1', { type: 'turned', part: 'end', question: null })
  add(90, 'm1', { type: 'finished' })
  // Scored the next day.
  add(24 * 60, 'm1', { type: 'scored', section: 'go', points: 18 })
  const inOrder = happened.map((one, index) => ({ ...one, index })).sort((a, b) => a.at - b.at || a.index - b.index)
  return inOrder.map(({ at: ms, by, entry }, index) => ({ seq: index + 1, at: ms, by, entry }))
}
