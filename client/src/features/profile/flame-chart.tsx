import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { type FlameNode, type FlameStep, type FlameWindow, stepFrom, WHOLE, windowOf } from '../../state/flame.ts'
import controls from '../../ui/controls.module.css'
import { ChartView, type Shown, ZOOM } from './chart-view.ts'
import styles from './flame-chart.module.css'
import { FlameLegend } from './flame-legend.tsx'

export interface FlameChartProps extends Shown {
  /** What it shows, for who cannot see it. */
  label: string
}

const STEPS: Partial<Record<string, FlameStep>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
}

/** The calls of a profile, callers above what they call, as wide as they cost. */
export function FlameChart(props: FlameChartProps) {
  const { flame, label, chosen, onChoose } = props
  const chart = useChart(props)
  const press = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step) {
      const next = stepFrom(flame, chosen, step)
      onChoose(next)
      if (next) chart.reveal(next)
    } else if (event.key === 'Enter' && chosen) chart.show(windowOf(chosen))
    else if (event.key === '+' || event.key === '=') chart.zoom(ZOOM)
    else if (event.key === '-') chart.zoom(1 / ZOOM)
    else if (event.key === 'Escape' || event.key === '0') chart.show(WHOLE)
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.chart}>
      <div className={styles.tools}>
        <FlameLegend compared={props.change !== null} probe={chart.legend} />
        <button type="button" className={controls.small} aria-label="Zoom in" onClick={() => chart.zoom(ZOOM)}>
          +
        </button>
        <button type="button" className={controls.small} aria-label="Zoom out" onClick={() => chart.zoom(1 / ZOOM)}>
          −
        </button>
        <button type="button" className={controls.small} onClick={() => chart.show(WHOLE)}>
          Whole
        </button>
      </div>
      <div
        className={styles.scroller}
        ref={chart.scroller}
        role="application"
        aria-label={`${label} Arrow keys walk through the calls, Enter widens one, Escape shows the whole.`}
        tabIndex={0}
        onKeyDown={press}
        data-testid="flame"
        data-nodes={flame.count}
      >
        <canvas ref={chart.canvas} className={styles.canvas} />
      </div>
    </div>
  )
}

interface Chart {
  canvas: RefObject<HTMLCanvasElement | null>
  scroller: RefObject<HTMLDivElement | null>
  legend: RefObject<HTMLDivElement | null>
  show(window: FlameWindow): void
  zoom(factor: number): void
  reveal(node: FlameNode): void
}

function useChart(props: FlameChartProps): Chart {
  const canvas = useRef<HTMLCanvasElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const legend = useRef<HTMLDivElement>(null)
  const [view] = useState(() => new ChartView({ canvas, scroller, legend }))
  useEffect(() => view.attach(), [view])
  useEffect(() => view.update(props), [view, props])
  return { canvas, scroller, legend, show: view.show, zoom: view.zoom, reveal: view.reveal }
}
