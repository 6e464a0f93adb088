import type { Goroutine } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import { foldedRun } from '../../state/testdata/recorded.ts'
import { channelsOf, filterGroups, groupGoroutines, textOfGroup } from './group.ts'

function blocked(): Goroutine {
  const found = foldedRun('deadlock').dump?.goroutines.find((goroutine) => goroutine.role === 'candidate')
  if (!found) throw new Error('the recording has no goroutine of the candidate')
  return found
}

test('goroutines that stand alike are one group', () => {
  const one = blocked()
  const many = Array.from({ length: 200 }, (_, index) => ({ ...one, id: index + 1 }))
  const [group, ...rest] = groupGoroutines(many)
  expect(rest).toEqual([])
  expect(group?.goroutines).toHaveLength(200)
})

test('another line, another state or another lock waited for is another group', () => {
  const one = blocked()
  const site = one.site && { ...one.site, line: 99 }
  const state = 'sync.Mutex.Lock'
  const locks = [
    { ...one, state, waitsFor: '0xc0001' },
    { ...one, state, waitsFor: '0xc0002' },
  ]
  expect(groupGoroutines([one, { ...one, site }, { ...one, state: 'chan send' }, ...locks])).toHaveLength(5)
})

test('goroutines that wait alike, each at a channel of its own, are one group that says how many channels', () => {
  const one = { ...blocked(), state: 'chan send' }
  const [group, ...rest] = groupGoroutines([1, 2, 3, 3].map((n) => ({ ...one, id: n, waitsFor: `0xc000${n}` })))
  expect(rest).toEqual([])
  expect(group && channelsOf(group)).toBe('on 3 channels')
  const [single] = groupGoroutines([one])
  expect(single && channelsOf(single)).toBe('')
  const [cut] = groupGoroutines([
    { ...one, waitsFor: '0xc0001' },
    { ...one, waitsFor: '0xc0002', alike: 5 },
  ])
  expect(cut && channelsOf(cut)).toBe('on at least 2 channels')
})

test('the minutes that the runtime counts do not part what waits alike', () => {
  const one = blocked()
  expect(groupGoroutines([one, { ...one, state: `${one.state}, 2 minutes` }])).toHaveLength(1)
})

test('a filter finds groups by state, line, function and number, and all its words must stand there', () => {
  const one = blocked()
  const other = { ...one, id: 4711, state: 'chan send', site: one.site && { ...one.site, line: 99 } }
  const groups = groupGoroutines([one, other])
  const found = (filter: string) =>
    filterGroups(groups, groups.map(textOfGroup), filter).map(({ goroutines }) => goroutines[0]?.id)
  expect(found('')).toEqual([one.id, 4711])
  expect(found('CHAN SEND')).toEqual([4711])
  expect(found(`goroutine 4711`)).toEqual([4711])
  expect(found('send nowhere')).toEqual([])
})
