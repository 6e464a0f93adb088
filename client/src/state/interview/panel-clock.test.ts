import { expect, test } from 'vitest'
import { giftOf, partWords, reserveLeft, sharesOf, trackOf } from './panel-clock.ts'
import { nextOf } from './panel-next.ts'
import { MOCK_GUIDE } from './testdata/mock-guide.ts'
import { AT_16_48, BEFORE_START, IN_17TH_MINUTE, interviewOf, time } from './testdata/mock-interview.ts'

const { clock } = interviewOf(IN_17TH_MINUTE)

test('the track has the whole interview to scale, and where it stands', () => {
  const { segments, now, words } = trackOf(MOCK_GUIDE, clock, AT_16_48)
  expect(segments.map(({ type, number, minutes, current }) => [type, number, minutes, current])).toEqual([
    ['introduction', null, 5, false],
    ['part', 1, 15, true],
    ['part', 2, 10, false],
    ['part', 3, 15, false],
    ['part', 4, 25, false],
    ['reserve', null, 15, false],
    ['kept', 5, 5, false],
  ])
  expect(now).toBeCloseTo(0.1867, 4)
  expect(words).toBe('00:16:48 of 90 minutes; Part 1, 3:12 left; 15 of 20 minutes of reserve are left')
})

test('past its end the interview stands at the end, and a part that takes too long says by how much', () => {
  expect(trackOf(MOCK_GUIDE, clock, time('99:00')).now).toBe(1)
  expect(partWords(MOCK_GUIDE, clock, time('20:40'))).toEqual(['Part 1, 0:40 over'])
  expect(partWords(MOCK_GUIDE, interviewOf(BEFORE_START).clock, 0)).toEqual([])
})

test('the reserve goes to the introduction and to every part but the kept last one', () => {
  expect(sharesOf(MOCK_GUIDE, clock).map(({ id, minutes }) => [id, minutes])).toEqual([
    ['introduction', 5],
    ['go', 0],
    ['database', 0],
    ['leadership', 0],
    ['design', 0],
  ])
  expect(reserveLeft(MOCK_GUIDE, clock, AT_16_48)).toBe(15)
})

test('one press gives the introduction what it took, and after that the current part five minutes, as long as there are', () => {
  expect(giftOf(MOCK_GUIDE, { ...clock, reserve: {} }, AT_16_48)).toMatchObject({ part: 'introduction', minutes: 5 })
  expect(giftOf(MOCK_GUIDE, clock, AT_16_48)).toEqual({ part: 'go', minutes: 5, words: 'Give 5 min to part 1' })
  const nearlyGone = { ...clock, reserve: { introduction: 5, database: 10, go: 2 } }
  expect(giftOf(MOCK_GUIDE, nearlyGone, AT_16_48)).toEqual({ part: 'go', minutes: 5, words: 'Give 3 min to part 1' })
  expect(giftOf(MOCK_GUIDE, { ...clock, reserve: { introduction: 20 } }, AT_16_48)).toBeNull()
})

test('what comes next follows from what was said, and nothing is suggested while the candidate asks', () => {
  const interview = interviewOf(IN_17TH_MINUTE)
  expect(nextOf(interview, MOCK_GUIDE, AT_16_48)).toMatchObject({
    type: 'probe',
    point: 'deadlock',
    ask: 'Which goroutine closes `jobs`?',
  })
  const discussing = interviewOf([
    ...IN_17TH_MINUTE,
    ['16:47', 'm1', { type: 'turned', part: 'discussion', question: null }],
  ])
  expect(nextOf(discussing, MOCK_GUIDE, AT_16_48)).toBeNull()
})
