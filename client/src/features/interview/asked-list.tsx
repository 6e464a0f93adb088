import type { Act } from '@sandbox/protocol'
import controls from '../../ui/controls.module.css'
import styles from './guide-question.module.css'
import { Words } from './words.tsx'

interface Asked {
  id: string
  text: string
  detail?: string | undefined
  /** Why it is early to ask it. */
  early?: string | undefined
}

/** Questions that are ticked once they were asked. */
export function AskedList(props: {
  question: string
  list: readonly Asked[]
  asked: readonly string[]
  act: (act: Act) => void
}) {
  const { question, list, asked, act } = props
  return (
    <ul className={styles.checks}>
      {list.map((one) => (
        <li key={one.id}>
          <label className={asked.includes(one.id) ? styles.asked : undefined}>
            <input
              type="checkbox"
              checked={asked.includes(one.id)}
              data-testid="asked"
              onChange={(event) => act({ type: 'asked', question, followUp: one.id, on: event.target.checked })}
            />
            <span className={controls.hidden}>Asked:</span>
            <span title={one.detail && `Listen for: ${one.detail}`}>
              <Words text={one.text} />
            </span>
          </label>
          {one.early !== undefined && <p className={styles.aside}>{one.early}</p>}
        </li>
      ))}
    </ul>
  )
}
