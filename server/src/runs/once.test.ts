import type { Frame, Goroutine } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import type { Sources } from '../reports/sources.ts'
import { waitForGraph } from '../reports/wait-for.ts'
import { cycleTold } from './holders.ts'
import { comesBackFrom, waitsForOnce } from './once.ts'

const own = (fn: string, line: number): Frame => ({ function: fn, file: 'config.go', line, origin: 'candidate' })
const std = (fn: string): Frame => ({ function: fn, file: 'sync/once.go', line: 1, origin: 'go' })
const ONCE = ['sync.(*Once).doSlow', 'sync.(*Once).Do', 'sync.OnceValue[...].func2'].map(std)
const LOCK = ['internal/sync.(*Mutex).lockSlow', 'internal/sync.(*Mutex).Lock', 'sync.(*Mutex).Lock'].map(std)

// As Go 1.26 shows it: Get calls the OnceValue, whose function calls Name, which calls Get.
const STACK = [
  ...LOCK,
  ...ONCE,
  own('p.Get', 24),
  own('p.Name', 27),
  own('p.init.0.func1', 18),
  ...ONCE,
  own('p.Get', 24),
]
const SOURCES: Sources = { importPath: 'p', files: new Map([['config.go', { origin: 'candidate', text: '' }]]) }

const goroutine = (stack: Frame[], held: Frame): Goroutine => ({
  id: 7,
  state: 'sync.Mutex.Lock',
  leaked: true,
  alone: false,
  role: 'test',
  site: stack.find(({ origin }) => origin === 'candidate') ?? null,
  stack,
  created: null,
  creator: null,
  waitsFor: '0xa',
  holds: [{ address: '0xa', reading: false, site: held }],
  selects: [],
  test: 'Test',
  told: '',
  alike: 0,
})

function told(one: Goroutine): string[] {
  const waits = new Map([[one.id, { holds: one.holds, selects: [], left: [], alone: false }]])
  const waitFor = waitForGraph([one], { waits, knowsHolder: () => true, nameOf: () => null })
  return cycleTold(SOURCES, { goroutines: [one], waitFor })
}

test('a Once whose function comes back to it is told as a Once, with the line that comes back', () => {
  expect(told(goroutine(STACK, own('p.Get', 24)))).toEqual([
    'goroutine 7 waits for a `sync.Once` at config.go:24, which it has itself begun at config.go:24: the function of the Once comes back to it at config.go:18',
  ])
})

test('a mutex that is locked within the function of a Once is a mutex', () => {
  const stack = [...LOCK, own('p.set', 9), own('p.init.0.func1', 18), ...ONCE, own('p.Get', 24)]
  expect(waitsForOnce({ state: 'sync.Mutex.Lock', stack })).toBe(false)
  expect(told(goroutine(stack, own('p.Get', 23)))).toEqual([
    'goroutine 7 waits for a lock at config.go:9, which it has itself locked at config.go:23',
  ])
})

test('who waits for the Once of another goroutine comes back from nowhere', () => {
  expect(comesBackFrom({ stack: [...LOCK, ...ONCE, own('p.Get', 24)] })).toBeNull()
})
