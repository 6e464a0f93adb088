import type { LoggedEntry } from '@sandbox/protocol'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { linesOf, logProblems, textOf } from './log-problems.ts'

const entry = (seq: number, at: number): LoggedEntry => ({ seq, at, by: 'm1', entry: { type: 'finished' } })

test('numbers without a gap and a time that goes forward are a log', () => {
  expect(logProblems([entry(1, 0), entry(2, 5), entry(3, 5)])).toEqual([])
})

test.each([
  ['a gap', [entry(1, 0), entry(3, 0)]],
  ['a number that is there twice', [entry(1, 0), entry(2, 0), entry(2, 0)]],
  ['a beginning that is gone', [entry(2, 0)]],
  ['a time that goes back', [entry(1, 5), entry(2, 4)]],
])('%s is none', (_, entries) => {
  expect(logProblems(entries)).toHaveLength(1)
})

test('the text is what the changes make', () => {
  const doc = new Y.Doc()
  const entries: LoggedEntry[] = []
  doc.on('update', (update: Uint8Array) => {
    const edited = { type: 'edited' as const, update: Buffer.from(update).toString('base64') }
    entries.push({ seq: entries.length + 1, at: 0, by: 'm1', entry: edited })
  })
  doc.getMap('files').set('scratch/main.go', new Y.Text('ackage'))
  doc.getMap<Y.Text>('files').get('scratch/main.go')?.insert(0, 'p')
  expect(textOf(entries, 'scratch/main.go')).toBe('package')
  expect([...linesOf(Y.encodeStateAsUpdate(doc), 'scratch/main.go')]).toEqual(['package'])
  expect(textOf(entries, 'scratch/other.go')).toBeNull()
})
