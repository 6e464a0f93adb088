import type { Practice } from '../../state/practice.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Logo } from '../../ui/icon.tsx'
import { ExercisePicker } from '../exercises/exercise-picker.tsx'
import { FormatButton } from '../run/format-button.tsx'
import { InsightMenu } from '../run/insight-menu.tsx'
import { RunButton } from '../run/run-button.tsx'
import { ConnectionChip } from './connection-chip.tsx'
import { MockTimer } from './mock-timer.tsx'
import { ThemeChoice } from './theme-choice.tsx'
import styles from './top-bar.module.css'

/** Which exercise, is the server there, and the two things one does all the time. */
export function TopBar(props: {
  practice: Practice
  finding: boolean
  onFind: (open: boolean) => void
  onReconnect: () => void
}) {
  const { practice, finding, onFind, onReconnect } = props
  const page = useStore(practice.page)
  const detail = page.type === 'exercise' ? page.detail : null
  return (
    <header className={styles.bar}>
      <h1 className={controls.hidden}>{detail ? `${detail.title}: practice` : 'Go Practice'}</h1>
      <span className={styles.mark}>
        <Logo />
        <span>Go Practice</span>
      </span>
      <span className={styles.separator} />
      <ExercisePicker practice={practice} open={finding} onOpen={onFind} />
      {detail && (
        <span className={styles.facts}>
          <span className={controls.chip}>{detail.seed.join(', ')}</span>
          <span className={controls.chip}>Level: {detail.level}</span>
        </span>
      )}
      <span className={styles.grow} />
      <MockTimer practice={practice} />
      <ConnectionChip desk={practice} onReconnect={onReconnect} />
      <ThemeChoice desk={practice} />
      <FormatButton desk={practice} />
      <InsightMenu desk={practice} />
      <RunButton desk={practice} />
    </header>
  )
}
