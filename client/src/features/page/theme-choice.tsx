import type { Desk } from '../../state/desk.ts'
import { THEMES, type Theme } from '../../state/preferences.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import { Icon, type IconName } from '../../ui/icon.tsx'
import styles from './theme-choice.module.css'

const THEME_LOOKS: Record<Theme, { icon: IconName; label: string }> = {
  system: { icon: 'auto', label: 'As the system' },
  light: { icon: 'sun', label: 'Light' },
  dark: { icon: 'moon', label: 'Dark' },
}

/** Light, dark, or as the system has it. */
export function ThemeChoice({ desk }: { desk: Pick<Desk, 'theme' | 'chooseTheme'> }) {
  const chosen = useStore(desk.theme)
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
            onChange={() => desk.chooseTheme(theme)}
          />
        </label>
      ))}
    </fieldset>
  )
}
