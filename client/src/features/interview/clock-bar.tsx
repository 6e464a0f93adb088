import { type Act, type Interview, isRunning, runningMs, stampOf, timeLeft } from '@sandbox/protocol'
import { partWords } from '../../state/interview/panel-clock.ts'
import { leftText } from '../../state/interview/panel-times.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './clock-bar.module.css'
import { ClockTrack } from './clock-track.tsx'
import { ReserveMenu } from './reserve-menu.tsx'
import { SharingSwitches } from './sharing-switches.tsx'

interface ClockBarProps {
  interview: Interview
  /** Milliseconds since the interview was made, now. */
  at: number
  act: (act: Act) => void
  /** How many hints the open exercise has; none can be shown where it is not known. */
  hints?: number | undefined
  /** False where `ClockTimes` stands elsewhere on the page: then the track has the room. */
  times?: boolean
}

/** The interview's time to scale, and what the candidate sees of it and knows to be recorded. */
export function ClockBar({ interview, at, act, hints = 0, times = true }: ClockBarProps) {
  const { guide, clock } = interview
  return (
    <section className={styles.bar} aria-label="Clock and sharing">
      {times && <ClockTimes interview={interview} at={at} act={act} />}
      {guide && (
        <div className={styles.plan}>
          <ClockTrack guide={guide} clock={clock} at={at} />
          <ReserveMenu guide={guide} clock={clock} at={at} act={act} />
        </div>
      )}
      {!interview.alone && <SharingSwitches interview={interview} hints={hints} act={act} />}
    </section>
  )
}

/** How long it has run, what is left of the part and in all, and the button that starts, pauses and resumes. */
export function ClockTimes({ interview, at, act }: Pick<ClockBarProps, 'interview' | 'at' | 'act'>) {
  const { clock, guide, finishedAt } = interview
  if (!guide) return null
  const { inAll, isKept } = timeLeft(clock, guide, at)
  return (
    <div className={styles.times}>
      <span className={styles.clock} role="timer" aria-label="Time of the interview">
        <b data-testid="running">{stampOf(runningMs(clock, at))}</b>
        <span className={styles.dim}>of {stampOf(guide.minutes * 60_000)}</span>
      </span>
      <span className={styles.left} data-testid="left">
        {partWords(guide, clock, at).map((words) => (
          <span key="part">{words}</span>
        ))}
        {clock.startedAt !== null && <span className={styles.dim}>{leftText(inAll)} in all</span>}
        {isKept && inAll >= 0 && <b>The last minutes: the candidate asks</b>}
      </span>
      {finishedAt === null && <ClockButton interview={interview} act={act} />}
    </div>
  )
}

function ClockButton({ interview: { clock }, act }: Pick<ClockBarProps, 'interview' | 'act'>) {
  if (clock.startedAt === null)
    return (
      <button type="button" className={controls.primary} onClick={() => act({ type: 'clock', action: 'start' })}>
        <Icon name="play" />
        Start the clock
      </button>
    )
  const running = isRunning(clock)
  return (
    <button
      type="button"
      className={running ? controls.ghost : controls.primary}
      onClick={() => act({ type: 'clock', action: running ? 'pause' : 'resume' })}
    >
      <Icon name={running ? 'pause' : 'play'} />
      {running ? 'Pause' : 'Resume'}
    </button>
  )
}
