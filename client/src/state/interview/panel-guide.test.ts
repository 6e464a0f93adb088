import { expect, test } from 'vitest'
import { keyedPoints, linkedExercises, neighbour, nextNumber, partRows, rowOf } from './panel-guide.ts'
import { leftText, minutesText, momentText, rangeText } from './panel-times.ts'
import { MOCK_GUIDE } from './testdata/mock-guide.ts'
import { AT_16_48, BEFORE_START, IN_17TH_MINUTE, interviewOf } from './testdata/mock-interview.ts'

const interview = interviewOf(IN_17TH_MINUTE)
const rows = partRows(MOCK_GUIDE, interview.clock, AT_16_48)

test('a part and its questions say what was spent of what is planned', () => {
  const [go, database] = rows
  expect([go?.current, minutesText(go?.spentMs ?? 0), go?.minutes]).toEqual([true, '11:48', 15])
  expect(go?.questions.map(({ standing, spentMs }) => [standing, minutesText(spentMs)]).slice(0, 3)).toEqual([
    ['asked', '6:38'],
    ['current', '5:10'],
    ['open', '0:00'],
  ])
  expect([database?.current, database?.spentMs]).toEqual([false, 0])
})

test('a share of the reserve counts to its part', () => {
  const clock = { ...interview.clock, reserve: { go: 5 } }
  expect(partRows(MOCK_GUIDE, clock, AT_16_48)[0]?.minutes).toBe(20)
})

test('the arrow keys go through all parts’ questions, a part without any too, and stop at both ends', () => {
  const walk = (part: string, question: string | null, step: 1 | -1) => neighbour(rows, { part, question }, step)
  expect(walk('go', 'leaks', 1)).toEqual({ part: 'database', question: 'database' })
  expect(walk('database', 'database', -1)).toEqual({ part: 'go', question: 'leaks' })
  expect(walk('design', 'ticket-booking', 1)).toEqual({ part: 'discussion', question: null })
  expect(walk('go', 'scheduler', -1)).toEqual({ part: 'go', question: 'scheduler' })
  expect(walk('discussion', null, 1)).toEqual({ part: 'discussion', question: null })
  expect(neighbour(rows, null, 1)).toEqual({ part: 'go', question: 'scheduler' })
})

test('an alternative lies between its own part’s last question and the next part’s first', () => {
  const alternative = { part: 'go', question: 'memory-debugging' }
  expect(rowOf(rows, 'memory-debugging')?.question.title).toBe('Memory debugging')
  expect(neighbour(rows, alternative, 1)).toEqual({ part: 'database', question: 'database' })
  expect(neighbour(rows, alternative, -1)).toEqual({ part: 'go', question: 'leaks' })
})

test('the number keys tick the question’s points, then those of the area that is open', () => {
  const booking = rowOf(rows, 'ticket-booking')?.question
  if (!booking) throw new Error('the guide has a Q9')
  expect(keyedPoints(booking, 'inventory').map(({ key, point }) => [key, point.id])).toEqual([['1', 'holds']])
  expect(keyedPoints(booking, null)).toEqual([])
})

test('linked exercises say which is open, and when the others were', () => {
  expect(linkedExercises(interview, ['worker-pool', 'hit-counter', 'bank-transfer'])).toEqual([
    { slug: 'worker-pool', open: true, openedAt: 700_000 },
    { slug: 'hit-counter', open: false, openedAt: 310_000 },
    { slug: 'bank-transfer', open: false, openedAt: null },
  ])
})

test('a number is never given twice, neither before the log tells it back nor after a reload', () => {
  expect(nextNumber(['m1-1', 'm1-2', 'm2-7', 'other'], 'm1', 0)).toBe(3)
  expect(nextNumber(['m1-1', 'm1-2'], 'm1', 5)).toBe(6)
  expect(nextNumber([], 'm1', 0)).toBe(1)
})

test('times are said in words that do not jump about', () => {
  expect(momentText(interview, AT_16_48)).toBe('00:16:48')
  expect(momentText(interviewOf(BEFORE_START), AT_16_48)).toBe('before the start')
  expect(leftText(192_000)).toBe('3:12 left')
  expect(leftText(-40_000)).toBe('0:40 over')
  expect([rangeText([5, 6]), rangeText([10, 10])]).toEqual(['5–6', '10'])
})
