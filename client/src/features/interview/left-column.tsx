import type { ExerciseSummary, Interview } from '@sandbox/protocol'
import { useEffect, useState } from 'react'
import type { InterviewDesk, Me } from '../../state/interview/interview-desk.ts'
import { useStore } from '../../state/store.ts'
import { TabList } from '../../ui/tab-list.tsx'
import { ExerciseColumn } from '../exercises/exercise-column.tsx'
import page from '../page/practice-page.module.css'
import { Resizer } from '../page/resizer.tsx'
import { GuidePanel } from './guide-panel.tsx'
import frame from './interviewer-page.module.css'

type Left = 'guide' | 'exercise-text'

const LEFT = [
  { name: 'guide' as const, label: 'Guide' },
  { name: 'exercise-text' as const, label: 'Exercise' },
]

interface LeftColumnProps {
  desk: InterviewDesk
  interview: Interview
  me: Me
  /** Milliseconds since the interview was made, now. */
  at: number
  onEdit: () => void
}

/** The guide, and the exercise as the candidate reads it, with all of its hints. */
export function LeftColumn({ desk, interview, me, at, onEdit }: LeftColumnProps) {
  const [left, setLeft] = useState<Left>('guide')
  const shown = useStore(desk.page)
  const exercises = useExercises(desk)
  return (
    <aside className={page.exercise} id="exercise" aria-label="Guide and exercise" tabIndex={-1}>
      <TabList<Left> label="Guide and exercise" id="left" items={LEFT} active={left} onChoose={setLeft} />
      <div className={frame.panel} role="tabpanel" id="left-panel" aria-labelledby={`left-tab-${left}`}>
        {left === 'guide' ? (
          <GuidePanel
            interview={interview}
            me={me.member}
            at={at}
            act={desk.act.bind(desk)}
            exercises={exercises}
            faults={shown.type === 'exercise' ? shown.detail.faults : []}
            onOpenExercise={() => {}}
            onEdit={interview.finishedAt === null ? onEdit : undefined}
          />
        ) : (
          <ExerciseColumn desk={desk} folded={false} onFold={() => setLeft('guide')} />
        )}
      </div>
      <Resizer variable="--left" side="right" label="Resize the guide" min={240} max={520} />
    </aside>
  )
}

/** What can be handed over; none until it has come. */
function useExercises(desk: InterviewDesk): ExerciseSummary[] {
  const [exercises, setExercises] = useState<ExerciseSummary[]>([])
  useEffect(() => {
    let isGone = false
    void desk.exercises().then((found) => !isGone && setExercises(found))
    return () => {
      isGone = true
    }
  }, [desk])
  return exercises
}
