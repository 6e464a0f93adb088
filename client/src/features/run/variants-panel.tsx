import type { Verdict } from '@sandbox/protocol'
import type { RunState } from '../../state/run.ts'
import { type VariantRow, type VariantStanding, variantRows } from '../../state/variants.ts'
import { wordOf } from '../../ui/badge.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { InlineMarkdown } from '../../ui/markdown.tsx'
import styles from './rows.module.css'

/** How the candidate's tests deal with right and wrong code, one row for each variant. */
export function VariantsPanel({ run, counts }: { run: RunState; counts: { right: number; wrong: number } }) {
  const rows = variantRows(run, counts)
  return (['right', 'wrong'] as const).map((kind) => (
    <section key={kind}>
      <h4 className={styles.head}>{kind === 'right' ? 'Right code, to be accepted' : 'Wrong code, to be caught'}</h4>
      <ul className={styles.list}>
        {rows
          .filter((row) => row.kind === kind)
          .map((row) => (
            <Row key={row.number} row={row} />
          ))}
      </ul>
    </section>
  ))
}

const LOOKS: Record<VariantStanding, { icon: IconName; tone: string | undefined; word: string }> = {
  accepted: { icon: 'passed', tone: styles.good, word: 'accepted' },
  refused: { icon: 'failed', tone: styles.bad, word: 'falsely refused' },
  caught: { icon: 'passed', tone: styles.good, word: 'caught' },
  missed: { icon: 'failed', tone: styles.bad, word: 'missed' },
  running: { icon: 'running', tone: styles.now, word: 'running' },
  waiting: { icon: 'wait', tone: styles.dim, word: 'waiting' },
  'not-tried': { icon: 'void', tone: styles.dim, word: 'not tried' },
}

function Row({ row }: { row: VariantRow }) {
  const { icon, tone, word } = LOOKS[row.standing]
  return (
    <li data-testid="variant-row" data-variant={`${row.kind} ${row.number}`} data-standing={row.standing}>
      <div className={styles.row}>
        <span className={tone}>
          <Icon name={icon} />
        </span>
        <span className={styles.name}>
          {row.kind} {row.number}
        </span>
        <span className={`${styles.words} ${tone}`}>
          {word}
          {row.verdict && evidenceWords(row.standing, row.verdict)}
        </span>
      </div>
      {row.what !== null && (
        <p className={styles.text}>
          <InlineMarkdown text={row.what} />
        </p>
      )}
    </li>
  )
}

/** What the tests made of it: a missed one passes them, and of an accepted one nothing is to be told. */
function evidenceWords(standing: VariantStanding, verdict: Verdict): string {
  if (standing === 'accepted' || verdict === 'failed') return ''
  if (standing === 'missed') return verdict === 'passed' ? ': your tests pass' : `: ${wordOf(verdict).toLowerCase()}`
  return ` by ${wordOf(verdict).toLowerCase()}`
}
