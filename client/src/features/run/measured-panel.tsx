import type { ExerciseDetail, FailureReason, TestStatus } from '@sandbox/protocol'
import { measuredMessage, statusWord } from '../../state/results.ts'
import type { RunState, TestRow } from '../../state/run.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import styles from './rows.module.css'

const OVER: Partial<Record<FailureReason, string>> = {
  'too-slow': 'too slow',
  'too-many-allocations': 'too many allocations',
}

const ICONS: Record<TestStatus, IconName> = {
  waiting: 'wait',
  running: 'running',
  passed: 'passed',
  failed: 'failed',
  skipped: 'void',
  unfinished: 'blocked',
}

const TONES: Partial<Record<TestStatus, string | undefined>> = {
  passed: styles.good,
  failed: styles.bad,
  running: styles.now,
}

/** What was measured: within bounds or by how much it is not, in the words of the measuring test. */
export function MeasuredPanel(props: { run: RunState; rows: TestRow[]; measured: ExerciseDetail['measureTests'] }) {
  const { run, rows, measured } = props
  const ended = run.phase.type === 'ended'
  return (
    <ul className={styles.list}>
      {rows.map((row) => {
        const message = measuredMessage(row.output)
        const reason = measured.find(({ name }) => name === row.name)?.reason
        return (
          <li key={row.name} data-testid="measured-row" data-test={row.name} data-status={row.status}>
            <div className={styles.row}>
              <span className={TONES[row.status] ?? styles.dim}>
                <Icon name={ICONS[row.status]} />
              </span>
              <span className={styles.name}>
                <code>{row.name}</code>
              </span>
              <span className={`${styles.words} ${TONES[row.status] ?? styles.dim}`}>
                {measuredWord(row.status, ended, reason)}
              </span>
            </div>
            {message !== '' && <pre className={styles.message}>{message}</pre>}
          </li>
        )
      })}
    </ul>
  )
}

function measuredWord(status: TestStatus, ended: boolean, reason: FailureReason | undefined): string {
  if (status === 'passed') return 'within bounds'
  if (status === 'failed') return (reason && OVER[reason]) ?? 'over its bound'
  return status === 'running' ? 'measuring' : statusWord(status, ended)
}
