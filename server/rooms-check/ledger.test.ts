import type { Act, Entry, LoggedEntry } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { actsOf, Ledger } from './ledger.ts'

const NOTE: Act = { type: 'noted', note: 'n1', text: 'hesitates' }
const add = (...added: string[]) => ({ added, removed: [] })
const remove = (...removed: string[]) => ({ added: [], removed })
const entry = (seq: number, by: string | null, what: Entry): LoggedEntry => ({ seq, at: 0, by, entry: what })
const there = (...acts: Act[]) =>
  actsOf(
    acts.map((act, index) => entry(index + 1, 'm1', act)),
    'm1',
  )

test('what was acknowledged must be there, what was not need not', () => {
  const ledger = new Ledger()
  ledger.edit(add('a'))
  const { serial } = ledger.act(NOTE)
  ledger.edit(add('b'))
  ledger.kept(serial)
  expect(ledger.wrongLines(new Set(['a']))).toEqual([])
  expect(ledger.wrongLines(new Set(['a', 'b']))).toEqual([])
  expect(ledger.wrongLines(new Set(['b']))).toHaveLength(1)
  expect(ledger.lostActs(there(NOTE))).toEqual([])
  expect(ledger.lostActs(there())).toHaveLength(1)
  expect(ledger).toMatchObject({ acknowledged: 2, waiting: 1 })
})

test('an acknowledgement is one of an act where an act waits for it', () => {
  const ledger = new Ledger()
  const edit = ledger.edit(add('a'))
  const { serial } = ledger.act(NOTE)
  const later = ledger.edit(add('b'))
  expect([edit, serial, later].map((one) => ledger.waitsForAct(one))).toEqual([false, true, true])
  ledger.kept(serial)
  expect(ledger.waitsForAct(later)).toBe(false)
})

test('a removed line may be there until its removal is acknowledged, and never after', () => {
  const ledger = new Ledger()
  const [gone, still] = [new Set<string>(), new Set(['a'])]
  ledger.kept(ledger.edit(add('a')))
  const removal = ledger.edit(remove('a'))
  expect([...ledger.wrongLines(still), ...ledger.wrongLines(gone)]).toEqual([])
  ledger.kept(removal)
  expect(ledger.wrongLines(gone)).toEqual([])
  expect(ledger.wrongLines(still)).toHaveLength(1)
})

test('an act that was done twice must be there twice once that is acknowledged', () => {
  const ledger = new Ledger()
  ledger.act(NOTE)
  ledger.kept(ledger.act(NOTE).serial)
  expect(ledger.lostActs(there(NOTE))).toHaveLength(1)
  expect(ledger.doubledActs(there(NOTE, NOTE))).toEqual([])
})

test('an act that was sent twice must not be there twice, whether it was acknowledged or not', () => {
  const ledger = new Ledger()
  ledger.act(NOTE)
  const [named] = ledger.takeWaiting().acts
  if (named === undefined) throw new Error('nothing waits')
  const serial = ledger.again(named)
  expect(ledger.doubledActs(there(NOTE))).toEqual([])
  expect(ledger.doubledActs(there(NOTE, NOTE))).toHaveLength(1)
  ledger.kept(serial)
  expect([ledger.lostActs(there(NOTE)), ledger.doubledActs(there(NOTE))]).toEqual([[], []])
  expect(ledger.doubledActs(there(NOTE, NOTE))).toHaveLength(1)
})

test('what was not acknowledged is sent again, changes in one and acts in order under their names', () => {
  const ledger = new Ledger()
  ledger.kept(ledger.edit(add('a')))
  ledger.edit(add('b'))
  const { id } = ledger.act(NOTE)
  ledger.edit(remove('a'))
  const acts = [{ id, act: NOTE }]
  expect(ledger.takeWaiting()).toEqual({ change: { added: ['b'], removed: ['a'] }, acts })
  expect(ledger.waiting).toBe(0)
})

test('of a log the acts of one member count, in whichever order their fields come', () => {
  const log = [
    entry(1, null, { type: 'joined', member: 'm1', name: 'Ada', role: 'interviewer' }),
    entry(2, 'm1', { type: 'edited', update: '' }),
    entry(3, 'm1', NOTE),
    entry(4, 'm2', NOTE),
    entry(5, 'm1', { text: 'hesitates', note: 'n1', type: 'noted' }),
  ]
  expect([...actsOf(log, 'm1').values()]).toEqual([2])
})
