import type { BenchmarkComparison, Speed } from '@sandbox/protocol'
import { barOf, type Forest, placeOn } from '../../state/forest.ts'
import styles from './forest-bar.module.css'

/** Of the drawing, in pixels. The words beside it say the same: it is hidden from screen readers. */
const WIDTH = 220
const HEIGHT = 20
const AXIS_HEIGHT = 24
const MIDDLE = HEIGHT / 2
/** Half of a whisker's and of the point's height. */
const WHISKER = 5
const POINT = 3.5

/** What the place of a bar means. */
export function ForestAxis({ forest }: { forest: Forest }) {
  const { mark } = forest
  return (
    <svg className={styles.axis} width={WIDTH} height={AXIS_HEIGHT} aria-hidden="true">
      <text x={0} y={10} textAnchor="start">
        {mark}× as long
      </text>
      <text x={WIDTH / 2} y={10} textAnchor="middle">
        same
      </text>
      <text x={WIDTH} y={10} textAnchor="end">
        {mark}× as fast
      </text>
      {[1 / mark, 1, mark].map((factor) => (
        <line
          key={factor}
          x1={placeOn(forest, factor) * WIDTH}
          x2={placeOn(forest, factor) * WIDTH}
          y1={14}
          y2={AXIS_HEIGHT}
        />
      ))}
    </svg>
  )
}

/** An interval with its middle, beside the line at 1. */
export function ForestBar(props: { forest: Forest; speed: Speed; outcome: BenchmarkComparison['outcome'] }) {
  const { forest, speed, outcome } = props
  const bar = barOf(forest, speed)
  const [low, factor, high] = [bar.low * WIDTH, bar.factor * WIDTH, bar.high * WIDTH]
  return (
    <svg className={styles.bar} data-outcome={outcome} width={WIDTH} height={HEIGHT} aria-hidden="true">
      <line className={styles.one} x1={WIDTH / 2} x2={WIDTH / 2} y1={0} y2={HEIGHT} />
      <line x1={low} x2={high} y1={MIDDLE} y2={MIDDLE} />
      <line x1={low} x2={low} y1={MIDDLE - WHISKER} y2={MIDDLE + WHISKER} />
      <line x1={high} x2={high} y1={MIDDLE - WHISKER} y2={MIDDLE + WHISKER} />
      <circle cx={factor} cy={MIDDLE} r={POINT} />
    </svg>
  )
}
