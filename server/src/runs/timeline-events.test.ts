import { readFileSync } from 'node:fs'
import type { Timeline } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import type { Artifact } from '../reports/artifact.ts'
import type { Sources } from '../reports/sources.ts'
import { timelineEvents } from './timeline-events.ts'

const SOURCES: Sources = {
  importPath: 'sandbox/pool',
  files: new Map([
    ['pool.go', { origin: 'candidate', text: '' }],
    ['visible_test.go', { origin: 'test', text: '' }],
    ['hidden_test.go', { origin: 'hidden', text: '' }],
  ]),
}
const CAPTURED = readFileSync(new URL('../reports/testdata/timeline/worker-pool.json', import.meta.url))

function told(artifact: Partial<Artifact>) {
  const kept: Timeline[] = []
  const whole: Artifact = { kind: 'trace', bytes: CAPTURED, cut: false, problem: null, ...artifact }
  const [event] = timelineEvents(SOURCES, whole, (timeline) => void kept.push(timeline))
  return { ...event, kept: kept.length }
}

test('a trace is told in one sentence, and its timeline is kept', () => {
  expect(told({})).toMatchObject({
    sentence:
      '108 goroutines ran on 4 Ps for 2.1 ms. They waited 3.0 ms for locks and wait groups and 664 µs for channels in all; longest, goroutine 105 waited 366 µs for a Mutex at pool.go:111.',
    totals: { goroutines: 108 },
    kept: 1,
  })
})

test.each<[string, Partial<Artifact>, RegExp]>([
  ['was never written', { problem: 'missing' }, /ended before its trace was written/],
  ['is something else than a file', { problem: 'not-a-file' }, /no execution trace/],
  ['is more than is kept', { cut: true }, /more than is kept/],
  ['is junk', { bytes: Buffer.from('junk') }, /breaks off/],
])('a trace that %s is told in one sentence, and nothing is kept', (_, artifact, sentence) => {
  expect(told(artifact)).toMatchObject({ sentence: expect.stringMatching(sentence), totals: null, kept: 0 })
})
