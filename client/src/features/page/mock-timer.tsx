import { type MockTime, mockTime } from '../../state/mock-practice.ts'
import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './mock-timer.module.css'

const TICK_MS = 1000

const WORDS: Record<MockTime['state'], (text: string) => { before: string; time: string; after: string }> = {
  running: (time) => ({ before: '', time, after: 'left' }),
  over: (time) => ({ before: 'over by', time, after: '' }),
  solved: (time) => ({ before: 'solved in', time, after: '' }),
}

/** The clock of a mock practice, while there is one. */
export function MockTimer({ practice }: { practice: Practice }) {
  const mock = useStore(practice.mock.current)
  const workspace = useStore(practice.workspace)
  const now = useNow(TICK_MS, mock !== null && mock.solvedAt === null)
  if (!mock) return null
  const { text, state } = mockTime(mock, now)
  const { before, time, after } = WORDS[state](text)
  const elsewhere = workspace?.exercise !== mock.exercise
  return (
    <div
      className={`${styles.timer} ${state === 'running' ? '' : styles[state]}`}
      role="timer"
      aria-label={`Mock practice of ${mock.exercise}, ${mock.minutes} minutes`}
      data-testid="mock-timer"
      data-state={state}
    >
      <Icon name={state === 'solved' ? 'passed' : 'timeout'} />
      {elsewhere && (
        <button type="button" className={controls.link} onClick={() => void practice.openExercise(mock.exercise)}>
          {mock.exercise}
        </button>
      )}
      <span>
        {before} <b>{time}</b> {after}
      </span>
      <button
        type="button"
        className={controls.square}
        title="Stop the mock practice"
        aria-label="Stop the mock practice"
        onClick={() => practice.mock.stop()}
      >
        <Icon name="x" />
      </button>
    </div>
  )
}
