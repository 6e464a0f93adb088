import { useMemo } from 'react'
import { barMs, barsOf } from '../../state/interview/edit-bars.ts'
import type { ReplayTimeline } from '../../state/interview/replay-timeline.ts'
import { ROWS } from './rows.ts'
import type { Scale } from './scale.ts'
import styles from './scrubber.module.css'

type Props = { timeline: ReplayTimeline; scale: Scale }

/** How much was edited, in stretches of equal time. */
export function Edits({ timeline, scale }: Props) {
  const { edits, from } = timeline
  const step = barMs(scale.msPerPx)
  const bars = useMemo(() => barsOf(edits, from, step), [edits, from, step])
  const most = bars.reduce((so, { count }) => Math.max(so, count), 1)
  const bottom = ROWS.edits.top + ROWS.edits.height
  const shown = bars.filter((bar) => scale.has(bar.from, bar.from + step))
  const paths = shown.map((bar) => {
    const left = scale.edge(bar.from)
    const wide = Math.max(1, scale.edge(bar.from + step) - left - 1)
    // The root lets a few keys be seen beside a pasted file.
    const height = Math.max(2, Math.sqrt(bar.count / most) * (ROWS.edits.height - 4))
    return `M${left} ${bottom}v${-height}h${wide}v${height}z`
  })
  return <path className={styles.edits} d={paths.join('')} />
}

/** Notes and pasting: small signs over the bars. */
export function Signs({ timeline, scale }: Props) {
  const y = ROWS.edits.top + 2
  const { x, has } = scale
  return (
    <>
      {timeline.notes
        .filter(({ at }) => has(at))
        .map(({ id, at, text }) => (
          <g key={id} className={styles.note}>
            <title>{`Note: ${text}`}</title>
            <circle cx={x(at)} cy={y + 3} r={3} />
          </g>
        ))}
      {timeline.pastes.map(
        ({ at, characters }, index) =>
          has(at) && (
            <g key={index} className={styles.paste}>
              <title>{`${characters} characters pasted`}</title>
              <path d={`M${x(at) - 4} ${y}h8l-4 6z`} />
            </g>
          ),
      )}
    </>
  )
}
