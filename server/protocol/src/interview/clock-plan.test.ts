import { expect, test } from 'vitest'
import { type ClockPlan, clockPlan, type Given } from './clock-plan.ts'
import { testGuide } from './test-guide.ts'

const guide = testGuide()

/** `second 15-40`, a part by its id and all else by its type. */
function told({ segments }: ClockPlan): string[] {
  return segments.map((one) => `${one.type === 'part' ? one.part : one.type} ${one.from}-${one.to}`)
}

test.each<[string, Given, string[], number]>([
  ['nothing', {}, ['first 0-15', 'second 15-40', 'reserve 40-55', 'kept 55-60'], 15],
  [
    'five to the introduction',
    { introduction: 5 },
    ['introduction 0-5', 'first 5-20', 'second 20-45', 'reserve 45-55', 'kept 55-60'],
    10,
  ],
  ['some to both parts', { first: 2, second: 8 }, ['first 0-17', 'second 17-50', 'reserve 50-55', 'kept 55-60'], 5],
  ['all of it', { second: 15 }, ['first 0-15', 'second 15-55', 'kept 55-60'], 0],
  ['more than there is', { first: 10, second: 10 }, ['first 0-25', 'second 25-55', 'kept 55-60'], 0],
  ['some to the kept part', { talk: 5 }, ['first 0-15', 'second 15-40', 'reserve 40-55', 'kept 55-60'], 15],
  ['some to nobody', { gone: 5 }, ['first 0-15', 'second 15-40', 'reserve 40-55', 'kept 55-60'], 15],
  ['less than nothing', { first: -5 }, ['first 0-15', 'second 15-40', 'reserve 40-55', 'kept 55-60'], 15],
])('%s given of the reserve', (_, given, segments, left) => {
  const plan = clockPlan(guide, given)
  expect(told(plan)).toEqual(segments)
  expect(plan.reserve).toEqual({ minutes: 15, left })
})

test('where nothing is kept the last part is one like the others', () => {
  const plan = clockPlan({ ...guide, keptMinutes: 0 }, { talk: 5 })
  expect(told(plan)).toEqual(['first 0-15', 'second 15-40', 'talk 40-50', 'reserve 50-60'])
})

test('parts that fill the time leave no reserve', () => {
  const plan = clockPlan({ ...guide, minutes: 45 }, { first: 5 })
  expect(told(plan)).toEqual(['first 0-15', 'second 15-40', 'kept 40-45'])
  expect(plan.reserve).toEqual({ minutes: 0, left: 0 })
})

test('the plan goes from the first minute to the last without a gap', () => {
  for (const given of [{}, { introduction: 3, first: 4 }, { second: 99 }, { first: 0.5 }]) {
    const { segments } = clockPlan(guide, given)
    expect(segments[0]?.from).toBe(0)
    expect(segments.at(-1)?.to).toBe(guide.minutes)
    expect(segments.slice(1).map(({ from }) => from)).toEqual(segments.slice(0, -1).map(({ to }) => to))
  }
})
