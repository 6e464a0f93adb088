import type { TimelineTotals } from '@sandbox/protocol'
import { formatNs } from '../../state/timeline/model.ts'
import styles from './timeline.module.css'

const NS_PER_MS = 1e6

/** The sums of a trace, of the goroutines of tests and code. Waits of several goroutines at once count several times. */
export function TotalsLine({ totals }: { totals: TimelineTotals }) {
  const { runningMs, queuedMs, blockedMs, gcShare, migrations, preemptions, handoffs } = totals
  const entries: [string, string][] = [
    ['ran', formatNs(runningMs * NS_PER_MS)],
    ['stood in queues', formatNs(queuedMs * NS_PER_MS)],
    ...blockedMs.map(({ cause, ms }): [string, string] => [WORDS[cause], formatNs(ms * NS_PER_MS)]),
    ['collector marked', `${Math.round(100 * gcShare)} % of the time`],
    ['changed P', String(migrations)],
    ['preempted', String(preemptions)],
    ['Ps handed off', String(handoffs)],
  ]
  return (
    <dl
      className={styles.totals}
      title="Of the tests’ and the code’s goroutines, all added up"
      data-testid="timeline-totals"
    >
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const WORDS: Readonly<Record<TimelineTotals['blockedMs'][number]['cause'], string>> = {
  channel: 'waited for channels',
  select: 'waited in selects',
  'lock or wait group': 'waited for locks and wait groups',
  sleep: 'slept',
  network: 'waited for the network',
  'system call': 'in system calls',
  other: 'waited for other things',
}
