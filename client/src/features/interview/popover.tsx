import { type ReactNode, useEffect, useRef, useState } from 'react'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './popover.module.css'

/** A button with something under it that stays until one presses elsewhere or Escape. */
export function Popover(props: { label: string; title?: string; disabled?: boolean; children: ReactNode }) {
  const { label, title, disabled = false, children } = props
  const [open, setOpen] = useState(false)
  const host = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!open) return
    panel.current?.scrollIntoView?.({ block: 'nearest' })
    const outside = (event: Event) => {
      if (!host.current?.contains(event.target as Node)) setOpen(false)
    }
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      setOpen(false)
      button.current?.focus()
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('keydown', press)
    }
  }, [open])
  return (
    <div className={styles.host} ref={host}>
      <button
        ref={button}
        type="button"
        className={controls.small}
        title={title}
        disabled={disabled}
        aria-haspopup="dialog"
        aria-expanded={open && !disabled}
        onClick={() => setOpen(!open)}
      >
        {label}
        <Icon name="down" />
      </button>
      {open && !disabled && (
        <div ref={panel} className={styles.panel} role="dialog" aria-label={title ?? label}>
          {children}
        </div>
      )}
    </div>
  )
}
