import type { Interview } from '@sandbox/protocol'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { standingOf, summaryOf } from '../../state/results.ts'
import { splitSentence } from '../../state/sentence.ts'
import { useStore } from '../../state/store.ts'
import { fileNamed } from '../../state/workspace.ts'
import { Badge, toneOf } from '../../ui/badge.tsx'
import controls from '../../ui/controls.module.css'
import { RichText } from '../../ui/rich-text.tsx'
import { useRuns } from '../run/use-shown-run.ts'
import styles from './verdict-bar.module.css'

/** What the shown run came to, in one sentence under the code, and the way to its evidence. */
export function VerdictBar(props: {
  desk: InterviewDesk
  interview: Pick<Interview, 'runs'>
  isOpen: boolean
  onOpen: () => void
}) {
  const { desk, interview, isOpen, onOpen } = props
  const { shown } = useRuns(desk)
  const workspace = useStore(desk.workspace)
  if (!shown) return null
  const standing = standingOf(shown)
  const number = interview.runs.findIndex(({ id }) => id === shown.description.id) + 1
  const { lead, parts } = splitSentence(
    summaryOf(shown),
    (file) => workspace !== null && fileNamed(workspace, file) !== null,
  )
  return (
    <div className={`${styles.bar} ${toneOf(standing)}`} data-testid="verdict-bar" data-verdict={standing}>
      <Badge kind={standing} />
      {number > 0 && <span className={styles.number}>run {number}</span>}
      <p className={styles.sentence} aria-live="polite">
        {lead && <b>{lead}</b>}
        <RichText parts={parts} onOpen={(file, line) => desk.openPlace(shown, file, line)} />
      </p>
      {!isOpen && (
        <button type="button" className={controls.button} data-testid="open-story" onClick={onOpen}>
          Open results
        </button>
      )}
    </div>
  )
}
