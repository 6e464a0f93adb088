import type { Timeline } from '@sandbox/protocol'
import type { TimelineSource } from '../state/ports.ts'

/** What the worker answers: the timeline, or in one sentence why there is none. */
export type TimelineAnswer = { timeline: Timeline } | { sentence: string }

/** What is used of a Worker, so that a test brings its own. */
export interface TimelineWorker {
  postMessage(run: string): void
  addEventListener(type: 'message', listener: (event: { data: TimelineAnswer }) => void): void
  addEventListener(type: 'error', listener: () => void): void
  terminate(): void
}

/** Timelines that are fetched and checked by a worker each, which ends with its answer. Fails with a sentence for the page. */
export function workerTimelines(open: () => TimelineWorker): TimelineSource {
  return {
    async timeline(run) {
      performance.mark('timeline:asked')
      const worker = open()
      try {
        const answer = await answerOf(worker, run)
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

function answerOf(worker: TimelineWorker, run: string): Promise<TimelineAnswer> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data))
    worker.addEventListener('error', () => reject(new Error('The timeline could not be read: reload the page.')))
    worker.postMessage(run)
  })
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
