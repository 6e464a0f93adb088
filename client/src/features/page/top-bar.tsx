import type { Practice } from '../../state/practice.ts'
import { THEMES, type Theme } from '../../state/preferences.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon, type IconName, Logo } from '../../ui/icon.tsx'
import { ExercisePicker } from '../exercises/exercise-picker.tsx'
import { InsightMenu } from '../run/insight-menu.tsx'
import { RunButton } from '../run/run-button.tsx'
import { MODIFIER } from '../run/shortcuts.ts'
import { ConnectionChip } from './connection-chip.tsx'
import { MockTimer } from './mock-timer.tsx'
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
      <ConnectionChip practice={practice} onReconnect={onReconnect} />
      <ThemeChoice practice={practice} />
      <FormatButton practice={practice} />
      <InsightMenu practice={practice} />
      <RunButton practice={practice} />
    </header>
  )
}

function FormatButton({ practice }: { practice: Practice }) {
  const workspace = useStore(practice.workspace)
  const { connection, sandbox } = useStore(practice.session)
  const ready = workspace !== null && connection.type === 'connected' && sandbox?.ready !== false
  return (
    <button
      type="button"
      className={controls.button}
      disabled={!ready}
      data-testid="format-button"
      onClick={() => practice.editing.format()}
    >
      Format <kbd className={styles.key}>{MODIFIER} S</kbd>
    </button>
  )
}

const THEME_LOOKS: Record<Theme, { icon: IconName; label: string }> = {
  system: { icon: 'auto', label: 'As the system' },
  light: { icon: 'sun', label: 'Light' },
  dark: { icon: 'moon', label: 'Dark' },
}

function ThemeChoice({ practice }: { practice: Practice }) {
  const chosen = useStore(practice.theme)
  return (
    <fieldset className={styles.themes}>
      <legend className={controls.hidden}>Theme</legend>
      {THEMES.map((theme) => (
        <label key={theme} title={THEME_LOOKS[theme].label}>
          <Icon name={THEME_LOOKS[theme].icon} />
          <input
            type="radio"
            name="theme"
            aria-label={THEME_LOOKS[theme].label}
            checked={theme === chosen}
            onChange={() => practice.chooseTheme(theme)}
          />
        </label>
      ))}
    </fieldset>
  )
}
