import type { Act, ClientMessage } from '@sandbox/protocol'
import { describe, expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs'
import { memoryStorage } from '../testdata/memory-storage.ts'
import { fromBase64 } from './base64.ts'
import { fits } from './fitting-updates.ts'
import { Outbox, PACE_MS, SLOW_MS } from './outbox.ts'
import { MAX_LATE_MS } from './queued-act.ts'
import { MAX_UNKEPT_CHARS, UnkeptKeeper, WRITE_PAUSE_MS } from './unkept.ts'

const NOTE: Act = { type: 'noted', note: 'n1', text: 'asks for the requirements first' }

function fakeClock() {
  const timers: { ms: number; act: () => void }[] = []
  const time = { now: 0 }
  return {
    time,
    now: () => time.now,
    random: () => 0,
    after: (ms: number, act: () => void) => {
      const timer = { ms, act }
      timers.push(timer)
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
    },
    /** Lets what was appointed so far away happen. */
    pass: (ms: number) => {
      for (const timer of timers.filter((one) => one.ms === ms)) {
        timers.splice(timers.indexOf(timer), 1)
        timer.act()
      }
    },
  }
}

/** A page that types into a text, with its way to the server and what it keeps in the browser. */
function setUp(map = new Map<string, string>()) {
  const clock = fakeClock()
  const sent: ClientMessage[] = []
  const late: string[] = []
  const ids = { last: 0 }
  const doc = new Doc()
  const text = doc.getText()
  const outbox: Outbox = new Outbox({
    clock,
    newId: () => `a-name-of-page-${map.size}-${++ids.last}`,
    send: (message) => sent.push(message) > 0,
    changed: () => keeper.changed(),
    late: (acts) => late.push(...acts.map(({ act }) => act.type)),
  })
  const keeper = new UnkeptKeeper({
    storage: memoryStorage(map),
    clock,
    tabs: null,
    interview: 'key',
    page: `page-${map.size}`,
    unkept: () => outbox.unkept(),
    isEmpty: () => outbox.isEmpty,
  })
  doc.on('update', (update: Uint8Array, origin: unknown) => origin === null && outbox.edit(update))
  const type = (...words: string[]) => {
    for (const word of words) text.insert(text.length, word)
  }
  const serials = () => sent.map((message) => ('serial' in message ? message.serial : null))
  const arrived = () => {
    const there = new Doc()
    for (const message of sent) if (message.type === 'edit') applyUpdate(there, fromBase64(message.update))
    return there.getText().toString()
  }
  return { clock, sent, late, doc, outbox, keeper, type, serials, arrived, map }
}

describe('what is typed', () => {
  test('goes at once where nothing was typed just now, and together after that', () => {
    const { outbox, type, serials, arrived, clock } = setUp()
    outbox.opened(null)
    type('a')
    expect(serials()).toEqual([1])
    type('b', 'c', 'd')
    expect(serials()).toEqual([1])
    clock.pass(PACE_MS)
    expect([serials(), arrived()]).toEqual([[1, 2], 'abcd'])
    clock.pass(PACE_MS)
    expect(serials()).toEqual([1, 2])
    type('e')
    expect([serials(), arrived()]).toEqual([[1, 2, 3], 'abcde'])
  })

  test('is unkept until the server has it on its disk, and slow only after a while', () => {
    const { outbox, type, clock } = setUp()
    outbox.opened(null)
    type('a')
    outbox.act(NOTE)
    expect(outbox.state.get()).toEqual({ unkept: 2, slow: false })
    clock.pass(SLOW_MS)
    expect(outbox.state.get()).toEqual({ unkept: 2, slow: true })
    outbox.kept(1)
    expect(outbox.state.get()).toEqual({ unkept: 1, slow: true })
    outbox.kept(2)
    expect(outbox.state.get()).toEqual({ unkept: 0, slow: false })
  })

  test('goes before what is done after it', () => {
    const { outbox, type, sent } = setUp()
    outbox.opened(null)
    type('a', 'b')
    outbox.act(NOTE)
    expect(sent.map(({ type: kind }) => kind)).toEqual(['edit', 'edit', 'act'])
  })
})

describe('thousands of characters that come one by one', () => {
  const dictated = [...'what a text expander types '.repeat(350)]

  test('go as several changes, each of which the server takes in', () => {
    const { outbox, type, clock, sent, arrived } = setUp()
    outbox.opened(null)
    type(...dictated)
    clock.pass(PACE_MS)
    expect(arrived()).toBe(dictated.join(''))
    expect(edits(sent).every(fits)).toBe(true)
    expect(edits(sent).length).toBeLessThan(10)
  })

  test('outlast a reload without a connection, and go then', async () => {
    const before = setUp()
    before.type(...dictated)
    before.keeper.writeNow({ isLeft: true })
    const after = setUp(before.map)
    await after.keeper.takeOver((unkept) => after.outbox.restore(unkept))
    after.outbox.opened(encodeStateAsUpdate(before.doc))
    expect(after.arrived()).toBe(dictated.join(''))
    expect(edits(after.sent).every(fits)).toBe(true)
  })

  test('go as they were made where what the room lacks is too much for one change', () => {
    const { outbox, sent, doc, arrived } = setUp()
    const text = doc.getText()
    // Always in front of what came just before, so that a document cannot join them.
    for (let n = 0; n < 3000; n++) text.insert(Math.floor(n / 2), String(n % 10))
    outbox.opened(encodeStateAsUpdate(doc))
    expect(arrived()).toBe(text.toString())
    expect(edits(sent).every(fits)).toBe(true)
  })

  function edits(sent: readonly ClientMessage[]): Uint8Array[] {
    return sent.flatMap((message) => (message.type === 'edit' ? [fromBase64(message.update)] : []))
  }
})

describe('without a connection', () => {
  test('everything waits, and goes when the room is open again: the text as a whole, then the acts', () => {
    const { outbox, type, sent, clock } = setUp()
    outbox.opened(null)
    type('a')
    outbox.act(NOTE)
    outbox.closed()
    type(...'b'.repeat(200))
    expect(outbox.act({ ...NOTE, text: 'again' })).toBe(true)
    clock.pass(PACE_MS)
    expect(sent).toHaveLength(2)
    outbox.opened(new Uint8Array([0, 0]))
    expect(sent.slice(2)).toEqual([
      { type: 'edit', serial: 4, update: 'AAA=' },
      { type: 'act', serial: 5, id: 'a-name-of-page-0-1', act: NOTE },
      { type: 'act', serial: 6, id: 'a-name-of-page-0-2', act: { ...NOTE, text: 'again' } },
    ])
    outbox.kept(6)
    expect(outbox.unkept()).toEqual({ edits: [], acts: [] })
  })

  test('no more acts wait than can be told in one go', () => {
    const { outbox } = setUp()
    const taken = Array.from({ length: 300 }, () => outbox.act(NOTE)).filter(Boolean)
    expect(taken).toHaveLength(200)
  })

  test('a page that is loaded again has what the one before did', async () => {
    const before = setUp()
    before.type('typed offline')
    before.outbox.act(NOTE)
    before.keeper.writeNow({ isLeft: true })
    expect(before.map.size).toBe(1)
    const after = setUp(before.map)
    await after.keeper.takeOver((unkept) => {
      expect(unkept.acts).toEqual([{ id: 'a-name-of-page-0-1', act: NOTE, madeAt: 0 }])
      for (const update of unkept.edits) applyUpdate(after.doc, update, 'restored')
      after.outbox.restore(unkept)
    })
    expect(after.doc.getText().toString()).toBe('typed offline')
    expect(after.map.size).toBe(1)
    after.outbox.opened(null)
    expect(after.sent.at(-1), 'under its first name').toMatchObject({ type: 'act', id: 'a-name-of-page-0-1' })
    after.outbox.kept(9)
    expect(after.map.size).toBe(0)
  })

  test('nothing is written of what is kept soon, and nothing that is too much', () => {
    const { outbox, type, clock, map } = setUp()
    outbox.opened(null)
    type('a')
    outbox.kept(1)
    clock.pass(WRITE_PAUSE_MS)
    expect(map.size).toBe(0)
    outbox.closed()
    type('x'.repeat(MAX_UNKEPT_CHARS))
    clock.pass(WRITE_PAUSE_MS)
    expect(map.size).toBe(0)
  })
})

test('after an edit that the server will not have, no later one goes', () => {
  const { outbox, type } = setUp()
  outbox.opened(null)
  type('a', 'b')
  outbox.act(NOTE)
  expect(outbox.dropped(1)).toEqual({ wasEdit: true })
  expect(outbox.unkept()).toMatchObject({ edits: [], acts: [{ act: NOTE, madeAt: 0 }] })
  expect(outbox.dropped(3)).toEqual({ wasEdit: false })
  expect(outbox.state.get().unkept).toBe(0)
})

describe('an act that was not kept and is sent again', () => {
  const PAUSE: Act = { type: 'clock', action: 'pause' }

  test.each<[string, number, string[]]>([
    ['after a short while', MAX_LATE_MS, ['act', 'act']],
    ['after more than half a minute', MAX_LATE_MS + 1, ['act']],
  ])('%s is left out where it would do something else than was meant', (_, passed, again) => {
    const { outbox, sent, late, clock } = setUp()
    outbox.opened(null)
    outbox.act(PAUSE)
    outbox.act(NOTE)
    outbox.closed()
    clock.time.now += passed
    outbox.opened(null)
    expect(sent.slice(2).map(({ type }) => type)).toEqual(again)
    expect(sent.at(-1)).toMatchObject({ act: NOTE })
    expect(late).toEqual(again.length === 1 ? ['clock'] : [])
    expect(outbox.state.get().unkept).toBe(again.length)
  })

  test('goes under the name that it had before, so that it is carried out once', () => {
    const { outbox, sent } = setUp()
    const names = () => sent.map((message) => 'id' in message && message.id)
    outbox.opened(null)
    outbox.act(PAUSE)
    outbox.act(PAUSE)
    const [first, second] = names()
    expect(first).not.toBe(second)
    outbox.closed()
    outbox.opened(null)
    expect(names()).toEqual([first, second, first, second])
  })

  test('is named where a page wrote it that gave no names', () => {
    const { outbox, sent } = setUp()
    outbox.opened(null)
    outbox.restore({ edits: [], acts: [{ act: NOTE, madeAt: 0 }] })
    expect(sent).toMatchObject([{ type: 'act', id: 'a-name-of-page-0-1', act: NOTE }])
  })

  test('does not become younger by waiting again', () => {
    const { outbox, late, clock } = setUp()
    outbox.act(PAUSE)
    for (let round = 0; round < 2; round++) {
      clock.time.now += MAX_LATE_MS - 1
      outbox.opened(null)
      outbox.closed()
    }
    expect(late).toEqual(['clock'])
  })

  test('is sent at once where the room is open already', () => {
    const { outbox, sent, late } = setUp()
    outbox.opened(null)
    const long = -MAX_LATE_MS - 1
    outbox.restore({
      edits: [],
      acts: [
        { act: PAUSE, madeAt: long },
        { act: NOTE, madeAt: long },
      ],
    })
    expect(sent).toMatchObject([{ type: 'act', serial: 1, act: NOTE }])
    expect(late).toEqual(['clock'])
  })
})
