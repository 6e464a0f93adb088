import type { Panic } from '@sandbox/protocol'
import { GoLine } from '../../ui/go-code.tsx'
import { PlaceLink } from '../../ui/place-link.tsx'
import { StackList } from '../../ui/stack-list.tsx'
import type { SourceLine } from '../run/source.ts'
import styles from './goroutines-panel.module.css'

type Open = (file: string, line: number) => void

/** The panic's own words, the line it came from, and its stack. */
export function PanicPanel({ panic, source, onOpen }: { panic: Panic; source: SourceLine; onOpen: Open }) {
  const { goroutine } = panic
  const site = goroutine?.site ?? null
  const text = site && source.line(site.file, site.line)
  return (
    <article aria-label="Panic" data-testid="panic">
      <div className={styles.head}>
        <h4>{panic.kind === 'fatal' ? 'Fatal error of the Go runtime' : 'Panic'}</h4>
        {panic.test && <span className={styles.dim}>{panic.test}</span>}
      </div>
      <pre className={styles.message}>{panic.message}</pre>
      {site && (
        <dl className={styles.facts}>
          <dt>at</dt>
          <dd>
            <PlaceLink frame={site} onOpen={onOpen} />
            {text && <GoLine className={styles.source} text={text} />}
          </dd>
        </dl>
      )}
      {goroutine && (
        <details className={styles.stack} open>
          <summary>
            Stack of goroutine {goroutine.id}, {goroutine.state}
          </summary>
          <StackList frames={goroutine.stack} onOpen={onOpen} />
        </details>
      )}
    </article>
  )
}
