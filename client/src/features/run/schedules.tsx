import type { RunState } from '../../state/run.ts'
import { scheduleWords } from '../../state/schedules.ts'
import { toneOf, wordOf } from '../../ui/badge.tsx'
import styles from './schedules.module.css'

/** The other schedules that were tried, a cell each, while they are tried. */
export function Schedules({ run }: { run: RunState }) {
  if (run.schedules.length === 0 && !run.exploring) return null
  return (
    <div className={styles.strip} data-testid="schedules" data-exploring={run.exploring}>
      <span className={styles.cells} aria-hidden="true">
        {run.schedules.map(({ index, processors, verdict }) => (
          <span
            key={index}
            className={`${styles.cell} ${toneOf(verdict)}`}
            title={`Schedule ${index}, GOMAXPROCS ${processors}: ${wordOf(verdict).toLowerCase()}`}
          />
        ))}
      </span>
      <span className={styles.words}>{scheduleWords(run)}</span>
    </div>
  )
}
