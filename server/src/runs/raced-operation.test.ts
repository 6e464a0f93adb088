import type { Access, Frame } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import type { Sources } from '../reports/sources.ts'
import { operationOf } from './raced-operation.ts'

const std = (fn: string): Frame => ({ function: fn, file: 'runtime/chan.go', line: 414, origin: 'go' })

function accessBy(fn: string, code: string): { sources: Sources; access: Access } {
  const site: Frame = { function: 'sandbox/p.F', file: 'p.go', line: 1, origin: 'candidate' }
  const stack = [std(fn), site]
  return {
    sources: { importPath: 'sandbox/p', files: new Map([['p.go', { origin: 'candidate', text: code }]]) },
    access: { kind: 'write', goroutine: '7', state: 'running', site, stack, created: null },
  }
}

test.each([
  ['runtime.closechan', 'close(s.out)', 'closes', 's.out'],
  ['runtime.chansend', 's.out <- v', 'sends on', 's.out'],
  ['runtime.chansend1', 'case w.jobs <- j:', 'sends on', 'w.jobs'],
  ['sync.(*WaitGroup).Add', 'p.wg.Add(1)', 'adds to', 'p.wg'],
  ['sync.(*WaitGroup).Wait', 'p.wg.Wait()', 'waits for', 'p.wg'],
  ['runtime.closechan', 'defer shutdown()', 'closes', null],
])('an access by %s at `%s` %s %s', (fn, code, does, name) => {
  const { sources, access } = accessBy(fn, code)
  expect(operationOf(sources, access)).toMatchObject({ does, name })
})

test('a plain access is no operation', () => {
  const { sources, access } = accessBy('runtime.mapassign_faststr', 'm[k] = v')
  expect(operationOf(sources, access)).toBeNull()
})
