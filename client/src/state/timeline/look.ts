import { type Frame, GoState } from '@sandbox/protocol'
import { centreOf, MovableWindow, type Steps } from '../movable-window.ts'
import { createStore, type Store } from '../store.ts'
import { windowAround } from '../window.ts'
import { boundsOf } from './bounds.ts'
import { type Lane, type Model, neighbourOf, positionOf, siteOf } from './model.ts'
import { spanAt } from './reduce.ts'
import { extentOf, laneOfRow, matching, type RowsWish, type ViewRow, viewRows } from './rows.ts'
import { spanDuring } from './story.ts'
import { tourOf } from './tour.ts'
import type { TourStep } from './tour-step.ts'

/** A selected span, and the line on which it was selected: the keys go along that. */
export interface Selection {
  row: number
  on: 'proc' | 'goroutine'
}

const FIRST_WISH: RowsWish = { goroutines: false, runtime: false, search: '', test: -1, only: [] }
const STEPS: Steps = { zoom: 0.6, pan: 0.2 }

/**
 * How a person looks at one timeline: what part of it, which rows, what is selected. Separate stores, so that moving the
 * window draws the lanes again and nothing else.
 */
export class Look extends MovableWindow {
  readonly model: Model
  readonly selected: Store<Selection | null> = createStore<Selection | null>(null)
  readonly hovered: Store<number> = createStore(-1)
  readonly wish: Store<RowsWish> = createStore(FIRST_WISH)
  /** Step of the tour; -1 while nobody takes it. */
  readonly step: Store<number> = createStore(-1)
  #tour: TourStep[] | null = null
  #marked: { wish: RowsWish; selected: Selection | null; set: ReadonlySet<number> | null } | null = null

  constructor(model: Model) {
    super(boundsOf(model), STEPS)
    this.model = model
  }

  /** Worked out when somebody first asks for it. */
  get tour(): TourStep[] {
    this.#tour ??= tourOf(this.model)
    return this.#tour
  }

  get rows(): ViewRow[] {
    return viewRows(this.model, this.wish.get())
  }

  /** Goroutines that stand out: those that are searched for, or the selected one; null where all are alike. */
  get marked(): ReadonlySet<number> | null {
    const [wish, selected] = [this.wish.get(), this.selected.get()]
    // Asked for in every frame.
    if (this.#marked?.wish !== wish || this.#marked.selected !== selected) {
      this.#marked = { wish, selected, set: this.#findMarked(wish, selected) }
    }
    return this.#marked.set
  }

