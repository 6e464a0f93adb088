import type { AskedQuestion, ExerciseDetail } from '@sandbox/protocol'
import { answersNote } from '../../state/answers.ts'
import type { RunState } from '../../state/run.ts'
import { Icon } from '../../ui/icon.tsx'
import { InlineMarkdown, Markdown } from '../../ui/markdown.tsx'
import styles from './rows.module.css'

/** The answers of a run: which were right, and why. */
export function AnswersPanel({ run, detail }: { run: RunState; detail: ExerciseDetail }) {
  const { questions, modes } = detail
  const note = answersNote(run, modes)
  return (
    <>
      {note !== null && (
        <p className={styles.note} data-testid="answers-note">
          {note}
        </p>
      )}
      <ol className={styles.list}>
        {questions.map((question, index) => {
          const judged = run.answers.find(({ id }) => id === question.id)
          const given = run.description.answers?.[question.id] ?? []
          if (!judged) return null
          return (
            <li key={question.id} data-testid="answer-row" data-right={judged.right}>
              <div className={styles.row}>
                <span className={judged.right ? styles.good : styles.bad}>
                  <Icon name={judged.right ? 'passed' : 'failed'} />
                </span>
                <span className={styles.name}>Question {index + 1}</span>
                <span className={styles.words}>
                  {judged.right ? 'right' : given.length > 0 ? 'wrong' : 'no answer'}
                </span>
              </div>
              {given.length > 0 && (
                <p className={styles.text}>
                  <InlineMarkdown text={answerWords(question, given)} />
                </p>
              )}
              {judged.explanation !== undefined && (
                <div className={styles.text}>
                  <Markdown text={judged.explanation} />
                </div>
              )}
            </li>
          )
        })}
      </ol>
    </>
  )
}

function answerWords({ answer }: AskedQuestion, given: readonly number[]): string {
  if (answer.type === 'line') return `\`${answer.file}\`, line ${given.join(', ')}`
  return given.map((option) => answer.options[option] ?? '').join('; ')
}
