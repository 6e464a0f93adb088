import { useMemo, useState } from 'react'
import { useStore } from '../../state/store.ts'
import type { Look } from '../../state/timeline/look.ts'
import { formatNs, functionOf } from '../../state/timeline/model.ts'
import { plain, waitedSentence } from '../../state/timeline/story.ts'
import { totalsOf } from '../../state/timeline/totals.ts'
import controls from '../../ui/controls.module.css'
import styles from './timeline.module.css'

/** More rows than this nobody reads; the search finds the others. */
const MAX_ROWS = 200

/** The same in numbers: what each goroutine did in all. It says what the lanes say to whoever does not see them. */
export function GoroutineTable({ look }: { look: Look }) {
  const [open, setOpen] = useState(false)
  return (
    <details
      className={styles.table}
      data-testid="timeline-table"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>Goroutines as a table</summary>
      {open && <Rows look={look} />}
    </details>
  )
}

/** Summed up only once it is opened: there may be two hundred thousand spans. */
function Rows({ look }: { look: Look }) {
  const wish = useStore(look.wish)
  const { search, test, runtime } = wish
  const rows = useMemo(() => totalsOf(look.model, { search, test, runtime }), [look, search, test, runtime])
  const { id } = look.model.timeline.goroutines
  const time = (ns: number) => (ns === 0 ? '–' : formatNs(ns))
  return (
    <>
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th scope="col">goroutine</th>
              <th scope="col">ran</th>
              <th scope="col">queued</th>
              <th scope="col">waited</th>
              <th scope="col">in system calls</th>
              <th scope="col" className={styles.words}>
                longest wait
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, MAX_ROWS).map((one) => (
              <tr key={one.goroutine}>
                <th scope="row">
                  <button
                    type="button"
                    className={controls.link}
                    disabled={one.first < 0}
                    onClick={() => look.select(one.first)}
                  >
                    {id[one.goroutine]} {functionOf(look.model, one.goroutine)}
                  </button>
                </th>
                <td>{time(one.runNs)}</td>
                <td>{time(one.queueNs)}</td>
                <td>{time(one.waitNs)}</td>
                <td>{time(one.syscallNs)}</td>
                <td className={styles.words}>
                  {one.longest >= 0 && (
                    <button type="button" className={controls.link} onClick={() => look.select(one.longest)}>
                      {plain(waitedSentence(look.model, one.longest, ''))
                        .trim()
                        .replace(/^waited |\.$/g, '')}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > MAX_ROWS && (
        <p className={styles.dim}>
          The first {MAX_ROWS} of {rows.length}. Search for a function to see others.
        </p>
      )}
    </>
  )
}
