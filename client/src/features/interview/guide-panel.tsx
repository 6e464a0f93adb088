import type { Act, ExerciseSummary, Guide, GuideQuestion, Interview, MemberId } from '@sandbox/protocol'
import { type KeyboardEvent, useRef, useState } from 'react'
import { keyedPoints, neighbour, type PartRow, partRows, rowOf, type Stop } from '../../state/interview/panel-guide.ts'
import { type PanelKey, panelKey } from '../../state/interview/panel-keys.ts'
import controls from '../../ui/controls.module.css'
import { ExerciseShelf } from './exercise-shelf.tsx'
import styles from './guide-panel.module.css'
import { PartList } from './guide-parts.tsx'
import { PartCard, QuestionCard } from './guide-question.tsx'
import { Notes } from './notes.tsx'
import { AloneSteps, Preparation, Remarks } from './preparation.tsx'
import { ReserveRow } from './reserve-menu.tsx'
import { useLooked } from './use-looked.ts'

export interface GuidePanelProps {
  interview: Interview
  me: MemberId
  /** Milliseconds since the interview was made, now. */
  at: number
  act: (act: Act) => void
  /** This page has handed an exercise over (the act is sent), and may now bring its code into view. */
  onOpenExercise: (exercise: string) => void
  /** What can be handed over besides what the guide links to. */
  exercises: readonly ExerciseSummary[]
  /** What can go wrong around the code of the open exercise. */
  faults: readonly { id: string; title: string }[]
  /** Absent where the guide cannot be edited now. */
  onEdit?: (() => void) | undefined
}

/** What an interviewer is guided by: parts with their clocks, the question in hand, exercises to hand over, notes. */
export function GuidePanel(props: GuidePanelProps) {
  const { guide } = props.interview
  return guide ? <Panel {...props} guide={guide} /> : <p className={styles.empty}>The guide has not come yet.</p>
}

function Panel(props: GuidePanelProps & { guide: Guide }) {
  const { interview, guide, me, at, act } = props
  const rows = partRows(guide, interview.clock, at)
  const { stop, show } = useLooked(interview.clock, rows)
  const row = rowOf(rows, stop?.question ?? null)
  const hand = useHand(interview, row?.question ?? null, act)
  const note = useRef<HTMLTextAreaElement>(null)
  const turn = ({ part, question }: Stop) => act({ type: 'turned', part, question })
  const follow = (key: PanelKey) => {
    if (key.type === 'note') note.current?.focus()
    else if (key.type === 'look') show(neighbour(rows, stop, key.step), true)
    else if (key.type === 'turn' && stop) turn(stop)
    const tick = key.type === 'tick' && row ? tickNth(interview, row.question, hand, key.index) : null
    if (tick) act(tick)
  }
  return (
    <section className={styles.panel} aria-label="Guide" onKeyDown={(event) => pressed(event, follow)}>
      <Head onEdit={props.onEdit} />
      <div className={styles.body} data-testid="guide-body">
        {interview.clock.startedAt === null &&
          (interview.alone ? <AloneSteps /> : <Preparation guide={guide} prepared={interview.prepared} act={act} />)}
        <PartList rows={rows} stop={stop} onShow={show}>
          {row ? (
            <QuestionCard {...{ row, rows, hand, guide, interview, at, turn, act }} />
          ) : (
            <PartCard row={partOf(rows, stop)} turn={turn} />
          )}
          <ExerciseShelf {...props} linked={row?.question.exercises ?? []} />
        </PartList>
        <p className={styles.reserve}>
          <ReserveRow guide={guide} clock={interview.clock} at={at} act={act} />
        </p>
        {interview.clock.startedAt !== null && <Remarks guide={guide} />}
      </div>
      <Notes interview={interview} me={me} at={at} act={act} field={note} />
    </section>
  )
}

function Head({ onEdit }: Pick<GuidePanelProps, 'onEdit'>) {
  return (
    <header className={styles.head}>
      <h2>Guide</h2>
      <span className={styles.grow} />
      {onEdit && (
        <button type="button" className={controls.link} onClick={onEdit}>
          Edit
        </button>
      )}
    </header>
  )
}

function partOf(rows: readonly PartRow[], stop: Stop | null): PartRow | null {
  return rows.find(({ part }) => part.id === stop?.part) ?? null
}

/** How far the question in hand is open: which area, and whether one who practises alone may see its points yet. */
export interface Hand {
  area: string | null
  chooseArea: (area: string) => void
  hidden: boolean
  reveal: () => void
}

function useHand(
  { alone, answered, ticked }: Interview,
  question: GuideQuestion | null,
  act: (act: Act) => void,
): Hand {
  const [area, chooseArea] = useState<string | null>(null)
  const areas = question?.areas ?? []
  const id = question?.id ?? ''
  return {
    area: (areas.find((one) => one.id === area) ?? areas[0])?.id ?? null,
    chooseArea,
    hidden: alone && !answered.includes(id) && (ticked[id] ?? []).length === 0,
    reveal: () => act({ type: 'answered', question: id }),
  }
}

/** Ticks the point that a number key stands for, or takes the tick back. */
function tickNth(interview: Interview, question: GuideQuestion, hand: Hand, index: number): Act | null {
  const point = keyedPoints(question, hand.area)[index]?.point
  if (!point || hand.hidden) return null
  const on = !(interview.ticked[question.id] ?? []).includes(point.id)
  return { type: 'ticked', question: question.id, point: point.id, on }
}

function pressed(event: KeyboardEvent<HTMLElement>, follow: (key: PanelKey) => void): void {
  const key = panelKey(event)
  if (!key || isTyping(event.target) || (key.type === 'turn' && isOtherControl(event.target))) return
  event.preventDefault()
  follow(key)
}

function isTyping(target: EventTarget): boolean {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox'
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** What does something of its own on Enter. */
function isOtherControl(target: EventTarget): boolean {
  return (
    target instanceof Element && target.closest('button, summary, a, input') !== null && !target.closest('[data-stop]')
  )
}
