import { chartOf } from '../../state/collections.ts'
import type { Desk } from '../../state/desk.ts'
import type { RunState } from '../../state/run.ts'
import { useStore } from '../../state/store.ts'
import controls from '../../ui/controls.module.css'
import styles from './memory-notes.module.css'

/** What the garbage collector did, and which values go to the heap: beside the heap profile. */
export function MemoryNotes({ desk, run }: { desk: Desk; run: RunState }) {
  return (
    <>
      <Collector run={run} />
      <Escapes desk={desk} run={run} />
    </>
  )
}

function Collector({ run }: { run: RunState }) {
  const { collections } = run
  if (!collections) return null
  const chart = chartOf(collections.list)
  return (
    <figure className={styles.figure} data-testid="collections">
      <figcaption>{collections.sentence}</figcaption>
      {chart && (
        <>
          <svg className={styles.chart} viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
            <path className={styles.before} d={chart.before} />
            <path className={styles.live} d={chart.live} />
            {chart.pauses.map(({ x, height }, index) => (
              <path key={index} className={styles.pause} d={`M${x} 40V${40 - height}`} />
            ))}
          </svg>
          <div className={styles.axis} aria-hidden="true">
            <span>0 s</span>
            <span>
              <i className={styles.beforeKey} /> heap before, up to {chart.mostMb} MB
            </span>
            <span>
              <i className={styles.liveKey} /> live after
            </span>
            <span>
              <i className={styles.pauseKey} /> pauses, up to {chart.longestMs} ms
            </span>
            <span>{(chart.endMs / 1000).toFixed(1)} s</span>
          </div>
        </>
      )}
    </figure>
  )
}

/** Before somebody asks for more. */
const FEW = 6

function Escapes({ desk, run }: { desk: Desk; run: RunState }) {
  const view = useStore(desk.view).profile
  const { escapes } = run
  if (!escapes || escapes.list.length === 0) return null
  const { list, total } = escapes
  const shown = view.allEscapes ? list : list.slice(0, FEW)
  return (
    <section className={styles.escapes} aria-label="Values that go to the heap" data-testid="escapes">
      <h4>
        The compiler puts {total} {total === 1 ? 'value' : 'values'} of your files on the heap
      </h4>
      <ul>
        {shown.map(({ file, line, column, text }) => (
          <li key={`${file}:${line}:${column} ${text}`}>
            <button type="button" className={controls.link} onClick={() => desk.openPlace(run, file, line)}>
              {file}:{line}
            </button>{' '}
            <code>{text}</code>
          </li>
        ))}
      </ul>
      {list.length > shown.length && (
        <button
          type="button"
          className={controls.small}
          onClick={() => desk.viewing.chooseProfile({ allEscapes: true })}
        >
          Show {list.length} values
        </button>
      )}
      {total > list.length && view.allEscapes && <p>The first {list.length} of them are listed.</p>}
    </section>
  )
}
