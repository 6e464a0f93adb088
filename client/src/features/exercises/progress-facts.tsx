import type { Progress } from '@sandbox/protocol'
import { isSolved, progressFacts } from '../../state/records.ts'
import styles from './exercise-column.module.css'

/** How far a person has come with an exercise; nothing where it is new. */
export function ProgressFacts({ progress }: { progress: Progress | undefined }) {
  const facts = progressFacts(progress)
  if (facts.length === 0) return null
  return (
    <p className={isSolved(progress) ? `${styles.progress} ${styles.solved}` : styles.progress} data-testid="progress">
      {facts.join(' · ')}
    </p>
  )
}
