import { expect, test } from 'vitest'
import { workerPool } from '../testdata/timelines.ts'
import { chromeTrace } from './chrome-trace.ts'
import { Look, wakerOf } from './look.ts'
import { totalsOf } from './totals.ts'

test('zooming keeps the moment under the pointer, and never leaves the trace', () => {
  const look = new Look(workerPool())
  const { lengthNs } = look.model.timeline
  look.zoom(0.1, 1_000_000)
  const { from, to } = look.window.get()
  expect((1_000_000 - from) / (to - from)).toBeCloseTo(1_000_000 / lengthNs)
  for (let n = 0; n < 60; n++) look.zoomIn()
  expect(look.window.get().to - look.window.get().from).toBeCloseTo(500)
  look.pan(-1e12)
  expect(look.window.get().from).toBe(0)
  for (let n = 0; n < 60; n++) look.zoomOut()
  expect(look.window.get()).toEqual({ from: 0, to: lengthNs })
})

test('the keys go along a lane, to another lane and to the waker, and what they select is in sight', () => {
  const look = new Look(workerPool())
  look.along(1)
  const first = look.selected.get()
  look.along(1)
  const second = look.selected.get()
  const { proc, goroutine } = look.model.timeline.spans
  expect(proc[second?.row ?? -1]).toBe(proc[first?.row ?? -1])
  expect(second?.row).toBeGreaterThan(first?.row ?? Number.POSITIVE_INFINITY)
  look.across(1)
  expect(proc[look.selected.get()?.row ?? -1]).not.toBe(proc[first?.row ?? -1])
  const woken = look.model.timeline.spans.by.findIndex((by) => by >= 0)
  look.select(woken)
  const waker = wakerOf(look.model, woken)
  look.toWaker()
  expect(look.selected.get()?.row).toBe(waker)
  expect(goroutine[waker]).toBe(look.model.timeline.spans.by[woken])
  const { from, to } = look.window.get()
  expect(look.model.end[waker]).toBeGreaterThan(from)
  expect(look.model.begin[waker]).toBeLessThan(to)
})

test('a search and a test narrow the rows, and a waiting goroutine that is selected gets one', () => {
  const look = new Look(workerPool())
  const goroutines = () => look.rows.filter(({ type }) => type === 'goroutine').length
  expect(goroutines()).toBe(0)
  look.setWish({ goroutines: true })
  const all = goroutines()
  look.setWish({ search: 'pool.work' })
  expect(goroutines()).toBeGreaterThan(0)
  expect(goroutines()).toBeLessThan(all)
  look.setWish({ search: '', goroutines: true })
  look.chooseTest(look.model.timeline.tests.indexOf('TestForcedShutdown'))
  expect(goroutines()).toBeLessThan(all)
  expect(look.window.get().to - look.window.get().from).toBeLessThan(look.model.timeline.lengthNs / 2)
  look.setWish({ goroutines: false, test: -1 })
  look.select(look.model.timeline.spans.state.indexOf(2))
  expect(goroutines()).toBe(1)
})

test('the table’s times are those of the spans, the busiest first', () => {
  const { model } = new Look(workerPool())
  const rows = totalsOf(model, { search: '', test: -1, runtime: true })
  expect(rows).toHaveLength(model.timeline.goroutines.id.length)
  const sum = rows.reduce((ns, { runNs, waitNs, queueNs, syscallNs }) => ns + runNs + waitNs + queueNs + syscallNs, 0)
  expect(sum).toBe(model.timeline.spans.length.reduce((ns, length) => ns + length, 0))
  expect(rows.map(({ runNs }) => runNs)).toEqual(rows.map(({ runNs }) => runNs).sort((a, b) => b - a))
})

test('Perfetto gets a lane for each P, and an arrow for each waking with both its ends', () => {
  const { traceEvents } = JSON.parse(chromeTrace(workerPool())) as { traceEvents: Record<string, unknown>[] }
  const named = traceEvents
    .filter(({ ph, pid }) => ph === 'M' && pid === 1)
    .map(({ args }) => (args as { name: string }).name)
  expect(named).toEqual(['Ps', 'P0', 'P1', 'P2', 'P3'])
  const ids = (ph: string) => traceEvents.filter((event) => event.ph === ph).map(({ id }) => id)
  expect(ids('s').length).toBeGreaterThan(100)
  expect(ids('f')).toEqual(ids('s'))
})
