import type { ReactNode } from 'react'
import { moved } from '../../state/interview/guide-draft.ts'
import controls from '../../ui/controls.module.css'
import styles from './guide-editor.module.css'

/** Things in an order that can be changed, added to and taken from. */
export function EditList<T extends { id: string }>(props: {
  title: string
  /** What one of them is called, for buttons: `point`. */
  one: string
  items: readonly T[]
  make: () => T
  onChange: (items: T[]) => void
  children: (item: T, index: number, change: (item: T) => void) => ReactNode
}) {
  const { title, one, items, make, onChange, children } = props
  return (
    <section className={styles.list} aria-label={title}>
      <h4>{title}</h4>
      <ol>
        {items.map((item, index) => (
          <li key={item.id}>
            <div>{children(item, index, (next) => onChange(items.with(index, next)))}</div>
            <ItemButtons
              name={`${one} ${index + 1}`}
              first={index === 0}
              last={index === items.length - 1}
              onMove={(step) => onChange(moved(items, index, step))}
              onRemove={() => onChange(items.toSpliced(index, 1))}
            />
          </li>
        ))}
      </ol>
      <button type="button" className={controls.small} onClick={() => onChange([...items, make()])}>
        Add a {one}
      </button>
    </section>
  )
}

/** Up, down and out. */
export function ItemButtons(props: {
  name: string
  first: boolean
  last: boolean
  onMove: (step: 1 | -1) => void
  onRemove: () => void
}) {
  const { name, first, last, onMove, onRemove } = props
  return (
    <span className={styles.buttons}>
      <button type="button" aria-label={`Move ${name} up`} title="Up" disabled={first} onClick={() => onMove(-1)}>
        ↑
      </button>
      <button type="button" aria-label={`Move ${name} down`} title="Down" disabled={last} onClick={() => onMove(1)}>
        ↓
      </button>
      <button type="button" aria-label={`Take ${name} out`} title="Take out" onClick={onRemove}>
        ×
      </button>
    </span>
  )
}
