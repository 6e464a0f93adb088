import type { ExerciseDetail } from '@sandbox/protocol'
import type { ReactNode } from 'react'
import type { Desk } from '../../state/desk.ts'
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

interface EmptyResultsProps {
  desk: Desk
  title: string
  /** What Format does. */
  formats: string
  /** Keys that only this page knows, as list items. */
  children?: ReactNode
}

/** Before the first run that this page sees: what Run does, and the keys. */
export function EmptyResults({ desk, title, formats, children }: EmptyResultsProps) {
  const page = useStore(desk.page)
  const detail = page.type === 'exercise' ? page.detail : null
  return (
    <div className={styles.empty}>
      <h3>{title}</h3>
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
          <kbd>{MODIFIER} S</kbd> {formats}
        </li>
        {children}
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
