/** Median, 95th percentile and extremes of some figures, in the figures' own unit. */
export interface Spread {
  median: number
  p95: number
  min: number
  max: number
}

export function spreadOf(figures: readonly number[]): Spread {
  return {
    median: quantile(figures, 0.5),
    p95: quantile(figures, 0.95),
    min: Math.min(...figures),
    max: Math.max(...figures),
  }
}

export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5)
}

/** The smallest figure that at least this share of all does not exceed. Throws where there are none. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b)
  const figure = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (figure === undefined) throw new Error('no figures were taken')
  return figure
}

export function round(figure: number, digits = 0): number {
  return Number(figure.toFixed(digits))
}
