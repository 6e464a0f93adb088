import type { TimedRun } from '../../state/interview/replay-timeline.ts'
import { type Crowd, crowdsOf } from '../../state/interview/run-crowds.ts'
import { type BadgeKind, iconOf, toneOf, wordOf } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { ROWS } from './rows.ts'
import type { Scale } from './scale.ts'
import styles from './scrubber.module.css'

const MARK_PX = 22
const CROWD_PX = 44
/** Runs that begin closer to each other share a mark, which then has room for their number. */
const APART_PX = CROWD_PX + 2

interface Mark {
  runs: Crowd
  left: number
  width: number
}

/** The marks that are in view, with where they lie. */
export function marksIn(runs: readonly TimedRun[], { x, has, msPerPx, width }: Scale): Mark[] {
  return crowdsOf(runs, APART_PX * msPerPx)
    .filter((crowd) => has(crowd[0].at, crowd.at(-1)?.at))
    .map((crowd) => {
      const wide = crowd.length > 1 ? CROWD_PX : MARK_PX
      return { runs: crowd, left: Math.min(Math.max(0, x(crowd[0].at) - MARK_PX / 2), width - wide), width: wide }
    })
}

/** The runs whose mark is at a place of the scrubber, in pixels; null where there is none. */
export function runsAt(runs: readonly TimedRun[], scale: Scale, { x, y }: { x: number; y: number }): Crowd | null {
  const { top, height } = ROWS.runs
  if (y < top || y > top + height) return null
  return marksIn(runs, scale).findLast(({ left, width }) => x >= left && x <= left + width)?.runs ?? null
}

/** Every run with its verdict; those that lie too close to each other as their last one and their number. */
export function RunMarks({ runs, scale }: { runs: readonly TimedRun[]; scale: Scale }) {
  return marksIn(runs, scale).map((mark) => <RunMark key={mark.runs[0].id} {...mark} />)
}

function RunMark({ runs, left, width }: Mark) {
  const last = runs.at(-1) ?? runs[0]
  const kind = kindOf(last)
  return (
    <g
      className={`${styles.run} ${toneOf(kind)}`}
      transform={`translate(${left} ${ROWS.runs.top})`}
      data-testid="run-mark"
    >
      <title>{titleOf(runs)}</title>
      <rect x={0.5} y={0.5} width={width - 1} height={MARK_PX - 1} rx={4} />
      <svg x={3} y={3} width={16} height={16} aria-hidden="true">
        <Icon name={iconOf(kind)} />
      </svg>
      {runs.length > 1 && (
        <text x={width - 4} y={15} textAnchor="end">
          {runs.length > 99 ? '99+' : runs.length}
        </text>
      )}
    </g>
  )
}

function kindOf({ verdict }: TimedRun): BadgeKind {
  return verdict ?? 'running'
}

function titleOf(runs: Crowd): string {
  const [first] = runs
  const words = runs.map((run) => wordOf(kindOf(run)).toLowerCase()).join(', ')
  if (runs.length === 1) return `Run ${first.number}: ${words}`
  return `Runs ${first.number}–${runs.at(-1)?.number}: ${words}. Press to look closer.`
}
