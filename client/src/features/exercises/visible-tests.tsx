import type { ExerciseDetail, TestStatus } from '@sandbox/protocol'
import type { Desk } from '../../state/desk.ts'
import { statusWord } from '../../state/results.ts'
import controls from '../../ui/controls.module.css'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { useRunHere } from '../run/use-shown-run.ts'
import styles from './visible-tests.module.css'

/** The test functions of a file, with the 1-based lines they begin on. */
export function testsIn(text: string): { name: string; line: number }[] {
  return text.split('\n').flatMap((line, index) => {
    const name = /^func ((?:Test|Example|Fuzz)\w*)\(/.exec(line)?.[1]
    return name && name !== 'TestMain' ? [{ name, line: index + 1 }] : []
  })
}

const ICONS: Record<TestStatus, IconName> = {
  waiting: 'wait',
  running: 'running',
  passed: 'passed',
  failed: 'failed',
  skipped: 'void',
  unfinished: 'blocked',
}

/** The tests a person may read, how they went, and the way to their source. */
export function VisibleTests({ desk, detail }: { desk: Desk; detail: ExerciseDetail }) {
  const shown = useRunHere(desk)
  const statusOf = (name: string) => shown?.tests.find((row) => row.name === name)?.status ?? null
  const ended = shown?.phase.type === 'ended'
  return (
    <>
      {detail.visibleTests.map((file) => (
        <section key={file.name}>
          <ul className={styles.list} aria-label={file.name}>
            {testsIn(file.text).map(({ name, line }) => (
              <Row
                key={name}
                name={name}
                status={statusOf(name)}
                measures={detail.measureTests.some((one) => one.name === name)}
                ended={ended}
                onOpen={() => desk.openPlace(null, file.name, line)}
              />
            ))}
          </ul>
        </section>
      ))}
      <p className={styles.words}>
        {detail.hiddenTests} more {detail.hiddenTests === 1 ? 'test stays' : 'tests stay'} hidden. All run with{' '}
        <code>-race</code>
        {detail.measureTests.length > 0 && ', but for what measures'}; what they report is shown like the rest.
      </p>
    </>
  )
}

function Row(props: {
  name: string
  status: TestStatus | null
  measures: boolean
  ended: boolean
  onOpen: () => void
}) {
  const { name, status, measures, ended, onOpen } = props
  return (
    <li>
      <span className={status ? styles[status] : styles.waiting}>
        <Icon name={ICONS[status ?? 'waiting']} />
      </span>
      <button type="button" className={`${controls.link} ${styles.name}`} onClick={onOpen}>
        {name}
      </button>
      {measures && <span className={styles.waiting}>measures</span>}
      <span className={styles.status}>{status && statusWord(status, ended)}</span>
    </li>
  )
}
