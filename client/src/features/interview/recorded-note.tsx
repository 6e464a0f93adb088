import type { Recording } from '@sandbox/protocol'
import { listOf } from '../../state/interview/people.ts'
import { Icon } from '../../ui/icon.tsx'
import styles from './interview.module.css'

/** What is kept of the candidate, and what is not. */
export function RecordedNote({ recording }: { recording: Recording }) {
  const { pasting, leaving } = recording
  const kept = [
    'edits',
    'runs',
    'cursors',
    ...(pasting ? ['how much is pasted from elsewhere'] : []),
    ...(leaving ? ['when this window is left'] : []),
  ]
  const not = [...(pasting ? [] : ['pasting']), ...(leaving ? [] : ['leaving the window']), 'sound', 'camera']
  return (
    <p className={styles.recorded} data-testid="recorded">
      <Icon name="lock" />
      <span>
        Kept for replay: {listOf(kept)}. Not recorded: {listOf(not, 'or')}.
      </span>
    </p>
  )
}
