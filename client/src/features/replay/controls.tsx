import { type ReplayPlayer, SPEEDS } from '../../state/interview/replay-player.ts'
import type { ReplayTimeline } from '../../state/interview/replay-timeline.ts'
import { useStore } from '../../state/store.ts'
import shared from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './controls.module.css'

/** Play and pause, jumps between runs, speed, and what the player did by itself. */
export function Controls({ player, timeline }: { player: ReplayPlayer; timeline: ReplayTimeline }) {
  const { playing, speed, notice } = useStore(player.state)
  return (
    <div className={styles.row}>
      <button
        type="button"
        className={shared.square}
        aria-label="Previous run"
        title="Previous run (P)"
        onClick={() => player.toRun('previous')}
      >
        <Icon name="left" />
      </button>
      <button
        type="button"
        className={`${shared.primary} ${styles.play}`}
        aria-label={playing ? 'Pause' : 'Play'}
        title={playing ? 'Pause (Space)' : 'Play (Space)'}
        data-testid="play"
        onClick={() => player.toggle()}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        className={shared.square}
        aria-label="Next run"
        title="Next run (N)"
        onClick={() => player.toRun('next')}
      >
        <Icon name="right" />
      </button>
      <fieldset className={styles.speeds}>
        <legend className={shared.hidden}>Speed</legend>
        {SPEEDS.map((one) => (
          <label key={one}>
            <input type="radio" name="speed" checked={one === speed} onChange={() => player.chooseSpeed(one)} />
            {one}×
          </label>
        ))}
      </fieldset>
      <span className={styles.notice} role="status" data-testid="notice">
        {notice}
      </span>
      <span className={styles.legend}>
        {timeline.idle.length > 0 && 'silences are skipped · '}bars show edits
        {timeline.notes.length > 0 && ', dots notes'}
        {timeline.pastes.length > 0 && ', triangles pasting'} · P and N go from run to run
      </span>
    </div>
  )
}
