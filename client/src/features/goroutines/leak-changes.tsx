import { useMemo } from 'react'
import { type EarlierRun, earlierEnded, type LeakChange, leakChanges } from '../../state/leaks.ts'
import { placeOf } from '../../state/marks.ts'
import type { RunState } from '../../state/run.ts'
import { GoLine } from '../../ui/go-code.tsx'
import { PlaceLink } from '../../ui/place-link.tsx'
import type { SourceLine } from '../run/source.ts'
import styles from './leak-changes.module.css'

type Open = (file: string, line: number) => void

/** What changed between two moments: before the tests and after them, and since the run before. By `go` statement. */
export function LeakChanges(props: { run: RunState; runs: RunState[]; source: SourceLine; onOpen: Open }) {
  const { run, runs, source, onOpen } = props
  const earlier = useMemo(() => earlierEnded(runs, run), [runs, run])
  const changes = useMemo(() => leakChanges(run, earlier?.run ?? null), [run, earlier])
  if (changes.length === 0) return null
  return (
    <section data-testid="leak-changes" className={styles.changes}>
      <h4>More goroutines after the tests than before them</h4>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">started at</th>
            <th scope="col">since the tests began</th>
            {earlier && <th scope="col">against run {earlier.number}</th>}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <Change key={change.key} change={change} earlier={earlier} source={source} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface ChangeProps {
  change: LeakChange
  earlier: EarlierRun | null
  source: SourceLine
  onOpen: Open
}

function Change({ change, earlier, source, onOpen }: ChangeProps) {
  const standing = standingOf(change)
  return (
    <tr data-standing={standing}>
      <td>
        <Site change={change} earlier={earlier} source={source} onOpen={onOpen} />
      </td>
      <td>
        <b className={styles.count}>{change.now > 0 ? `+${change.now.toLocaleString('en')}` : 'none'}</b>
        <span className={styles.dim}>{sinceWords(change)}</span>
      </td>
      {earlier && (
        <td>
          {standing && <span className={`${styles.standing} ${styles[standing]}`}>{standing}</span>}{' '}
          <span className={styles.dim}>{againstWords(change)}</span>
        </td>
      )}
    </tr>
  )
}

/** Where nothing of it is left, its line is one of the earlier run, which the editor may not have any more. */
function Site({ change, earlier, source, onOpen }: ChangeProps) {
  const { site, now } = change
  if (!site) return <span className={styles.dim}>where, the dump does not say</span>
  if (now === 0 && earlier) {
    return (
      <span>
        {placeOf(site)} <span className={styles.dim}>as it was in run {earlier.number}</span>
      </span>
    )
  }
  const text = source.line(site.file, site.line)
  return (
    <>
      <PlaceLink frame={site} onOpen={onOpen} />
      {text && <GoLine className={styles.source} text={text} />}
    </>
  )
}

function sinceWords({ now, stuck, test }: LeakChange): string {
  if (now === 0) return ''
  const proved = stuck === 0 ? '' : stuck === now ? 'nothing can wake them' : `of which nothing can wake ${stuck}`
  const before = test ? `was 0 before ${test}` : ''
  return [before, now === 1 ? proved.replace('them', 'it') : proved].map((words) => words && `, ${words}`).join('')
}

function standingOf({ now, before }: LeakChange): 'fixed' | 'new' | 'remaining' | null {
  if (before === null) return null
  if (now === 0) return 'fixed'
  return before === 0 ? 'new' : 'remaining'
}

function againstWords({ now, before }: LeakChange): string {
  if (before === null) return 'not known'
  if (before === 0) return ''
  if (now === 0) return `${before.toLocaleString('en')} then`
  return now === before ? 'as many' : `${before.toLocaleString('en')} then`
}
