import type { Desk } from '../../state/desk.ts'
import type { RunState } from '../../state/run.ts'
import { type RunsInView, runsInView } from '../../state/session.ts'
import { useStore } from '../../state/store.ts'

/** The run that the results show, and those that it is one of, oldest first. */
export function useRuns(desk: Desk): RunsInView {
  const session = useStore(desk.session)
  const workspace = useStore(desk.workspace)
  const { run } = useStore(desk.view)
  return runsInView(session, { open: workspace?.exercise ?? null, chosen: run })
}

/** The run that the results show, where it is one of the files that are open. */
export function useRunHere(desk: Desk): RunState | null {
  const { shown } = useRuns(desk)
  const workspace = useStore(desk.workspace)
  return shown && shown.description.exercise === workspace?.exercise ? shown : null
}
