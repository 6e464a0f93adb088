import { expect, test } from 'vitest'
import { ManualClock } from '../testdata/manual-clock.ts'
import { ReplayPlayer } from './replay-player.ts'
import type { ReplayTimeline, TimedRun } from './replay-timeline.ts'

const SECOND = 1000

function run(number: number, at: number, endedAt: number | null): TimedRun {
  return { id: `r${number}`, number, exercise: 'e', by: null, at, endedAt, verdict: null, summary: '' }
}

const TIMELINE: ReplayTimeline = {
  from: 100 * SECOND,
  to: 1000 * SECOND,
  zero: 100 * SECOND,
  parts: [],
  pauses: [],
  exercises: [],
  runs: [run(1, 150 * SECOND, 152 * SECOND), run(2, 200 * SECOND, null)],
  brackets: [],
  faults: [],
  edits: [],
  notes: [],
  pastes: [],
  absences: [],
  idle: [{ from: 300 * SECOND, to: 700 * SECOND }],
  moments: [],
}

function playing() {
  const clock = new ManualClock()
  const player = new ReplayPlayer(TIMELINE, clock)
  return { clock, player, at: () => player.state.get().at / SECOND }
}

test('time passes at the chosen speed, and stops when it is told to', () => {
  const { clock, player, at } = playing()
  player.chooseSpeed(8)
  player.play()
  clock.advance(10 * SECOND)
  expect(at()).toBe(180)
  player.chooseSpeed(1)
  clock.advance(10 * SECOND)
  expect(at()).toBe(190)
  player.toggle()
  clock.advance(10 * SECOND)
  expect(at()).toBe(190)
  expect(clock.waiting).toBe(0)
})

test('pressing play twice does not make time pass twice as fast', () => {
  const { clock, player, at } = playing()
  player.chooseSpeed(1)
  player.play()
  player.play()
  clock.advance(10 * SECOND)
  expect(at()).toBe(110)
})

test('silence is skipped but for its ends, and that is said', () => {
  const { clock, player, at } = playing()
  player.chooseSpeed(1)
  player.seek(300 * SECOND)
  player.play()
  clock.advance(2 * SECOND)
  expect(at()).toBe(302)
  clock.advance(SECOND)
  expect(at()).toBe(697)
  expect(player.state.get().notice).toBe('Skipped 6 min 34 s in which nothing happened.')
  clock.advance(5 * SECOND)
  expect([at(), player.state.get().notice]).toEqual([702, ''])
})

test('in the middle of a silence a reader may stay while it does not play', () => {
  const { player, at } = playing()
  player.seek(500 * SECOND)
  expect(at()).toBe(500)
})

test('at the end it stops, and begins again when it is played', () => {
  const { clock, player, at } = playing()
  player.seek(999 * SECOND)
  player.play()
  clock.advance(SECOND)
  expect([at(), player.state.get().playing, clock.waiting]).toEqual([1000, false, 0])
  player.play()
  expect(at()).toBe(100)
})

test('jumps go to verdicts, and say where there is none', () => {
  const { player, at } = playing()
  player.toRun('next')
  expect(at()).toBe(152)
  player.toRun('next')
  expect(at()).toBe(200)
  player.toRun('next')
  expect([at(), player.state.get().notice]).toEqual([200, 'No run comes after this.'])
  player.toRun('previous')
  player.toRun('previous')
  expect([at(), player.state.get().notice]).toEqual([152, 'No run comes before this.'])
})

test('nobody gets out of the interview’s time', () => {
  const { player, at } = playing()
  player.move(-5 * SECOND)
  expect(at()).toBe(100)
  player.seek(5000 * SECOND)
  expect(at()).toBe(1000)
})
