import type { AskedQuestion, ExerciseDetail } from '@sandbox/protocol'
import { useMemo } from 'react'
import { type AnswerStanding, standingOfAnswer, toggled } from '../../state/answers.ts'
import type { Desk } from '../../state/desk.ts'
import { givenLines } from '../../state/given-lines.ts'
import { useStore } from '../../state/store.ts'
import type { Workspace } from '../../state/workspace.ts'
import controls from '../../ui/controls.module.css'
import { GoLine } from '../../ui/go-code.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { InlineMarkdown, Markdown } from '../../ui/markdown.tsx'
import { useRunHere } from '../run/use-shown-run.ts'
import styles from './questions.module.css'

type Choice = Extract<AskedQuestion['answer'], { type: 'choice' }>
type Line = Extract<AskedQuestion['answer'], { type: 'line' }>

/** The questions of an exercise with what was answered, and after a run what was right. */
export function Questions({ desk, detail }: { desk: Desk; detail: ExerciseDetail }) {
  const workspace = useStore(desk.workspace)
  const shown = useRunHere(desk)
  if (!workspace) return null
  return (
    <>
      <p className={styles.words}>
        Run judges all answers at once. What is right is explained as soon as you have answered it.
      </p>
      {detail.material.length > 0 && (
        <p className={styles.material}>
          To read:{' '}
          {detail.material.map(({ name }) => (
            <button key={name} type="button" className={controls.link} onClick={() => openFile(desk, name)}>
              {name}
            </button>
          ))}
        </p>
      )}
      <ol className={styles.list}>
        {detail.questions.map((question, index) => (
          <li key={question.id} data-testid="question" data-question={question.id}>
            <Question
              desk={desk}
              workspace={workspace}
              question={question}
              number={index + 1}
              standing={standingOfAnswer(question.id, workspace.answers, shown)}
              explanation={shown?.answers.find(({ id }) => id === question.id)?.explanation ?? null}
            />
          </li>
        ))}
      </ol>
    </>
  )
}

interface QuestionProps {
  desk: Desk
  workspace: Workspace
  question: AskedQuestion
  number: number
  standing: AnswerStanding
  explanation: string | null
}

function Question({ desk, workspace, question, number, standing, explanation }: QuestionProps) {
  const { id, text, material, answer } = question
  const given = workspace.answers[id] ?? []
  const title = `question-${id}`
  return (
    <>
      <div className={styles.head}>
        <h3 id={title}>Question {number}</h3>
        <StandingWord standing={standing} />
      </div>
      <Markdown text={text} />
      {material !== undefined && <FileLink desk={desk} file={material} />}
      {answer.type === 'choice' ? (
        <Options desk={desk} id={id} title={title} answer={answer} given={given} />
      ) : (
        <LineField desk={desk} workspace={workspace} id={id} title={title} answer={answer} given={given} />
      )}
      {standing === 'right' && explanation !== null && (
        <div className={styles.explanation} data-testid="explanation">
          <Markdown text={explanation} />
        </div>
      )}
    </>
  )
}

const STANDINGS: Record<AnswerStanding, { word: string; icon: IconName | null }> = {
  open: { word: 'not answered', icon: null },
  given: { word: 'not judged yet', icon: null },
  right: { word: 'right', icon: 'passed' },
  wrong: { word: 'wrong', icon: 'failed' },
  changed: { word: 'changed since the run', icon: null },
}

function StandingWord({ standing }: { standing: AnswerStanding }) {
  const { word, icon } = STANDINGS[standing]
  return (
    <span className={`${styles.standing} ${styles[standing]}`} data-testid="answer-standing" data-standing={standing}>
      {icon && <Icon name={icon} />}
      {word}
    </span>
  )
}

function FileLink({ desk, file }: { desk: Desk; file: string }) {
  return (
    <p className={styles.about}>
      About{' '}
      <button type="button" className={controls.link} onClick={() => openFile(desk, file)}>
        {file}
      </button>
    </p>
  )
}

function Options(props: { desk: Desk; id: string; title: string; answer: Choice; given: number[] }) {
  const { desk, id, title, answer, given } = props
  return (
    <fieldset className={styles.options} aria-labelledby={title}>
      {answer.several && <p className={styles.words}>More than one is right; choose all of them.</p>}
      {answer.options.map((option, index) => (
        <label key={option} className={styles.option}>
          <input
            type={answer.several ? 'checkbox' : 'radio'}
            name={title}
            checked={given.includes(index)}
            onChange={() => desk.editing.answer(id, toggled(given, index, answer.several))}
          />
          <span>
            <InlineMarkdown text={option} />
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function LineField(props: {
  desk: Desk
  workspace: Workspace
  id: string
  title: string
  answer: Line
  given: number[]
}) {
  const { desk, workspace, id, title, answer, given } = props
  const lines = useMemo(() => givenLines(workspace, answer.file), [workspace, answer.file])
  const texts = lines?.texts ?? []
  const [line] = given
  const field = `${title}-line`
  const choose = (text: string) => {
    const wanted = Number(text)
    if (text === '') desk.editing.answer(id, [])
    else if (Number.isInteger(wanted) && wanted >= 1 && wanted <= texts.length) desk.editing.answer(id, [wanted])
  }
  const open = () => {
    desk.viewing.pick(id)
    openFile(desk, answer.file)
    const now = line === undefined ? null : (lines?.now(line) ?? null)
    if (now !== null) desk.viewing.reveal(answer.file, now)
  }
  return (
    <div className={styles.line}>
      <label htmlFor={field}>Line</label>
      <input
        id={field}
        className={controls.input}
        type="number"
        min={1}
        max={texts.length}
        aria-describedby={`${field}-help`}
        value={line ?? ''}
        onFocus={() => desk.viewing.pick(id)}
        onChange={(event) => choose(event.target.value)}
      />
      <span>of</span>
      <button type="button" className={controls.link} onClick={open}>
        {answer.file}
      </button>
      {line === undefined ? (
        <p className={styles.words} id={`${field}-help`}>
          Type a line number, or press it in the file.
        </p>
      ) : (
        <div className={styles.quoted} id={`${field}-help`}>
          <GoLine text={texts[line - 1] ?? ''} />
        </div>
      )}
    </div>
  )
}

/** Shows a file; where the areas of the page are stacked, the code is brought into view. */
function openFile(desk: Desk, file: string): void {
  desk.editing.activateFile(file)
  document.getElementById('code')?.scrollIntoView({ block: 'nearest' })
}
