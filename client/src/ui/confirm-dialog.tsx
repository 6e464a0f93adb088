import { type ReactNode, useEffect, useRef } from 'react'
import styles from './confirm-dialog.module.css'
import controls from './controls.module.css'

/** Asks before something is lost. Escape and Cancel keep everything as it is. */
export function ConfirmDialog(props: {
  title: string
  action: string
  children: ReactNode
  onConfirm: () => void
  onClose: () => void
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="confirm-title" onClose={props.onClose}>
      <h2 id="confirm-title">{props.title}</h2>
      <p>{props.children}</p>
      <form method="dialog" className={styles.acts}>
        <button type="submit" className={controls.button}>
          Cancel
        </button>
        <button type="submit" className={controls.stop} data-testid="confirm" onClick={props.onConfirm}>
          {props.action}
        </button>
      </form>
    </dialog>
  )
}
