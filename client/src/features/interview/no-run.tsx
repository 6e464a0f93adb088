import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { useStore } from '../../state/store.ts'
import { EmptyResults } from '../run/empty-results.tsx'

/** What stands in place of results before the first run; nothing where there is nothing to run. */
export function NoRun({ desk }: { desk: InterviewDesk }) {
  const workspace = useStore(desk.workspace)
  return workspace && <EmptyResults desk={desk} title="No run yet" formats="format with gofmt" />
}
