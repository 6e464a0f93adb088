import { expect, test } from 'vitest'
import { workerPool } from '../state/testdata/timelines.ts'
import { type TimelineAnswer, type TimelineWorker, workerTimelines } from './worker-timelines.ts'

/** A worker that answers at once, or fails where it has no answer. */
function answering(answer: TimelineAnswer | null) {
  const said: string[] = []
  const listeners = { message: (_: { data: TimelineAnswer }) => {}, error: () => {} }
  const worker: TimelineWorker = {
    postMessage: ({ runs, run }) => {
      said.push(`${runs} ${run}`)
      if (answer) listeners.message({ data: answer })
      else listeners.error()
    },
    addEventListener: (type: 'message' | 'error', listener: (event: { data: TimelineAnswer }) => void) =>
      Object.assign(listeners, { [type]: listener }),
    terminate: () => said.push('terminated'),
  }
  return { said, timeline: () => workerTimelines(() => worker).timeline('run 1') }
}

test('a timeline comes from a worker, which ends with its answer', async () => {
  const { timeline } = workerPool()
  const worker = answering({ timeline })
  expect(await worker.timeline()).toBe(timeline)
  expect(worker.said).toEqual(['/api/runs run 1', 'terminated'])
})

test.each<[string, TimelineAnswer | null, string]>([
  ['a failure that it tells', { sentence: 'The server cannot be reached.' }, 'The server cannot be reached.'],
  ['a failure of its own', null, 'reload the page'],
])('%s is told in a sentence, and it ends', async (_, answer, sentence) => {
  const worker = answering(answer)
  await expect(worker.timeline()).rejects.toThrow(sentence)
  expect(worker.said.at(-1)).toBe('terminated')
})
