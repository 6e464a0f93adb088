import type { Frame, Goroutine } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { isAbandoned } from './abandoned.ts'

const site: Frame = { function: 'sandbox/poll.Poll.func1', file: 'poll.go', line: 13, origin: 'candidate' }
const TICKS = { address: '0xa', sends: false, timer: 'ticks' } as const
const FIRES = { address: '0xb', sends: false, timer: 'fires' } as const
const DONE = { address: '0xc', sends: false, timer: null }
const poller: Goroutine = {
  id: 7,
  state: 'select',
  leaked: false,
  role: 'candidate',
  site,
  stack: [site],
  created: { ...site, function: 'sandbox/poll.Poll', line: 7 },
  creator: 6,
  waitsFor: null,
  holds: [],
  selects: [TICKS, DONE],
  told: '',
  alone: true,
  alike: 0,
  test: null,
}
const ENDLESS = [{ file: 'poll.go', line: 13, oneShot: false }]
const UNTIL_TIMER = [{ file: 'poll.go', line: 13, oneShot: true }]

test('who loops for ever on its ticker, and on a channel that nobody reaches, is abandoned', () => {
  expect(isAbandoned(poller, ENDLESS)).toBe(true)
})

test('a way out by a timer that is not set is none', () => {
  expect(isAbandoned(poller, UNTIL_TIMER)).toBe(true)
  expect(isAbandoned({ ...poller, selects: [TICKS, FIRES, DONE] }, UNTIL_TIMER)).toBe(false)
})

const within: Frame = { ...site, function: 'sandbox/poll.wait' }

test.each<[string, Partial<Goroutine>, typeof ENDLESS]>([
  ['somebody reaches what it waits for', { alone: false }, ENDLESS],
  ['the loop may end by itself', {}, []],
  ['it waits for time alone, as a daemon does', { selects: [TICKS] }, ENDLESS],
  ['it waits for no time, so that the leak profile decides', { selects: [DONE] }, ENDLESS],
  ['the package starts it', { created: { ...site, function: 'sandbox/poll.init.0' } }, ENDLESS],
  ['the select is not that of the loop', { stack: [within, site] }, ENDLESS],
  ['it does something else', { state: 'chan send' }, ENDLESS],
])('nobody is accused where %s', (_, other, loops) => {
  expect(isAbandoned({ ...poller, ...other }, loops)).toBe(false)
})
