import type { RefObject } from 'react'
import styles from './flame-chart.module.css'
import type { FlameColours } from './flame-draw.ts'

/** Its swatches are where the chart reads its colours. */
export function FlameLegend({ compared, probe }: { compared: boolean; probe: RefObject<HTMLDivElement | null> }) {
  const shown = compared ? (['more', 'less', 'go'] as const) : (['own', 'test', 'go', 'runtime'] as const)
  return (
    <div className={styles.legend} ref={probe}>
      {shown.map((name) => (
        <span key={name}>
          <i className={styles[name]} />
          {compared ? CHANGE_WORDS[name as keyof typeof CHANGE_WORDS] : ORIGIN_WORDS[name as keyof typeof ORIGIN_WORDS]}
        </span>
      ))}
      <span hidden>
        {SWATCHES.map((name) => (
          <i key={name} className={styles[name]} data-colour={name} />
        ))}
      </span>
    </div>
  )
}

const ORIGIN_WORDS = { own: 'yours', test: 'tests', go: 'Go’s packages', runtime: 'runtime' }
const CHANGE_WORDS = { more: 'costs more', less: 'costs less', go: 'about as before' }
const SWATCHES = [
  'own',
  'test',
  'go',
  'runtime',
  'text',
  'onOwn',
  'match',
  'onMatch',
  'more',
  'less',
  'outline',
] as const satisfies (keyof FlameColours)[]

/** The page's colours, as the scheme has them now. */
export function coloursOf(legend: HTMLElement | null): FlameColours {
  const read = (name: string) => {
    const swatch = legend?.querySelector(`[data-colour="${name}"]`)
    return swatch ? getComputedStyle(swatch).backgroundColor : 'gray'
  }
  const colours = Object.fromEntries(SWATCHES.map((name) => [name, read(name)])) as Record<
    (typeof SWATCHES)[number],
    string
  >
  return { ...colours, font: '11px ui-monospace, monospace' }
}
