import type { TestStatus } from '@sandbox/protocol'
import { useState } from 'react'
import { formatMs, ownOutput, statusWord, testLabel } from '../../state/results.ts'
import type { RunState, TestRow } from '../../state/run.ts'
import { splitText } from '../../state/sentence.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { RichText } from '../../ui/rich-text.tsx'
import type { SourceLine } from './source.ts'
import styles from './tests-panel.module.css'

type Open = (file: string, line: number) => void

/** Failing tests whose output is shown without asking: the first few tell what is wrong, all of them bury the list. */
const MAX_UNFOLDED = 3

/** The tests as they report, hidden ones named as such, each with what it printed. */
export function TestsPanel(props: { run: RunState; rows: TestRow[]; source: SourceLine; onOpen: Open }) {
  const { run, rows, source, onOpen } = props
  const failed = run.phase.type === 'ended' ? rows.filter((row) => row.status === 'failed') : []
  const unfolded = new Set(failed.slice(0, MAX_UNFOLDED))
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <Row
          key={`${row.mode} ${row.name}`}
          row={row}
          source={source}
          onOpen={onOpen}
          ended={run.phase.type === 'ended'}
          unfolded={unfolded.has(row)}
        />
      ))}
    </ul>
  )
}

const ICONS: Record<TestStatus, IconName> = {
  waiting: 'wait',
  running: 'running',
  passed: 'passed',
  failed: 'failed',
  skipped: 'void',
  unfinished: 'blocked',
}

function Row(props: { row: TestRow; source: SourceLine; onOpen: Open; ended: boolean; unfolded: boolean }) {
  const { row, source, onOpen, ended, unfolded } = props
  const [toggled, setToggled] = useState<boolean | null>(null)
  const output = ownOutput(row.output)
  const open = toggled ?? unfolded
  const { parent, own } = testLabel(row.name)
  return (
    <li
      className={parent ? styles.sub : undefined}
      data-testid="test-row"
      data-test={row.name}
      data-status={row.status}
    >
      <div className={styles.row}>
        <span className={styles[row.status]}>
          <Icon name={ICONS[row.status]} className={row.status === 'running' ? styles.spin : undefined} />
        </span>
        <code className={styles.name} title={row.name}>
          {own}
        </code>
        {row.hidden && <span className={styles.hidden}>hidden</span>}
        <span className={styles.ms}>{statusWords(row, ended)}</span>
        {output !== '' && (
          <button type="button" className={styles.toggle} aria-expanded={open} onClick={() => setToggled(!open)}>
            output
            <Icon name={open ? 'down' : 'right'} />
          </button>
        )}
      </div>
      {open && output !== '' && (
        <section className={styles.output} tabIndex={0} aria-label={`Output of ${row.name}`}>
          <pre>
            <RichText parts={splitText(output, source.opens)} onOpen={onOpen} />
          </pre>
        </section>
      )}
    </li>
  )
}

function statusWords(row: TestRow, ended: boolean): string {
  const word = statusWord(row.status, ended)
  if (row.status === 'passed' && row.elapsedMs !== null) return formatMs(row.elapsedMs)
  return row.elapsedMs !== null && row.status === 'failed' ? `${word} · ${formatMs(row.elapsedMs)}` : word
}
