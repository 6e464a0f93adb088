import { type ReactNode, useState } from 'react'
import type { Desk } from '../../state/desk.ts'
import type { RunState } from '../../state/run.ts'
import { splitText } from '../../state/sentence.ts'
import { useStore } from '../../state/store.ts'
import { type Look, placeOfSpan } from '../../state/timeline/look.ts'
import controls from '../../ui/controls.module.css'
import { RichText } from '../../ui/rich-text.tsx'
import { useScheme } from '../editor/use-scheme.ts'
import type { SourceLine } from '../run/source.ts'
import { GoroutineTable } from './goroutine-table.tsx'
import { LanesCanvas } from './lanes-canvas.tsx'
import { Minimap } from './minimap.tsx'
import { SpanDetail } from './span-detail.tsx'
import styles from './timeline.module.css'
import { Toolbar } from './toolbar.tsx'
import { TotalsLine } from './totals-line.tsx'
import { TourCard } from './tour-card.tsx'

type Open = (file: string, line: number) => void

interface PanelProps {
  desk: Desk
  run: RunState
  source: SourceLine
  onOpen: Open
}

/** What the scheduler did in a run: one sentence, then lanes over time. */
export function TimelinePanel({ desk, run, source, onOpen }: PanelProps) {
  const news = run.timeline
  if (!news) return null
  return (
    <div data-testid="timeline">
      <p className={styles.sentence} data-testid="timeline-sentence">
        <RichText parts={splitText(news.sentence, source.opens)} onOpen={onOpen} />
      </p>
      {news.totals && <TotalsLine totals={news.totals} />}
      {news.totals && <Loaded desk={desk} run={run} source={source} onOpen={onOpen} />}
    </div>
  )
}

/** Mounted only where there is a timeline to be had: it fetches. */
function Loaded({ desk, run, source, onOpen }: PanelProps) {
  const id = run.description.id
  const state = useStore(desk.timelines.of(id))
  switch (state.type) {
    case 'loading':
      return (
        <p className={styles.dim} role="status">
          The timeline is on its way.
        </p>
      )
    case 'failed':
      return (
        <p role="alert" className={styles.failed}>
          {state.sentence}{' '}
          <button type="button" className={controls.small} onClick={() => desk.timelines.again(id)}>
            Try again
          </button>
        </p>
      )
    case 'ready':
      return <TimelineView desk={desk} look={state.look} source={source} onOpen={onOpen} />
  }
}

function TimelineView({ desk, look, source, onOpen }: Omit<PanelProps, 'run'> & { look: Look }) {
  const [wide, setWide] = useState(false)
  const [hovered, setHovered] = useState('')
  const scheme = useScheme(desk)
  const openSelected = () => {
    const place = placeOfSpan(look.model, look.selected.get()?.row ?? -1)
    const opens = place && (place.origin === 'candidate' || place.origin === 'test')
    if (opens) onOpen(place.file, place.line)
  }
  return (
    <div className={wide ? styles.wide : undefined}>
      <Toolbar look={look} wide={wide} onWide={setWide} />
      <TourCard look={look} onOpen={onOpen} />
      <div className={styles.drawing}>
        <Minimap look={look} scheme={scheme} />
        <LanesCanvas look={look} scheme={scheme} onOpenSelected={openSelected} onHover={setHovered} />
        <p className={styles.hover} aria-hidden="true">
          {hovered}
        </p>
      </div>
      <Legend />
      <SpanDetail look={look} source={source} onOpen={onOpen} />
      <GoroutineTable look={look} />
    </div>
  )
}

/** What colours and shapes mean. */
function Legend() {
  const entry = (className: string | undefined, words: ReactNode) => (
    <li>
      <i className={className} aria-hidden="true" />
      {words}
    </li>
  )
  return (
    <ul className={styles.legend} aria-label="Legend">
      {entry(styles.keyRuns, 'a goroutine runs, in its colour')}
      {entry(styles.keySyscall, 'in a system call')}
      {entry(styles.keyQueued, 'can run, waits for a P')}
      {entry(styles.keyWaits, 'waits for something else')}
      {entry(styles.keyRuntime, 'of the runtime')}
      {entry(styles.keyGc, 'collector marks')}
      {entry(styles.keyStopped, 'world stopped')}
    </ul>
  )
}
