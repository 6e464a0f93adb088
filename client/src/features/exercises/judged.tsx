import type { ExerciseDetail, FailureReason } from '@sandbox/protocol'
import controls from '../../ui/controls.module.css'
import styles from './exercise-column.module.css'
import { testsIn } from './visible-tests.tsx'

/** What a run of this exercise judges, in a word or two each. */
export function judgedWords({ modes, visibleTests, hiddenTests, questions, measureTests, variants }: ExerciseDetail) {
  const tests = visibleTests.flatMap((file) => testsIn(file.text))
  const visible = tests.filter((test) => !measureTests.some(({ name }) => name === test.name)).length
  const words: string[] = []
  if (modes.includes('race')) words.push(`${visible + hiddenTests} tests, ${visible} visible`)
  if (measureTests.length > 0) words.push(counted(measureTests.length, 'measurement'))
  if (questions.length > 0) words.push(counted(questions.length, 'question'))
  if (modes.includes('variants')) words.push(counted(variants.right + variants.wrong, 'variant'))
  return words
}

const MEASURED: Partial<Record<FailureReason, string>> = {
  'too-slow': 'CPU time against the reference, in the same run',
  'too-many-allocations': 'memory that your code allocates or keeps',
}

/** Under the statement: what is measured, and what the candidate's own tests meet. */
export function Judged({ detail }: { detail: ExerciseDetail }) {
  const { modes, measureTests, variants } = detail
  return (
    <>
      {measureTests.length > 0 && (
        <section className={styles.judged} data-testid="measure-tests">
          <h3>What is measured</h3>
          <p>After the tests have passed, without the race detector. The bounds stand in the text above.</p>
          <ul>
            {measureTests.map(({ name, reason }) => (
              <li key={name}>
                <code>{name}</code> <span>{MEASURED[reason]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {modes.includes('variants') && (
        <section className={styles.judged}>
          <h3>What your tests meet</h3>
          <p>
            <span className={controls.chip}>{variants.right} right</span> must be accepted,{' '}
            <span className={controls.chip}>{variants.wrong} wrong</span> must be caught. What is wrong with one is told
            once it is caught.
          </p>
        </section>
      )}
    </>
  )
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
