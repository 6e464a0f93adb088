import type { Desk } from '../../state/desk.ts'
import { formatMs, progressWord } from '../../state/results.ts'
import { elapsedOf } from '../../state/run.ts'
import { activeRun } from '../../state/session.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import { useNow } from '../../ui/use-now.ts'
import styles from './run-button.module.css'
import { runWords } from './run-words.ts'
import { MODIFIER } from './shortcuts.ts'

const TICK_MS = 100

/** Run, or Cancel with what goes on and for how long. */
export function RunButton({ desk }: { desk: Desk }) {
  const session = useStore(desk.session)
  const workspace = useStore(desk.workspace)
  const page = useStore(desk.page)
  const run = workspace && activeRun(session, workspace.exercise)
  const now = useNow(TICK_MS, run !== null)
  if (run) {
    return (
      <button
        type="button"
        className={`${controls.stop} ${styles.run}`}
        data-testid="run-button"
        data-state="cancel"
        aria-label={`Cancel the run, ${progressWord(run)}`}
        disabled={session.connection.type !== 'connected'}
        onClick={() => desk.runs.cancel()}
      >
        <Icon name="stop" />
        Cancel
        <span className={styles.stage} aria-hidden="true">
          {progressWord(run)} · {formatSeconds(elapsedOf(run, now))}
        </span>
      </button>
    )
  }
  const problem = desk.runs.problem()
  const asked = session.asked.length > 0
  return (
    <button
      type="button"
      className={`${controls.primary} ${styles.run}`}
      data-testid="run-button"
      data-state="run"
      aria-disabled={problem !== null || asked}
      title={problem ?? runWords(page.type === 'exercise' ? page.detail.modes : ['race'])}
      onClick={() => desk.run()}
    >
      <Icon name="play" />
      Run <kbd>{MODIFIER} Enter</kbd>
    </button>
  )
}

/** Tenths from the start: a figure that changes its unit would jump. */
function formatSeconds(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : formatMs(ms)
}
