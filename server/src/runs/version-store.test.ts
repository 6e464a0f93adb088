import { expect, test } from 'vitest'
import { VersionStore } from './version-store.ts'

const request = (text: string, test = '', exercise = 'scratch') => ({
  exercise,
  snapshot: 's',
  files: [
    { name: 'a_test.go', text: test },
    { name: 'a.go', text },
  ],
})

test('the code before is the newest that is another one, without its tests', () => {
  const store = new VersionStore()
  expect(store.before('anna', request('one'))).toBeNull()
  for (const text of ['one', 'two', 'two']) store.keep('anna', request(text, `tests of ${text}`))
  expect(store.before('anna', request('two', 'other tests'))).toEqual([{ name: 'a.go', text: 'one' }])
  expect(store.before('anna', request('three'))).toEqual([{ name: 'a.go', text: 'two' }])
})

test('who goes back to older code compares with the newer one', () => {
  const store = new VersionStore()
  for (const text of ['one', 'two', 'one']) store.keep('anna', request(text))
  expect(store.before('anna', request('one'))?.[0]?.text).toBe('two')
})

test('nobody gets code of another person or exercise', () => {
  const store = new VersionStore()
  store.keep('anna', request('one'))
  expect(store.before('bert', request('two'))).toBeNull()
  expect(store.before('anna', request('two', '', 'hit-counter'))).toBeNull()
})

test('when room is needed, what was kept longest ago goes', () => {
  const store = new VersionStore(250)
  for (const person of ['anna', 'bert', 'carl']) store.keep(person, request('x'.repeat(100)))
  expect(['anna', 'bert', 'carl'].map((person) => store.before(person, request('new')) !== null)).toEqual([
    false,
    true,
    true,
  ])
})
