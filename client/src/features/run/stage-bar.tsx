import { type StagePart, stageParts, stageWords } from '../../state/results.ts'
import { elapsedOf, type RunState } from '../../state/run.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './stage-bar.module.css'

const TICK_MS = 100
const WIDTH = 120
const GAP = 2

/** How long each stage took, to scale, and the same in words. */
export function StageBar({ run }: { run: RunState }) {
  const now = useNow(TICK_MS, run.phase.type !== 'ended')
  const parts = stageParts(run, elapsedOf(run, now) - run.at)
  const words = stageWords(run, parts)
  return (
    <div className={styles.stages}>
      <svg className={styles.bar} viewBox={`0 0 ${WIDTH} 6`} aria-hidden="true">
        {bars(parts).map(({ part, x, width }) => (
          <rect
            key={part.stage}
            className={styles[part.state]}
            data-stage={part.stage}
            x={x}
            y="0.5"
            width={width}
            height="5"
            rx="1"
          />
        ))}
      </svg>
      <span className={styles.words}>
        {words.text && <span>{words.text}</span>}
        {words.skipped && <span className={styles.dim}>{words.skipped}</span>}
        {words.total && <span className={styles.dim}>{words.total}</span>}
      </span>
    </div>
  )
}

/** Smallest width that can still be seen. */
const MIN_WIDTH = 3

function bars(parts: StagePart[]): { part: StagePart; x: number; width: number }[] {
  const total = parts.reduce((sum, part) => sum + part.weight, 0)
  const room = WIDTH - GAP * (parts.length - 1) - MIN_WIDTH * parts.length
  let x = 0
  return parts.map((part) => {
    const width = MIN_WIDTH + (room * part.weight) / total
    const bar = { part, x, width }
    x += width + GAP
    return bar
  })
}
