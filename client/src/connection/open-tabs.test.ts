import { expect, test } from 'vitest'
import { openTabs } from './open-tabs.ts'

test('a name is taken as long as its tab is open, and free once it is not', async () => {
  const tabs = openTabs(navigator.locks)
  const done: string[] = []
  tabs?.hold('open')
  await tabs?.ifGone('open', () => done.push('open'))
  await tabs?.ifGone('gone', () => done.push('gone'))
  await tabs?.ifGone('gone', () => done.push('gone again'))
  expect(done).toEqual(['gone', 'gone again'])
})

test('where the browser has no locks it cannot tell, and where it refuses them nothing is done', async () => {
  expect(openTabs(undefined)).toBeNull()
  const refusing = openTabs({ request: () => Promise.reject(new DOMException('no', 'SecurityError')) })
  const done: string[] = []
  refusing?.hold('mine')
  await refusing?.ifGone('other', () => done.push('other'))
  expect(done).toEqual([])
})
