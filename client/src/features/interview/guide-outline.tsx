import type { GuidePart } from '@sandbox/protocol'
import {
  type GuideDraft,
  LIST_TITLES,
  type ListName,
  moved,
  newPart,
  newQuestion,
  problemsWithin,
} from '../../state/interview/guide-draft.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { ItemButtons } from './edit-list.tsx'
import styles from './guide-editor.module.css'

interface OutlineProps {
  draft: GuideDraft
  /** The place that is edited: `parts/0`, or empty for the whole guide. */
  place: string
  problems: ReadonlyMap<string, string>
  onGo: (place: string) => void
  onChange: (draft: GuideDraft) => void
}

/** Parts and questions in their order: to go to, to move, to add, to take out; then what the scorecard has, to go to. */
export function GuideOutline(props: OutlineProps) {
  const { draft, onGo, onChange } = props
  return (
    <nav className={styles.outline} aria-label="Parts, questions and scorecard">
      <Entry {...props} at="" title="The whole guide" />
      <ol>
        <ListEntry {...props} list="preparation" />
        {draft.parts.map((part, index) => (
          <li key={part.id}>
            <div className={styles.entry}>
              <Entry {...props} at={`parts/${index}`} title={`${index + 1} ${part.title}`} />
              <ItemButtons
                name={`part ${index + 1}`}
                first={index === 0}
                last={index === draft.parts.length - 1}
                onMove={(step) => onChange({ ...draft, parts: moved(draft.parts, index, step) })}
                onRemove={() => onChange({ ...draft, parts: draft.parts.toSpliced(index, 1) })}
              />
            </div>
            <Questions {...props} part={part} index={index} list="questions" />
            <Questions {...props} part={part} index={index} list="alternatives" />
          </li>
        ))}
      </ol>
      <button
        type="button"
        className={controls.small}
        onClick={() => {
          onChange({ ...draft, parts: [...draft.parts, newPart(draft)] })
          onGo(`parts/${draft.parts.length}`)
        }}
      >
        Add a part
      </button>
      <h3>Scorecard</h3>
      <ol>
        {draft.sections.map(({ id, title }, index) => (
          <li key={id} className={styles.entry}>
            <Entry {...props} at={`sections/${index}`} title={`${title}: bands`} />
          </li>
        ))}
        <ListEntry {...props} list="greenFlags" />
        <ListEntry {...props} list="redFlags" />
      </ol>
    </nav>
  )
}

function ListEntry({ list, ...props }: OutlineProps & { list: ListName }) {
  return (
    <li className={styles.entry}>
      <Entry {...props} at={list} title={LIST_TITLES[list]} />
    </li>
  )
}

function Entry({ at, title, place, problems, onGo }: OutlineProps & { at: string; title: string }) {
  const wrong = at === '' ? [] : problemsWithin(problems, at)
  return (
    <button
      type="button"
      className={styles.go}
      aria-current={at === place ? 'true' : undefined}
      onClick={() => onGo(at)}
    >
      {title}
      {wrong.length > 0 && (
        <span className={styles.wrong} title={wrong[0]?.[1]}>
          <Icon name="panic" />
          <span className={controls.hidden}>has a mistake</span>
        </span>
      )}
    </button>
  )
}

function Questions(props: OutlineProps & { part: GuidePart; index: number; list: 'questions' | 'alternatives' }) {
  const { draft, part, index, list, onChange, onGo } = props
  const questions = part[list]
  const put = (next: GuidePart['questions']) =>
    onChange({ ...draft, parts: draft.parts.with(index, { ...part, [list]: next }) })
  const one = list === 'questions' ? 'question' : 'alternative'
  return (
    <>
      <ol>
        {questions.map((question, at) => (
          <li key={question.id} className={styles.entry}>
            <Entry
              {...props}
              at={`parts/${index}/${list}/${at}`}
              title={`${question.seed === 'alternative' ? 'or' : question.seed} ${question.title}`}
            />
            <ItemButtons
              name={question.title}
              first={at === 0}
              last={at === questions.length - 1}
              onMove={(step) => put(moved(questions, at, step))}
              onRemove={() => put(questions.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        className={styles.add}
        aria-label={`Add ${one === 'alternative' ? 'an' : 'a'} ${one} to ${part.title}`}
        onClick={() => {
          put([...questions, newQuestion(draft)])
          onGo(`parts/${index}/${list}/${questions.length}`)
        }}
      >
        + {one}
      </button>
    </>
  )
}
