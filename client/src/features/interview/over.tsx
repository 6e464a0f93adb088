import type { ReactNode } from 'react'
import controls from '../../ui/controls.module.css'
import { Icon } from '../../ui/icon.tsx'
import styles from './interview.module.css'

/** Nothing can be changed any more. */
export function Over({ words, children }: { words: string; children?: ReactNode }) {
  return (
    <p className={`${controls.note} ${styles.over}`} role="status" data-testid="over">
      <Icon name="passed" />
      <span>{words}</span>
      {children}
    </p>
  )
}
