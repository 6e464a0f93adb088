import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import { EmptyResults } from '../run/empty-results.tsx'
import { MODIFIER } from '../run/shortcuts.ts'

/** What stands in place of results in practice, before the first run. */
export function NoRun({ practice }: { practice: Practice }) {
  const workspace = useStore(practice.workspace)
  const progress = useStore(practice.records.progress).get(workspace?.exercise ?? '')
  const title = progress && progress.runs > 0 ? 'No run since this page was opened' : 'No run yet'
  return (
    <EmptyResults desk={practice} title={title} formats="format with gofmt, keep the draft">
      <li>
        <kbd>{MODIFIER} K</kbd> find an exercise
      </li>
      <li>
        <kbd>{MODIFIER} .</kbd> next exercise that is not solved
      </li>
    </EmptyResults>
  )
}
