import { expect, test } from 'vitest'
import { ManualClock } from '../testdata/manual-clock.ts'
import { LEAST_LENS_MS, ReplayLens } from './replay-lens.ts'
import { ReplayPlayer } from './replay-player.ts'
import type { ReplayTimeline, TimedRun } from './replay-timeline.ts'

const SECOND = 1000
const TIMELINE: ReplayTimeline = {
  ...{ from: 100 * SECOND, to: 1100 * SECOND, zero: 100 * SECOND },
  ...{ parts: [], pauses: [], exercises: [], runs: [], brackets: [], faults: [], edits: [] },
  ...{ notes: [], pastes: [], absences: [], idle: [], moments: [] },
}

function looking() {
  const clock = new ManualClock()
  const player = new ReplayPlayer(TIMELINE, clock)
  const lens = new ReplayLens(TIMELINE, player)
  const seen = () => {
    const { from, to } = lens.window.get()
    return [from / SECOND, to / SECOND]
  }
  return { clock, player, lens, seen }
}

test('zooming keeps the reader’s moment where it is, and goes neither too near nor out of the interview', () => {
  const { player, lens, seen } = looking()
  player.seek(350 * SECOND)
  lens.zoomIn()
  expect(seen()).toEqual([225, 725])
  for (let n = 0; n < 20; n++) lens.zoomIn()
  expect((seen()[1] ?? 0) - (seen()[0] ?? 0)).toBe(LEAST_LENS_MS / SECOND)
  expect(lens.isWhole).toBe(false)
  for (let n = 0; n < 20; n++) lens.zoomOut()
  expect(seen()).toEqual([100, 1100])
  expect(lens.isWhole).toBe(true)
})

test('a moment that is gone to comes into the middle of the view, one that is in view moves nothing', () => {
  const { player, lens, seen } = looking()
  lens.show({ from: 200 * SECOND, to: 300 * SECOND })
  player.seek(290 * SECOND)
  expect(seen()).toEqual([200, 300])
  player.seek(600 * SECOND)
  expect(seen()).toEqual([550, 650])
})

test('playing out of the view turns the page, with room for what follows', () => {
  const { clock, player, lens, seen } = looking()
  lens.show({ from: 200 * SECOND, to: 300 * SECOND })
  player.seek(299 * SECOND)
  player.chooseSpeed(1)
  player.play()
  clock.advance(2 * SECOND)
  expect(seen()[0]).toBeGreaterThan(289)
  expect(seen()[0]).toBeLessThan(291)
})

test('one may look elsewhere without going there', () => {
  const { player, lens, seen } = looking()
  player.seek(250 * SECOND)
  lens.show({ from: 200 * SECOND, to: 300 * SECOND })
  lens.panStep(1)
  lens.panStep(1)
  lens.panStep(1)
  expect(seen()).toEqual([275, 375])
  expect(player.state.get().at).toBe(250 * SECOND)
  lens.whole()
  expect(lens.isWhole).toBe(true)
})

test('several runs come so near that they fill the middle third', () => {
  const { lens, seen } = looking()
  const at = (second: number): TimedRun => ({
    ...{ id: 'r', number: 1, exercise: 'e', by: null, verdict: null, summary: '', endedAt: null },
    at: second * SECOND,
  })
  lens.showRuns([at(400), at(410), at(430)])
  expect(seen()).toEqual([370, 460])
  lens.showRuns([at(400), at(400)])
  expect((seen()[1] ?? 0) - (seen()[0] ?? 0)).toBe(LEAST_LENS_MS / SECOND)
})
