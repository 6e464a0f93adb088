import { clockWords } from '../../state/interview/clock-words.ts'
import type { InterviewDesk } from '../../state/interview/interview-desk.ts'
import { useStore } from '../../state/store.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './interview.module.css'

const TICK_MS = 500

/** How much time is left, where the interviewers share it. */
export function TimeLeft({ desk }: { desk: InterviewDesk }) {
  const time = useStore(desk.time)
  const now = useNow(TICK_MS, time?.running === true)
  if (!time) return null
  const left = time.leftMs - (time.running ? Math.max(0, now - time.toldAt) : 0)
  return (
    <span className={styles.time} role="timer" data-testid="time-left">
      <b>{clockWords(Math.abs(left))}</b> {left < 0 ? 'over' : time.running ? 'left' : 'left, clock stopped'}
    </span>
  )
}
