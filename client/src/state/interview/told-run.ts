import type { ServerMessage } from '@sandbox/protocol'
import { foldRun, newRun, type RunState } from '../run.ts'

/** A run as it was told when it ran; null where that says nothing of one. */
export function toldRun(messages: readonly ServerMessage[], clockAheadMs: number): RunState | null {
  const [first] = messages
  if (first?.type !== 'run') return null
  return messages.reduce(
    (run, message) => (message.type === 'event' ? foldRun(run, message) : run),
    newRun(first.run, clockAheadMs),
  )
}
