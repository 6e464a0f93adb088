import type { KeyboardEvent, ReactNode } from 'react'
import styles from './tab-list.module.css'

export interface TabItem<Name extends string> {
  name: Name
  label: ReactNode
}

/** A row of tabs after the ARIA pattern: one stop of the Tab key, arrows between. */
export function TabList<Name extends string>(props: {
  label: string
  /** Prefix of ids, so that each panel can name its tab. */
  id: string
  items: TabItem<Name>[]
  active: Name | null
  onChoose: (name: Name) => void
  className?: string | undefined
  children?: ReactNode
}) {
  const { label, id, items, active, onChoose, className, children } = props
  const choose = (event: KeyboardEvent<HTMLElement>) => {
    const index = items.findIndex((item) => item.name === active)
    const next = items[neighbour(event.key, index, items.length)]
    if (!next) return
    event.preventDefault()
    onChoose(next.name)
    document.getElementById(`${id}-tab-${next.name}`)?.focus()
  }
  return (
    <div className={className ? `${styles.bar} ${className}` : styles.bar}>
      <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={choose}>
        {items.map((item) => (
          <button
            key={item.name}
            type="button"
            role="tab"
            id={`${id}-tab-${item.name}`}
            data-testid={`tab-${item.name}`}
            className={styles.tab}
            aria-selected={item.name === active}
            aria-controls={`${id}-panel`}
            tabIndex={item.name === active ? 0 : -1}
            onClick={() => onChoose(item.name)}
          >
            {item.label}
          </button>
        ))}
      </div>
      {children}
    </div>
  )
}

function neighbour(key: string, index: number, count: number): number {
  if (key === 'ArrowRight') return (index + 1) % count
  if (key === 'ArrowLeft') return (index - 1 + count) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : -1
}

/** A count beside a tab's label. */
export function TabCount({ count, bad = false }: { count: string; bad?: boolean }) {
  return count === '' ? null : <span className={bad ? styles.bad : styles.count}>{count}</span>
}
