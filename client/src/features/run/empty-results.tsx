import type { ExerciseDetail } from '@sandbox/protocol'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import styles from './empty-results.module.css'
import { runWords } from './run-words.ts'
import { MODIFIER } from './shortcuts.ts'

const IN_SANDBOX = 'in a sandbox that is thrown away afterwards.'
const OWN_TESTS = `runs your tests on your code, under the race detector, ${IN_SANDBOX}`

function sentenceOf({ modes }: ExerciseDetail): string {
  const runsCode = modes.some((mode) => mode !== 'questions')
  return runsCode ? `${runWords(modes)}, ${IN_SANDBOX}` : `${runWords(modes)}.`
}

/** Before the first run that this page sees: what Run does, and why it cannot where it cannot. */
export function EmptyResults({ practice }: { practice: Practice }) {
  const page = useStore(practice.page)
  const workspace = useStore(practice.workspace)
  const progress = useStore(practice.records.progress).get(workspace?.exercise ?? '')
  const detail = page.type === 'exercise' ? page.detail : null
  return (
    <div className={styles.empty}>
      <h3>{progress && progress.runs > 0 ? 'No run since this page was opened' : 'No run yet'}</h3>
      <p>
        <kbd>{MODIFIER} Enter</kbd> {detail ? sentenceOf(detail) : OWN_TESTS}
      </p>
      <ul>
        <li>
          <kbd>{MODIFIER} Enter</kbd> run
        </li>
        <li>
          <kbd>{MODIFIER} Shift Enter</kbd> profile: where CPU, memory and waiting go
        </li>
        <li>
          <kbd>{MODIFIER} S</kbd> format with gofmt, keep the draft
        </li>
        <li>
          <kbd>{MODIFIER} K</kbd> find an exercise
        </li>
        <li>
          <kbd>{MODIFIER} .</kbd> next exercise that is not solved
        </li>
        <li>
          <kbd>F6</kbd> next area of the page
        </li>
        <li>
          <kbd>F8</kbd> next marked error in the editor
        </li>
      </ul>
    </div>
  )
}
