import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import type { Timeline } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { TimelineStore } from './timeline-store.ts'

/** As large, compressed, as its text. */
function timeline(text = ''): Timeline {
  const none = { begin: [], length: [], goroutine: [], proc: [], thread: [] }
  const spells = { ...none, name: [] }
  return {
    lengthNs: 0,
    cut: '',
    procs: [],
    threads: 0,
    spans: { ...none, state: [], reason: [], stack: [], by: [] },
    ranges: spells,
    held: spells,
    handoffs: { at: [], proc: [], goroutine: [] },
    texts: [text],
    frames: [],
    stacks: [],
    tests: [],
    goroutines: { id: [], created: [], ended: [], creator: [], stack: [], start: [], role: [], test: [] },
  }
}

/** Text that cannot be compressed below half, the same for the same seed. */
const noise = (chars: number, seed: string) =>
  Array.from({ length: chars / 64 }, (_, at) => createHash('sha256').update(`${seed} ${at}`).digest('hex')).join('')

test('a person gets what a run of theirs left, and nobody else does', async () => {
  const store = new TimelineStore()
  store.keep('ann', 'run-1', timeline('a Mutex'))
  const bytes = await store.of('ann', 'run-1')
  expect(JSON.parse(gunzipSync(bytes ?? '').toString())).toEqual(timeline('a Mutex'))
  expect(await store.of('bob', 'run-1')).toBeNull()
  expect(await store.of('ann', 'run-2')).toBeNull()
})

test('what is dropped with its run is gone, even while it is still being compressed', async () => {
  const store = new TimelineStore()
  store.keep('ann', 'run-1', timeline())
  const asked = store.of('ann', 'run-1')
  store.drop('run-1')
  expect(await asked).toBeNull()
  expect(await store.of('ann', 'run-1')).toBeNull()
})

test('the oldest make room, and one that is too large is not kept', async () => {
  const store = new TimelineStore({ allBytes: 3000, oneBytes: 2500 })
  for (const run of ['run-1', 'run-2', 'run-3']) {
    store.keep('ann', run, timeline(noise(1920, run)))
    expect(await store.of('ann', run)).not.toBeNull()
  }
  expect(await store.of('ann', 'run-1')).toBeNull()
  expect(await store.of('ann', 'run-3')).not.toBeNull()
  store.keep('ann', 'run-4', timeline(noise(6400, 'run-4')))
  expect(await store.of('ann', 'run-4')).toBeNull()
})
