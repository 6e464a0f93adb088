import type { ExerciseDetail } from '@sandbox/protocol'
import type { Desk } from '../../state/desk.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Markdown } from '../../ui/markdown.tsx'
import styles from './hints.module.css'

/** Hints, one at a time: each says more than the one before. */
export function Hints({ desk, detail }: { desk: Desk; detail: ExerciseDetail }) {
  const { hints } = useStore(desk.view)
  const shown = Math.min(hints, detail.hints.length)
  return (
    <>
      <p className={styles.words}>Hints open one at a time, and each says more than the one before.</p>
      <ol className={styles.list}>
        {detail.hints.map((hint, index) => (
          <li key={hint} data-testid={index < shown ? 'hint' : undefined}>
            <h3>Hint {index + 1}</h3>
            {index < shown && <Markdown text={hint} />}
            {index === shown && (
              <button type="button" className={controls.button} onClick={() => desk.showHint(shown + 1)}>
                Show hint {index + 1}
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}
