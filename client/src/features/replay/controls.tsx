import { durationWords } from '@sandbox/protocol'
import { LEAST_LENS_MS, type ReplayLens } from '../../state/interview/replay-lens.ts'
import { type ReplayPlayer, SPEEDS } from '../../state/interview/replay-player.ts'
import type { ReplayTimeline } from '../../state/interview/replay-timeline.ts'
import { useStore } from '../../state/store.ts'
import shared from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './controls.module.css'

interface ControlsProps {
  player: ReplayPlayer
  lens: ReplayLens
  timeline: ReplayTimeline
}

/** Play and pause, jumps between runs, speed, how near one looks, and what the player did by itself. */
export function Controls({ player, lens, timeline }: ControlsProps) {
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
      <Zoom lens={lens} />
      <span className={styles.notice} role="status" data-testid="notice">
        {notice}
      </span>
      <span className={styles.legend}>
        {timeline.idle.length > 0 && 'silences are skipped · '}bars show edits
        {timeline.notes.length > 0 && ', dots notes'}
        {timeline.pastes.length > 0 && ', triangles pasting'} · P and N go from run to run, + and − zoom
      </span>
    </div>
  )
}

function Zoom({ lens }: { lens: ReplayLens }) {
  const { from, to } = useStore(lens.window)
  return (
    <fieldset className={styles.zoom}>
      <legend className={shared.hidden}>Zoom</legend>
      <button
        type="button"
        className={shared.square}
        aria-label="Zoom out"
        title="Zoom out (−)"
        disabled={lens.isWhole}
        onClick={() => lens.zoomOut()}
      >
        <span aria-hidden="true">−</span>
      </button>
      <output className={styles.width} data-testid="lens" title="So much is in view">
        {durationWords(to - from)}
      </output>
      <button
        type="button"
        className={shared.square}
        aria-label="Zoom in"
        title="Zoom in (+)"
        disabled={to - from <= LEAST_LENS_MS}
        onClick={() => lens.zoomIn()}
      >
        <Icon name="plus" />
      </button>
      <button
        type="button"
        className={shared.small}
        title="The whole interview (0)"
        disabled={lens.isWhole}
        onClick={() => lens.whole()}
      >
        Whole
      </button>
    </fieldset>
  )
}
