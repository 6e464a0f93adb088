import { type ExpectedPoint, type GuideQuestion, type QuestionArea, Seed } from '@sandbox/protocol'
import { useState } from 'react'
import { freshId, idsIn, slugsOf, withoutLost } from '../../state/interview/guide-draft.ts'
import { NumberField, TextField } from './edit-field.tsx'
import { EditList } from './edit-list.tsx'
import styles from './guide-editor.module.css'

/** What is wrong at a place of the guide, if anything is. */
export type ProblemAt = (place: string) => string | undefined

interface QuestionProps {
  question: GuideQuestion
  place: string
  problemAt: ProblemAt
  onChange: (question: GuideQuestion) => void
}

/** All texts, points, minutes and exercises of one question. */
export function EditQuestion({ question, place, problemAt, onChange }: QuestionProps) {
  const change = (some: Partial<GuideQuestion>) => onChange(withoutLost({ ...question, ...some }))
  const at = (field: string) => ({ place: `${place}/${field}`, problem: problemAt(`${place}/${field}`) })
  const [least, most] = question.minutes
  const whole = problemAt(place)
  return (
    <>
      {whole !== undefined && <p className={styles.problem}>{whole}</p>}
      <div className={styles.line}>
        <SeedField value={question.seed} onChange={(seed) => change({ seed })} />
        <TextField label="Title" value={question.title} {...at('title')} onChange={(title) => change({ title })} />
        <NumberField
          label="Minutes, least"
          value={least}
          {...at('minutes/0')}
          onChange={(next) => change({ minutes: [next, most] })}
        />
        <NumberField
          label="most"
          value={most}
          place={`${place}/minutes/1`}
          problem={problemAt(`${place}/minutes/1`) ?? problemAt(`${place}/minutes`)}
          onChange={(next) => change({ minutes: [least, next] })}
        />
      </div>
      <TextField
        label="Question, as it may be read out"
        rows={4}
        value={question.text}
        {...at('text')}
        onChange={(text) => change({ text })}
      />
      <ExercisesField question={question} {...at('exercises')} onChange={(exercises) => change({ exercises })} />
      <EditPoints
        title="Expected points"
        points={question.points}
        {...{ question, problemAt }}
        place={`${place}/points`}
        onChange={(points) => change({ points })}
      />
      <EditList
        title="Follow-ups"
        one="follow-up"
        items={question.followUps}
        make={() => ({ id: freshId('follow-up', idsIn(question)), text: '', after: [] })}
        onChange={(followUps) => change({ followUps })}
      >
        {(item, index, set) => (
          <TextField
            label={`Follow-up ${index + 1}`}
            rows={2}
            value={item.text}
            {...at(`followUps/${index}/text`)}
            onChange={(text) => set({ ...item, text })}
          />
        )}
      </EditList>
      <EditAreas question={question} place={place} problemAt={problemAt} onChange={(areas) => change({ areas })} />
    </>
  )
}

function SeedField({
  value,
  onChange,
}: {
  value: GuideQuestion['seed']
  onChange: (seed: GuideQuestion['seed']) => void
}) {
  return (
    <div className={styles.field}>
      <label>
        Number
        <select value={value} onChange={(event) => onChange(Seed.parse(event.target.value))}>
          {Seed.options.map((seed) => (
            <option key={seed} value={seed}>
              {seed}
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

/** Slugs as they are typed; what was typed stays as it is while it is typed. */
function ExercisesField(props: {
  question: GuideQuestion
  place: string
  problem: string | undefined
  onChange: (exercises: string[]) => void
}) {
  const { question, place, problem, onChange } = props
  const [typed, setTyped] = useState<string | null>(null)
  const given = question.exercises.join(', ')
  const shown = typed !== null && slugsOf(typed).join(', ') === given ? typed : given
  return (
    <TextField
      label="Exercises to hand over, the best first: worker-pool, retry"
      value={shown}
      place={place}
      problem={problem}
      onChange={(text) => {
        setTyped(text)
        onChange(slugsOf(text))
      }}
    />
  )
}

function EditPoints(props: {
  title: string
  points: readonly ExpectedPoint[]
  question: GuideQuestion
  place: string
  problemAt: ProblemAt
  onChange: (points: ExpectedPoint[]) => void
}) {
  const { title, points, question, place, problemAt, onChange } = props
  return (
    <EditList<ExpectedPoint>
      title={title}
      one="point"
      items={points}
      make={() => ({ id: freshId('point', idsIn(question)), text: '' })}
      onChange={onChange}
    >
      {(point, index, set) => {
        const at = (field: string) => ({
          place: `${place}/${index}/${field}`,
          problem: problemAt(`${place}/${index}/${field}`),
        })
        return (
          <>
            <TextField
              label={`Point ${index + 1}: topic, and what is to be said`}
              value={point.text}
              {...at('text')}
              onChange={(text) => set({ ...point, text })}
            />
            <TextField
              label="What to ask where it was not said"
              rows={2}
              value={point.probe ?? ''}
              {...at('probe')}
              onChange={(probe) => set({ ...point, probe: optional(probe) })}
            />
            <TextField
              label="What a really senior answer has in it"
              rows={2}
              value={point.detail ?? ''}
              {...at('detail')}
              onChange={(detail) => set({ ...point, detail: optional(detail) })}
            />
          </>
        )
      }}
    </EditList>
  )
}

/** An optional text that was emptied is none. */
function optional(text: string): string | undefined {
  return text === '' ? undefined : text
}

function EditAreas({
  question,
  place,
  problemAt,
  onChange,
}: Omit<QuestionProps, 'onChange'> & { onChange: (areas: QuestionArea[]) => void }) {
  return (
    <EditList
      title="Areas, where it is a long question"
      one="area"
      items={question.areas}
      make={() => ({
        id: freshId(
          'area',
          question.areas.map(({ id }) => id),
        ),
        title: 'New area',
        minutes: null,
        points: [],
        asked: [],
      })}
      onChange={onChange}
    >
      {(area, index, set) => {
        const here = `${place}/areas/${index}`
        return (
          <>
            <TextField
              label={`Area ${index + 1}`}
              value={area.title}
              place={`${here}/title`}
              problem={problemAt(`${here}/title`)}
              onChange={(title) => set({ ...area, title })}
            />
            <EditPoints
              title={`Points of ${area.title}`}
              points={area.points}
              question={question}
              place={`${here}/points`}
              problemAt={problemAt}
              onChange={(points) => set({ ...area, points })}
            />
            <EditList
              title={`Questions on ${area.title}`}
              one="question"
              items={area.asked}
              make={() => ({ id: freshId('asked', idsIn(question)), text: '' })}
              onChange={(asked) => set({ ...area, asked })}
            >
              {(item, at, setItem) => (
                <TextField
                  label={`Question ${at + 1}`}
                  rows={2}
                  value={item.text}
                  place={`${here}/asked/${at}/text`}
                  problem={problemAt(`${here}/asked/${at}/text`)}
                  onChange={(text) => setItem({ ...item, text })}
                />
              )}
            </EditList>
          </>
        )
      }}
    </EditList>
  )
}
