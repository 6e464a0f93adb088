import type { Act } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { ManualClock } from '../testdata/manual-clock.ts'
import { memoryStorage } from '../testdata/memory-storage.ts'
import { toBase64 } from './base64.ts'
import type { OpenTabs } from './ports.ts'
import { MAX_AGE_MS, MAX_SILENCE_MS, type Unkept, UnkeptKeeper } from './unkept.ts'

const NOTE: Act = { type: 'noted', note: 'n1', text: 'calm' }
const NOTHING: Unkept = { edits: [], acts: [] }

/** A browser with tabs; `names` are those that are open, null where it cannot tell. */
function browser(names: Set<string> | null = new Set()) {
  const map = new Map<string, string>()
  const time = new ManualClock()
  const crashed = new Set<string>()
  const tabs: OpenTabs | null = names && {
    hold: (name) => void names.add(name),
    ifGone: async (name, act) => {
      await Promise.resolve()
      if (!names.has(name)) act()
    },
  }
  const open = (page: string, start: Unkept = NOTHING) => {
    const waiting: Unkept = { edits: [...start.edits], acts: [...start.acts] }
    const keeper = new UnkeptKeeper({
      storage: memoryStorage(map),
      clock: {
        now: () => time.now(),
        random: () => 0,
        after: (ms, act) => time.after(ms, () => crashed.has(page) || act()),
      },
      tabs,
      interview: 'key',
      page,
      unkept: () => waiting,
      isEmpty: () => waiting.edits.length === 0 && waiting.acts.length === 0,
    })
    keeper.writeNow()
    const takeOver = () =>
      keeper.takeOver(({ edits, acts }) => {
        waiting.edits.push(...edits)
        waiting.acts.push(...acts)
      })
    return { keeper, takeOver, waiting }
  }
  /** The tab ends without a word. */
  const crash = (page: string) => {
    crashed.add(page)
    names?.delete(`interview:key:${page}`)
  }
  return { map, time, open, crash }
}

const noted: Unkept = { edits: [], acts: [{ act: NOTE, madeAt: 0 }] }

describe('what another tab has not brought to the server', () => {
  test.each<[string, Set<string> | null]>([
    ['', new Set<string>()],
    [' where the browser cannot tell', null],
  ])('is left to it while it is open, however long it is offline%s', async (_, names) => {
    const { open, time, map } = browser(names)
    open('a', noted)
    time.advance(10 * MAX_SILENCE_MS)
    const b = open('b')
    await b.takeOver()
    expect([b.waiting, map.size]).toEqual([NOTHING, 1])
  })

  test('is taken over once it is gone, by one tab', async () => {
    const { open, crash, map } = browser()
    open('a', noted)
    crash('a')
    const [b, c] = [open('b'), open('c')]
    await Promise.all([b.takeOver(), c.takeOver()])
    expect([b.waiting, c.waiting]).toEqual([noted, NOTHING])
    expect([...map.keys()], 'and lies in the storage again at once').toEqual(['interview:key:b'])
  })

  test('is taken over after a minute without a sign where the browser cannot tell', async () => {
    const { open, crash, time } = browser(null)
    open('a', noted)
    crash('a')
    time.advance(MAX_SILENCE_MS)
    const b = open('b')
    await b.takeOver()
    expect(b.waiting).toEqual(NOTHING)
    time.advance(1)
    await b.takeOver()
    expect(b.waiting).toEqual(noted)
  })

  test.each<[string, Set<string> | null]>([
    ['', new Set<string>()],
    [' where the browser cannot tell', null],
  ])('is taken over at once where it said goodbye%s', async (_, names) => {
    const { open } = browser(names)
    open('a', noted).keeper.writeNow({ isLeft: true })
    const b = open('b')
    await b.takeOver()
    expect(b.waiting).toEqual(noted)
  })

  test('is thrown away after a week', async () => {
    const { open, time, map, crash } = browser()
    open('a', noted).keeper.writeNow({ isLeft: true })
    crash('a')
    time.advance(MAX_AGE_MS + 1)
    const b = open('b')
    await b.takeOver()
    expect([b.waiting, map.size]).toEqual([NOTHING, 0])
  })
})

test.each([
  ['one update', '"AAA="', ['AAA=']],
  ['none', 'null', []],
])('what a page of before has written is taken over, %s', async (_, edits, taken) => {
  const { open, map } = browser()
  map.set('interview:key:x', `{"edits":${edits},"acts":[],"writtenAt":0,"isLeft":true}`)
  const b = open('b')
  await b.takeOver()
  expect(b.waiting.edits.map(toBase64)).toEqual(taken)
})

test('junk in the browser’s storage is nothing, and another interview’s is not touched', async () => {
  const { open, map } = browser()
  map.set('interview:key:x', '{"edits":"?"}').set('interview:other:x', '?')
  const b = open('b')
  await b.takeOver()
  expect([b.waiting, [...map.keys()]]).toEqual([NOTHING, ['interview:other:x']])
})
