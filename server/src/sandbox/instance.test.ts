import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { formatInstance, lifeOf, parseInstance, thisInstance } from './instance.ts'

test('an instance survives being written and read', () => {
  const instance = thisInstance()
  expect(parseInstance(formatInstance(instance))).toEqual(instance)
  expect(formatInstance(instance)).toMatch(/^[A-Za-z0-9.-]+$/)
})

test('this process is alive', () => {
  expect(lifeOf(thisInstance())).toBe('alive')
})

test('an ended process is dead, and so is one whose number another has', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  expect(lifeOf({ ...thisInstance(), pid: child.pid ?? 0 })).toBe('dead')
  expect(lifeOf({ ...thisInstance(), startTicks: thisInstance().startTicks + 1 })).toBe('dead')
})

test('nothing is known about a process of another machine', () => {
  expect(lifeOf({ ...thisInstance(), realm: 'elsewhere-0-0' })).toBe('foreign')
})

test.each(['', 'a.b', 'realm.1.2.3.', 'realm.x.1', '../../etc.1.2'])('%j is not an instance', (text) => {
  expect(parseInstance(text)).toBeNull()
})
