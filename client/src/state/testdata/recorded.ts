import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ExerciseDetail, type LoggedEvent, RunEvent, RunRequest } from '@sandbox/protocol'
import { z } from 'zod'
import { foldRun, newRun, type RunState } from '../run.ts'

const Recorded = z.object({ request: RunRequest, events: z.array(RunEvent) })

export type RecordedRun =
  | 'race'
  | 'deadlock'
  | 'passed'
  | 'compile-error'
  | 'failed'
  | 'panic'
  | 'asked'
  | 'measured'
  | 'tested'
  | 'refused'

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8'))
}

/** A recorded run as the socket brings it: its description and its numbered events, one every 10 ms. */
export function recordedRun(name: RecordedRun, id = 'run-1') {
  const { request, events } = Recorded.parse(read(name))
  const description = { ...request, id, request: `request-${id}`, acceptedAt: 1000 }
  const logged = events.map((event, index): LoggedEvent => ({ seq: index + 1, at: (index + 1) * 10, event }))
  return { description, logged }
}

/** The fold of a recorded run, or of its beginning up to the first event that `until` accepts. */
export function foldedRun(name: RecordedRun, until?: (event: RunEvent) => boolean): RunState {
  const { description, logged } = recordedRun(name)
  const last = until ? logged.findIndex(({ event }) => until(event)) : logged.length - 1
  return logged.slice(0, last + 1).reduce((run, event) => foldRun(run, event), newRun(description, 0))
}

export function hitCounter(): ExerciseDetail {
  return recordedDetail('hit-counter')
}

export function recordedDetail(slug: 'hit-counter' | 'asked' | 'measured' | 'tested'): ExerciseDetail {
  return ExerciseDetail.parse(read(`detail-${slug}`))
}
