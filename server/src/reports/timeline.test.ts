import { GoRole, GoState, RawTimeline, Timeline } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import type { Sources } from './sources.ts'
import { junk, sample } from './testdata/samples.ts'
import { readTimeline } from './timeline.ts'
import { reasonWords } from './timeline-words.ts'

const SOURCES: Sources = {
  importPath: 'sandbox/pool',
  files: new Map([
    ['pool.go', { origin: 'candidate', text: '' }],
    ['visible_test.go', { origin: 'test', text: '' }],
    ['hidden_test.go', { origin: 'hidden', text: '' }],
  ]),
}
const CAPTURED = sample('timeline/worker-pool.json')

function read(bytes: Uint8Array) {
  const result = readTimeline(SOURCES, bytes)
  if (result.type !== 'timeline') throw new Error(result.sentence)
  return result
}

type Columns = Exclude<RawTimeline, { problem: unknown }>

/** The captured columns with something changed in them. */
function changed(change: (raw: Columns) => void): Buffer {
  const raw = RawTimeline.parse(JSON.parse(CAPTURED.toString()))
  if ('problem' in raw) throw new Error('the sample is a problem')
  change(raw)
  return Buffer.from(JSON.stringify(raw))
}

describe('the trace of a worker pool', () => {
  const { timeline, totals, longest } = read(CAPTURED)

  test('is what the page can decode', () => {
    expect(Timeline.safeParse(JSON.parse(JSON.stringify(timeline))).success).toBe(true)
  })

  test('tells nothing of hidden files but that they are there', () => {
    expect(CAPTURED.toString()).toContain('hidden_test.go')
    expect(JSON.stringify(timeline)).not.toContain('hidden_test.go')
    const hidden = timeline.frames.filter(({ origin }) => origin === 'hidden')
    expect(hidden.length).toBeGreaterThan(0)
    expect(hidden.every(({ file, line }) => file === 'hidden test' && line === 0)).toBe(true)
  })

  test('knows whose goroutines are whose, and which test they belong to', () => {
    const { start, role, test } = timeline.goroutines
    const worker = timeline.texts.indexOf('sandbox/pool.(*Pool).work')
    const workers = start.flatMap((text, g) => (text === worker ? [g] : []))
    expect(workers.length).toBeGreaterThan(20)
    expect(workers.every((g) => role[g] === GoRole.candidate && (test[g] ?? -1) >= 0)).toBe(true)
    expect(timeline.tests).toContain('TestShutdownRunsWhatWasAccepted')
    const runner = timeline.texts.indexOf('testing.tRunner')
    expect(start.every((text, g) => (text === runner) === (role[g] === GoRole.test))).toBe(true)
  })

  test('says in words what was waited for longest, and where', () => {
    expect(longest).toMatchObject({ goroutine: 105, words: 'a Mutex', site: { file: 'pool.go', line: 111 } })
  })

  test('sums up what the goroutines of tests and code did', () => {
    expect(totals).toMatchObject({ goroutines: 108, procs: 4, lengthMs: 2.118, gcShare: 0, handoffs: 0 })
    expect(totals.blockedMs.map(({ cause }) => cause)).toContain('lock or wait group')
    const { state, length, goroutine } = timeline.spans
    const running = length.filter(
      (_, row) => state[row] === GoState.running && timeline.goroutines.role[goroutine[row] ?? -1] !== GoRole.runtime,
    )
    expect(totals.runningMs).toBeCloseTo(running.reduce((sum, ns) => sum + ns, 0) / 1e6, 2)
  })
})

describe('what hostile code may have written', () => {
  test.each<[string, (raw: Columns) => void]>([
    ['a reference beyond its table', ({ spans }) => spans.stack.fill(20_000)],
    ['columns of different lengths', ({ spans }) => spans.by.pop()],
    ['a span that ends after the trace', ({ spans }) => spans.length.fill(5_000_000)],
    ['a state that there is not', ({ spans }) => spans.state.fill(7)],
    ['a span of nobody', ({ spans }) => spans.goroutine.fill(-1)],
    ['a stack that ends within a frame', ({ stacks }) => stacks[0]?.pop()],
    ['more Ps than there can be', ({ procs }) => procs.push(...Array(300).fill(1))],
    ['half numbers', ({ held }) => held.begin.fill(0.5)],
  ])('%s is told in one sentence', (_, change) => {
    expect(readTimeline(SOURCES, changed(change))).toEqual({
      type: 'unreadable',
      sentence: expect.stringMatching(/^There is no timeline: .*\.$/),
    })
  })

  test('junk never throws', () => {
    for (let seed = 1; seed <= 60; seed++) {
      expect(['timeline', 'unreadable']).toContain(readTimeline(SOURCES, junk(seed, CAPTURED)).type)
    }
    expect(readTimeline(SOURCES, CAPTURED.subarray(0, -20)).type).toBe('unreadable')
    expect(readTimeline(SOURCES, new Uint8Array()).type).toBe('unreadable')
  })

  test('a hidden file’s name is taken out of every text', () => {
    const named = changed((raw) => raw.strings.fill('hidden_test.go:7'))
    const [text = ''] = read(named).timeline.texts.filter((text) => text.includes('hidden'))
    expect(text).toBe('hidden test')
  })
})

test('why nothing is shown has a sentence for each word of the tool', () => {
  const sentence = (problem: string) => {
    const result = readTimeline(SOURCES, Buffer.from(JSON.stringify({ problem })))
    return result.type === 'unreadable' ? result.sentence : ''
  }
  expect(sentence('empty')).toBe('There is no timeline: the run ended before its trace was written.')
  expect(sentence('not-a-trace')).toContain('no execution trace')
  expect(sentence('broken')).toContain('breaks off')
})

test('a trace that was cut says how much of it is shown', () => {
  expect(read(changed((raw) => (raw.cut = 'events'))).timeline.cut).toBe(
    'The first 2.1 ms are shown: more happened than is kept.',
  )
})

test('what the runtime calls sync has the name of what the code called', () => {
  const words = (...calls: string[]) => {
    const stack = calls.map((fn) => ({ function: fn, file: 'f.go', line: 1, origin: 'go' as const }))
    return reasonWords(GoState.waiting, 'sync', () => stack).words
  }
  expect(words('internal/sync.(*Mutex).Lock', 'sync.(*Mutex).Lock', 'p.Add', 'sync.(*WaitGroup).Go.func1')).toBe(
    'a Mutex',
  )
  expect(words('sync.(*Mutex).Lock', 'sync.(*Once).doSlow', 'sync.(*Once).Do', 'p.Get')).toBe('a Once')
  expect(words('sync.runtime_SemacquireWaitGroup', 'sync.(*WaitGroup).Wait')).toBe('a WaitGroup')
  expect(words('p.Add')).toBe('a lock')
  expect(words()).toBe('a lock')
})
