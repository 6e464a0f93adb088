import { functionOf, isOfRuntime, type Lane, type Model } from './model.ts'

/** A line of the drawing. */
export type ViewRow = { type: 'gc' } | { type: 'proc'; proc: number } | { type: 'goroutine'; goroutine: number }

/** Which goroutines have rows under the Ps. */
export interface RowsWish {
  /** Rows for goroutines at all. */
  goroutines: boolean
  /** Those of the runtime too. */
  runtime: boolean
  /** Part of a function's name, or a goroutine's number; empty asks for all. */
  search: string
  /** Position of a test; -1 asks for all. */
  test: number
  /** These alone, where there are any: those that a step of the tour speaks of. */
  only: readonly number[]
}

/** Garbage collection where there was any, the Ps, and the goroutines that are asked for, oldest first. */
export function viewRows(model: Model, wish: RowsWish): ViewRow[] {
  const gc: ViewRow[] = model.timeline.ranges.begin.length > 0 ? [{ type: 'gc' }] : []
  const procs = model.procOrder.map((proc): ViewRow => ({ type: 'proc', proc }))
  const goroutines = wish.only.length > 0 ? [...wish.only] : wish.goroutines ? matching(model, wish) : []
  return [...gc, ...procs, ...goroutines.map((goroutine): ViewRow => ({ type: 'goroutine', goroutine }))]
}

/** Goroutines by name, number and test; those of the runtime where they are asked for. */
export function matching(
  model: Model,
  { search, test, runtime }: Pick<RowsWish, 'search' | 'test' | 'runtime'>,
): number[] {
  const { id, test: tests } = model.timeline.goroutines
  const wanted = search.trim().toLowerCase()
  const isWanted = (g: number) =>
    (runtime || !isOfRuntime(model, g)) &&
    (test < 0 || tests[g] === test) &&
    (wanted === '' ||
      `${id[g]}` === wanted.replace(/^(?:goroutine|g) ?/, '') ||
      functionOf(model, g).toLowerCase().includes(wanted))
  return id.flatMap((_, g) => (isWanted(g) ? [g] : []))
}

/** What a line draws its bars from; null for that of the collector. */
export function laneOfRow(model: Model, row: ViewRow): Lane | null {
  switch (row.type) {
    case 'gc':
      return null
    case 'proc':
      return model.procs[row.proc] ?? null
    case 'goroutine':
      return model.goroutines[row.goroutine] ?? null
  }
}

/** From the first to the last that a test's goroutines did, in nanoseconds; null where the trace has none of them. */
export function extentOf(model: Model, test: number): { from: number; to: number } | null {
  const of = model.timeline.goroutines.test.flatMap((own, g) => (own === test ? [g] : []))
  const lanes = of.flatMap((g) => model.goroutines[g] ?? []).filter((lane) => lane.rows.length > 0)
  if (lanes.length === 0) return null
  return lanes.reduce(
    ({ from, to }, { begin, end }) => ({
      from: Math.min(from, begin[0] ?? 0),
      to: Math.max(to, end[end.length - 1] ?? 0),
    }),
    { from: Number.POSITIVE_INFINITY, to: 0 },
  )
}
