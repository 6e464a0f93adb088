import type { ExerciseDetail } from '@sandbox/protocol'
import { InlineMarkdown } from '../../ui/markdown.tsx'
import styles from './next-panel.module.css'

/** After a pass: what an interviewer would ask next, and what a strong answer covers. */
export function NextPanel({ detail }: { detail: ExerciseDetail }) {
  return (
    <div className={styles.next}>
      <h4>Follow-up questions</h4>
      <ol>
        {detail.followUps.map((question) => (
          <li key={question}>
            <InlineMarkdown text={question} />
          </li>
        ))}
      </ol>
      <details>
        <summary>Talking points: what a strong answer covers</summary>
        <ul>
          {detail.talkingPoints.map((point) => (
            <li key={point}>
              <InlineMarkdown text={point} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
