import type { Desk } from '../../state/desk.ts'
import type { RunState } from '../../state/run.ts'
import { runsOf } from '../../state/session.ts'
import { useStore } from '../../state/store.ts'

/** The runs of the open exercise, oldest first, and the one that the results show. */
export function useRuns(practice: Desk): { runs: RunState[]; shown: RunState | null } {
  const session = useStore(practice.session)
  const workspace = useStore(practice.workspace)
  const { run } = useStore(practice.view)
  const runs = workspace ? runsOf(session, workspace.exercise) : []
  return { runs, shown: runs.find((one) => one.description.id === run) ?? runs.at(-1) ?? null }
}
