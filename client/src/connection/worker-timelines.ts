import type { Timeline } from '@sandbox/protocol'
import type { TimelineSource } from '../state/ports.ts'
import { RUNS } from './timelines.ts'

/** What the worker answers: the timeline, or in one sentence why there is none. */
export type TimelineAnswer = { timeline: Timeline } | { sentence: string }

/** What the worker is asked: a run, under the address of all of its kind. */
export interface TimelineQuestion {
  runs: string
  run: string
}

/** What is used of a Worker, so that a test brings its own. */
export interface TimelineWorker {
  postMessage(question: TimelineQuestion): void
  addEventListener(type: 'message', listener: (event: { data: TimelineAnswer }) => void): void
  addEventListener(type: 'error', listener: () => void): void
  terminate(): void
}

/**
 * Timelines of the runs under an address, fetched and checked by a worker each, which ends with its answer. Fails with a
 * sentence for the page.
 */
export function workerTimelines(open: () => TimelineWorker, runs = RUNS): TimelineSource {
  return {
    async timeline(run) {
      performance.mark('timeline:asked')
      const worker = open()
      try {
        const answer = await answerOf(worker, { runs, run })
        if ('sentence' in answer) throw new Error(answer.sentence)
        // Taking a full one over costs a frame, and so does what the page makes of it.
        await nextTask()
        return answer.timeline
      } finally {
        worker.terminate()
      }
    },
  }
}

function answerOf(worker: TimelineWorker, question: TimelineQuestion): Promise<TimelineAnswer> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', () => reject(new Error('The timeline could not be read: reload the page.')))
    worker.postMessage(question)
  })
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