  #findMarked({ search, test }: RowsWish, selected: Selection | null): ReadonlySet<number> | null {
    if (search.trim() !== '' || test >= 0) return new Set(matching(this.model, { search, test, runtime: true }))
    return selected ? new Set([this.model.timeline.spans.goroutine[selected.row] ?? -1]) : null
  }

  /** Selects a span and brings it into view. */
  select(row: number, on?: Selection['on']): void {
    if (row < 0) return
    const { state } = this.model.timeline.spans
    const isOnProc = state[row] === GoState.running || state[row] === GoState.syscall
    this.selected.set({ row, on: on ?? (isOnProc ? 'proc' : 'goroutine') })
    if (!isOnProc && this.wish.get().only.length === 0) this.#showRowOf(row)
    const span = { from: this.model.begin[row] ?? 0, to: this.model.end[row] ?? 0 }
    this.window.update((window) => windowAround(window, span, this.bounds))
  }

  /** A goroutine that waits is on no P: it needs a row of its own to be seen. */
  #showRowOf(row: number): void {
    const goroutine = this.model.timeline.spans.goroutine[row] ?? -1
    const isShown = this.rows.some((one) => one.type === 'goroutine' && one.goroutine === goroutine)
    if (!isShown) this.wish.update((wish) => ({ ...wish, only: [goroutine] }))
  }

  deselect(): void {
    this.selected.set(null)
    this.wish.update((wish) => (wish.only.length > 0 ? { ...wish, only: [] } : wish))
  }

  /** What the keys left and right mean: the span before or after on the same line. */
  along(direction: 1 | -1): void {
    const selected = this.selected.get()
    const lane = selected && this.#laneOf(selected)
    if (selected && lane) this.select(lane.rows[positionOf(lane, selected.row) + direction] ?? -1, selected.on)
    else this.#selectFirst()
  }

  /** What the keys up and down mean: what went on at the same time on the line above or below. */
  across(direction: 1 | -1): void {
    const selected = this.selected.get()
    if (!selected) {
      this.#selectFirst()
      return
    }
    const rows = this.rows
    const middle = ((this.model.begin[selected.row] ?? 0) + (this.model.end[selected.row] ?? 0)) / 2
    for (let at = rows.findIndex((row) => this.#isOn(row, selected)) + direction; ; at += direction) {
      const row = rows[at]
      if (!row) return
      const lane = laneOfRow(this.model, row)
      const found = lane ? spanAt(lane, middle, Number.POSITIVE_INFINITY) : -1
      if (found < 0 || row.type === 'gc') continue
      this.select(found, row.type)
      return
    }
  }

  /** Goes to whoever woke, or started, the goroutine that is selected. */
  toWaker(): void {
    const selected = this.selected.get()
    if (selected) this.select(wakerOf(this.model, selected.row))
  }

  setWish(change: Partial<RowsWish>): void {
    this.wish.update((wish) => ({ ...wish, only: [], ...change }))
  }

  /** Narrows the rows to a test and shows the time that it took; -1 shows all again. */
  chooseTest(test: number): void {
    this.setWish({ test })
    const extent = test < 0 ? null : extentOf(this.model, test)
    this.show(extent ?? this.bounds)
  }

  /** Goes to a step of the tour; anything outside ends it. */
  goTo(step: number): void {
    const stop = this.tour[step]
    this.step.set(stop ? step : -1)
    if (!stop) {
      this.deselect()
      return
    }
    this.wish.update((wish) => ({ ...wish, search: '', test: -1, only: stop.goroutines }))
    const { state } = this.model.timeline.spans
    const on = state[stop.row] === GoState.running || state[stop.row] === GoState.syscall ? 'proc' : 'goroutine'
    this.selected.set(stop.row < 0 ? null : { row: stop.row, on })
    this.show(stop.window)
  }

  /** Of the selected span where it is seen, else of the window. */
  protected middle(): number {
    const window = this.window.get()
    const row = this.selected.get()?.row ?? -1
    const middle = ((this.model.begin[row] ?? 0) + (this.model.end[row] ?? 0)) / 2
    return row >= 0 && middle >= window.from && middle <= window.to ? middle : centreOf(window)
  }

  #laneOf({ row, on }: Selection): Lane | null {
    const { proc, goroutine } = this.model.timeline.spans
    const lane = on === 'proc' ? this.model.procs[proc[row] ?? -1] : this.model.goroutines[goroutine[row] ?? -1]
    return lane ?? null
  }

  #isOn(row: ViewRow, selected: Selection): boolean {
    const { proc, goroutine } = this.model.timeline.spans
    if (row.type === 'proc') return selected.on === 'proc' && row.proc === proc[selected.row]
    return row.type === 'goroutine' && selected.on === 'goroutine' && row.goroutine === goroutine[selected.row]
  }

  #selectFirst(): void {
    const { from, to } = this.window.get()
    const lane = this.model.procOrder.flatMap((proc) => this.model.procs[proc] ?? []).find((one) => one.rows.length > 0)
    if (lane) this.select(spanAt(lane, (from + to) / 2, Number.POSITIVE_INFINITY), 'proc')
  }
}

/** The span in which somebody woke, or started, the goroutine of a span; -1 where the trace does not tell. */
export function wakerOf(model: Model, row: number): number {
  const { state, by } = model.timeline.spans
  const queued =
    state[row] === GoState.runnable ? row : neighbourOf(model, row, state[row] === GoState.waiting ? 1 : -1)
  const waker = state[queued] === GoState.runnable ? (by[queued] ?? -1) : -1
  return waker < 0 ? -1 : spanDuring(model, waker, model.begin[queued] ?? 0)
}

/** The line that a span leads to: where it waits, or where it stopped running. */
export function placeOfSpan(model: Model, row: number): Frame | null {
  const { state, stack } = model.timeline.spans
  const own = siteOf(model, stack[row] ?? -1)
  if (state[row] !== GoState.running) return own
  const next = neighbourOf(model, row, 1)
  return next < 0 ? null : siteOf(model, stack[next] ?? -1)
}
