import { useMemo } from 'react'
import { momentsOf } from '../../state/leaks.ts'
import type { FullProfile } from '../../state/profile.ts'
import type { RunState } from '../../state/run.ts'
import styles from './cost-table.module.css'

/** Functions that are listed. */
const MAX_ROWS = 12

/** Goroutines at two moments: when most of them were there, and when the tests had ended. */
export function MomentsTable({ run, taken }: { run: RunState; taken: FullProfile }) {
  const rows = useMemo(() => momentsOf(run, taken), [run, taken])
  if (rows.length === 0) return null
  return (
    <table className={styles.table} data-testid="goroutine-moments">
      <caption className={styles.caption}>Goroutines at two moments, by the function that they began with</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.amount}>
            when most were there
          </th>
          <th scope="col" className={styles.amount}>
            after the tests
          </th>
          <th scope="col">began with</th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, MAX_ROWS).map(({ name, most, end }) => (
          <tr key={name}>
            <td className={styles.amount}>{most.toLocaleString('en')}</td>
            <td className={styles.amount}>{end === 0 ? 'none' : <b>{end.toLocaleString('en')}</b>}</td>
            <td>
              <code>{name}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
