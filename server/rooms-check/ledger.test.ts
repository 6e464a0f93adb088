import type { Act } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { Ledger, wordsOf } from './ledger.ts'

const NOTE: Act = { type: 'noted', note: 'n1', text: 'hesitates' }
const add = (...added: string[]) => ({ added, removed: [] })
const remove = (...removed: string[]) => ({ added: [], removed })
const found = (lines: string[], acts: Act[] = []) => ({
  lines: new Set(lines),
  acts: new Map(acts.map((act) => [wordsOf(act), 1])),
})

test('what was acknowledged must be there, what was not need not', () => {
  const ledger = new Ledger()
  ledger.edit(add('a'))
  const serial = ledger.act(NOTE)
  ledger.edit(add('b'))
  ledger.kept(serial)
  expect(ledger.lost(found(['a'], [NOTE]))).toEqual([])
  expect(ledger.lost(found(['a', 'b'], [NOTE]))).toEqual([])
  expect(ledger.lost(found(['b']))).toHaveLength(2)
  expect(ledger).toMatchObject({ acknowledged: 2, waiting: 1 })
})

test('a removed line may be there until its removal is acknowledged, and never after', () => {
  const ledger = new Ledger()
  ledger.kept(ledger.edit(add('a')))
  const removal = ledger.edit(remove('a'))
  expect(ledger.lost(found(['a']))).toEqual([])
  expect(ledger.lost(found([]))).toEqual([])
  ledger.kept(removal)
  expect(ledger.lost(found([]))).toEqual([])
  expect(ledger.lost(found(['a']))).toHaveLength(1)
})

test('an act that was acknowledged twice must be there twice', () => {
  const ledger = new Ledger()
  ledger.act(NOTE)
  ledger.kept(ledger.act(NOTE))
  expect(ledger.lost(found([], [NOTE]))).toHaveLength(1)
})

test('what was not acknowledged is sent again, changes in one and acts in order', () => {
  const ledger = new Ledger()
  ledger.kept(ledger.edit(add('a')))
  ledger.edit(add('b'))
  ledger.act(NOTE)
  ledger.edit(remove('a'))
  expect(ledger.takeWaiting()).toEqual({ change: { added: ['b'], removed: ['a'] }, acts: [NOTE] })
  expect(ledger.waiting).toBe(0)
})
