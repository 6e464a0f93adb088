import type { Desk } from '../../state/desk.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import styles from './format-button.module.css'
import { MODIFIER } from './shortcuts.ts'

/** gofmt of the open file. */
export function FormatButton({ desk }: { desk: Desk }) {
  const workspace = useStore(desk.workspace)
  const { connection, sandbox } = useStore(desk.session)
  const ready = workspace !== null && connection.type === 'connected' && sandbox?.ready !== false
  return (
    <button
      type="button"
      className={controls.button}
      disabled={!ready}
      data-testid="format-button"
      onClick={() => desk.format()}
    >
      Format <kbd className={styles.key}>{MODIFIER} S</kbd>
    </button>
  )
}
